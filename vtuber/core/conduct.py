"""What conduct rules make of a text that is to be said. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Policy = Literal["block", "bleep", "replace"]
MOST_ASTERISKS = 24


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the text that is not said as it stands."""

    begin: int  # characters of the text
    end: int
    rule: str
    put: str | None = None  # what is said instead; None: a bleep

    def asterisks(self, text: str) -> str:
        """Give what a bleep is to a reader: an asterisk for each sign.

        >>> Edit(4, 8, "oaths").asterisks("Oh, heck!")
        '****'
        """
        signs = len("".join(text[self.begin : self.end].split()))
        return "*" * min(signs, MOST_ASTERISKS)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of a text: nothing, some edits, or it is not said at all."""

    edits: tuple[Edit, ...] = ()  # in the order of the text, none over another
    blocked_by: str = ""  # the rule; "" lets it pass

    @property
    def rules(self) -> tuple[str, ...]:
        """Give the rules that it met."""
        met = [self.blocked_by] if self.blocked_by else [edit.rule for edit in self.edits]
        return tuple(dict.fromkeys(met))

    def shown(self, text: str) -> str:
        """Give the text as a reader gets it: asterisks for what is bleeped.

        >>> Ruling((Edit(4, 8, "oaths"),)).shown("Oh, heck!")
        'Oh, ****!'
        """
        return _with(text, self.edits, [e.asterisks(text) if e.put is None else e.put
                                        for e in self.edits])  # fmt: skip

    def tagged(self, text: str) -> str:
        """Give the text as a voice gets it: a tag for each bleep.

        >>> Ruling((Edit(4, 8, "oaths"),)).tagged("Oh, heck!")
        'Oh,  [bleep 4] !'
        """
        bleeps = [f" [bleep {len(e.asterisks(text))}] " for e in self.edits]
        puts = [b if e.put is None else e.put for b, e in zip(bleeps, self.edits, strict=True)]
        return _with(text, self.edits, puts)

    def moved(self, offset: int, text: str) -> int:
        """Give where a place of the text is in what a reader gets; of an edit, its beginning.

        >>> Ruling((Edit(0, 2, "oaths", "Well"),)).moved(4, "Oh, you!")
        6
        """
        longer = 0
        for edit in self.edits:
            if offset <= edit.begin:
                break
            if offset < edit.end:
                return edit.begin + longer
            put = edit.asterisks(text) if edit.put is None else edit.put
            longer += len(put) - (edit.end - edit.begin)
        return offset + longer


def _with(text: str, edits: Sequence[Edit], puts: Sequence[str]) -> str:
    pieces, behind = [], 0
    for edit, put in zip(edits, puts, strict=True):
        pieces += [text[behind : edit.begin], put]
        behind = edit.end
    return "".join([*pieces, text[behind:]])


NO_RULING = Ruling()
