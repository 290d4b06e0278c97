"""Lines in; what conduct makes of each, by rules that may change meanwhile, out.

Before a line waits, and again before it is said, it is put to the rules of that moment.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from vtuber.core.conduct import Ruling
from vtuber.core.errors import UserError
from vtuber.core.speech import Line
from vtuber.voice.conduct.match import Matcher
from vtuber.voice.conduct.rules import NO_RULES, Rules, read_rules

LONGEST_QUOTE = 40  # characters


@dataclass(frozen=True, slots=True)
class ConductWish:
    """What a show is told of its conduct."""

    path: Path | None = None  # None: no rules
    policy: str = ""  # of rules that name none; "" is the file's own
    tells_words: bool = True  # to the user and the log; else only which rule

    def rules(self) -> Rules:
        """Read the rules. Raises UserError that names every fault."""
        return NO_RULES if self.path is None else read_rules(self.path, self.policy)


class Gate:
    """The door that every line of a show goes through."""

    def __init__(
        self,
        wish: ConductWish = ConductWish(),
        say: Callable[[str], None] = lambda sentence: None,
        rules: Rules | None = None,
    ) -> None:
        """Read the rules; `say` hears what they did. Raises UserError for a faulty file.

        `rules`: those that were read already, as for a film.
        """
        self._wish, self._say = wish, say
        self._stamp = _stamp(wish.path)
        self._read_for = wish
        self._matcher = Matcher(wish.rules() if rules is None else rules)
        self._lock = threading.Lock()

    def heed(self, wish: ConductWish) -> None:
        """Take other settings; they hold from the next `look` on."""
        self._wish = wish

    def look(self, waiting: Callable[[], Iterable[str]] = tuple) -> None:
        """Read the rules again where they, or the settings, changed. Waits for the disk.

        A file with a fault changes nothing, and is said; one that is gone for a moment neither.
        New rules are put to what is `waiting` before they hold, as the beat has no time for it.
        """
        with self._lock:
            wish = self._wish
            stamp = _stamp(wish.path)
            is_gone = stamp == (0, 0) and wish.path is not None
            if (wish, stamp) == (self._read_for, self._stamp) or is_gone:
                return
            self._read_for, self._stamp = wish, stamp
            try:
                matcher = Matcher(wish.rules())
                for text in waiting():
                    matcher.ruling(text)
                self._matcher = matcher
                self._say("the conduct rules were read again")
            except UserError as error:
                self._say(f"the conduct rules have a fault, the old ones stay: {error}")

    def foresee(self, text: str) -> None:
        """Judge a text in the thread of who asks for it; `judged` then takes no time."""
        self._matcher.ruling(text)

    def judged(
        self, line: Line, who: str, *, waits: bool = False, is_fixed: bool = False
    ) -> tuple[Ruling, Matcher]:
        """Give what becomes of a line, and who judged; say it.

        Of a line that only begins to wait (`waits`), nothing is said unless it is blocked; one that
        is a sound already (`is_fixed`) is said as it is, or blocked.
        """
        judge = self._matcher
        ruling = judge.ruling(line.text, is_fixed=is_fixed)
        if ruling.blocked_by or (ruling.edits and not waits):
            self._say(told(line.text, who, ruling, tells_words=self._wish.tells_words))
        return ruling, judge


def told(text: str, who: str, ruling: Ruling, *, tells_words: bool = True) -> str:
    """Say what conduct made of a text.

    >>> from vtuber.core.conduct import Edit
    >>> oath = Ruling((Edit(4, 8, "oaths"),))
    >>> told("Oh, heck!", "Mika", oath), told("Oh, heck!", "Mika", oath, tells_words=False)
    ("conduct: oaths bleeps 'heck' of Mika", 'conduct: oaths bleeps a word of Mika')
    """
    if ruling.blocked_by:
        quote = f": {_short(text)}" if tells_words else ""
        return f"conduct: {ruling.blocked_by} blocks a line of {who}{quote}"
    did = []
    for edit in ruling.edits:
        word = _short(text[edit.begin : edit.end]) if tells_words else "a word"
        did.append(f"{edit.rule} {'bleeps' if edit.put is None else 'replaces'} {word}")
    return f"conduct: {', '.join(dict.fromkeys(did))} of {who}"


def _short(text: str) -> str:
    return repr(text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3] + "...")


def _stamp(path: Path | None) -> tuple[int, int]:
    """Tell one state of a file from another; (0, 0) for none."""
    try:
        status = os.stat(path) if path is not None else None
    except OSError:
        status = None
    return (status.st_mtime_ns, status.st_size) if status is not None else (0, 0)
