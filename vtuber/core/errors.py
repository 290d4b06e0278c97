"""The errors that a person may see. Values only; imports nothing."""


class VtuberError(Exception):
    """Something that the program can say in one sentence: what, where, and how to mend it."""


class UserError(VtuberError):
    """The user's mistake (a flag, a setting, a file): exit code 2, one sentence, no traceback."""


class SourceEnded(VtuberError):
    """A finite source (a clip, a recording) has given its last value. Not a fault."""


class DeviceLost(VtuberError):
    """A device that worked has gone (unplugged, closed by its reader). The show fails over."""
