"""Command line in, exit code out: finds the verb's file, and imports only that one.

0 done, 2 the user's mistake in one sentence, 1 a film that is not whole, or a fault of the
program with its traceback.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from vtuber.cli.parser import Parser

# verb: what it does. The text stands here so that --help imports no verb.
VERBS = {
    "run": "Play a live show: camera or clip in, avatar out to OBS, a browser, a film.",
    "do": "Tell a running show something: an expression, an outfit, hide.",
    "perform": "Perform a script: live, or as a film; or check it.",
    "still": "Draw one picture of an avatar.",
    "avatar": "Make, roll, change, check and pack avatars.",
    "cameras": "List the cameras of this machine.",
    "sounds": "List the speakers and microphones of this machine.",
    "track": "Write what a face does, frame by frame, as JSON lines.",
    "warp": "Train the network that moves avatars.",
    "obs": "Put the avatar into OBS Studio, and say what OBS shows.",
    "bench": "Measure how late a motion is, and what a show costs.",
    "say": "Speak a text, into a file with the mouth's times, or aloud.",
    "voice": "List voices, and download models of Coqui TTS.",
    "doctor": "Say what is there, what is not, and the command that mends it.",
}


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def run(words: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    _ensure_streams()
    parser = Parser(
        prog="vtuber",
        description="A real-time virtual-streamer engine: webcam in, drawn avatar out.",
        epilog="""\
to begin with:
  vtuber run                         a live show; without a camera, a built-in performance
  vtuber run --video me.mp4          a clip instead of a camera
  vtuber obs setup                   put the avatar into OBS
  vtuber avatar new kiri --seed 107  draw an avatar of your own
  vtuber doctor                      what is missing, and how to mend it

`vtuber VERB --help` says more of each.""",
    )
    parser.add_argument("--version", action="version", version=f"vtuber {_version()}")
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = words[0] if words and words[0] in VERBS else None
    for name, summary in VERBS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == verb:
            importlib.import_module(f"vtuber.cli.{name}").configure(subparser)
    return _guarded(parser.parse_args(words))


def _guarded(args: argparse.Namespace) -> int:
    from vtuber.core.errors import VtuberError

    # Tracebacks of what was restarted meanwhile are logged at level INFO.
    level = logging.INFO if getattr(args, "verbose", False) else logging.WARNING
    logging.basicConfig(format="%(levelname)s: %(message)s", level=level)
    try:
        code: int = importlib.import_module(f"vtuber.cli.{args.verb}").run(args)
        sys.stdout.flush()
        return code
    except VtuberError as error:
        print(f"vtuber {args.verb}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nvtuber {args.verb}: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `vtuber track ... | head`
        _drop_output()
        return 0
    except OSError as error:
        if error.filename is not None:  # a name that is too long, a folder that nobody may enter
            what = f"cannot use {error.filename}"
        elif error.errno in NO_ROOM:  # `vtuber track ... > FILE` on a full disk
            _drop_output()
            what = "cannot write what it has to say"
        else:
            raise
        print(f"vtuber {args.verb}: {what}: {error.strerror}", file=sys.stderr)
        return 2


def _drop_output() -> None:
    """Let what waits to be printed go nowhere: Python would try it again at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ensure_streams() -> None:
    """Give Python something to print to where the caller closed it (`>&-`)."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115


def _version() -> str:
    from vtuber import __version__

    return __version__
