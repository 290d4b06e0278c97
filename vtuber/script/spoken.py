"""A spoken line of a script in; the text for the voice, and when each of its cues is due, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from vtuber.core.conduct import Ruling
from vtuber.core.speech import Line, Word
from vtuber.script.statements import Cue, Pause, Say


class Spoken(Protocol):
    """A line on its way from the text to the ear. What is known of the past never changes."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Give the words known so far, in seconds after the line's first sample.

        Each is a piece of the line's text, and they come in its order.
        """
        ...

    @property
    def start_ns(self) -> int | None:
        """Give when its first sample is heard; None while nobody knows."""
        ...

    @property
    def end_ns(self) -> int | None:
        """Give when all of it has been heard, or was broken off; None while nobody knows."""
        ...

    @property
    def is_gone(self) -> bool:
        """Tell whether it was broken off, or left out: the rest of it is never heard."""
        ...

    def ruling(self, text: str) -> Ruling:
        """Give what conduct made of it, where it holds this text; asked once it is heard."""
        ...


class Speech(Protocol):
    """The voices of a show, or of a film."""

    def say(self, line: Line, at_ns: int) -> Spoken:
        """Take a line; it is said as soon as those before it are said.

        One of a higher priority goes before all lower ones that wait; from `core.speech.URGENT` on
        it breaks off a lower one that is being said, too.
        """
        ...

    def quiet_ns(self, since_ns: int) -> int | None:
        """Give when all is said that was taken, `since_ns` at the earliest; None: nobody knows."""
        ...

    def skip(self) -> None:
        """Break off what is being said."""
        ...

    def drop(self, spoken: Spoken, at_ns: int) -> None:
        """Break off a line, or forget it while it waits."""
        ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where in a line a cue stands."""

    cue: Cue
    offset: int  # characters of the text before it
    pause_s: float  # of silence right before it
    is_at_word: bool  # a word follows: it comes with that one, else behind the one before

    def due_ns(self, text: str, spoken: Spoken) -> int | None:
        """Give when it is due; None while nobody knows. Of a line broken off, at its end."""
        start_ns = spoken.start_ns
        if start_ns is None:
            return None
        if spoken.is_gone:
            return spoken.end_ns
        behind_s = 0.0
        for begin, word in located(text, spoken.words):
            if begin >= self.offset:
                at_s = word.t_s if self.is_at_word else behind_s + self.pause_s
                return start_ns + round(at_s * 1e9)
            behind_s = word.end_s
        if spoken.end_ns is None:  # there may be more words
            return None
        return start_ns + round((behind_s + self.pause_s) * 1e9)


@dataclass(frozen=True, slots=True)
class Said:
    """What of a line goes to the voice, and where its cues stand."""

    text: str  # what `Anchor.offset` counts in
    tagged: str  # for the voice: with `[pause 0.4]`
    anchors: tuple[Anchor, ...]
    pause_s: float  # of a line that is nothing but silence and cues

    def ruled(self, ruling: Ruling) -> Said:
        """Give it as it is heard, when conduct has changed it."""
        if not ruling.edits:
            return self
        moved = (replace(a, offset=ruling.moved(a.offset, self.text)) for a in self.anchors)
        return replace(self, text=ruling.shown(self.text), anchors=tuple(moved))

    @property
    def subtitle(self) -> str:
        """Give it as a reader reads it: without what cues leave behind."""
        return re.sub(r"\s+([.,!?;:…])", r"\1", " ".join(self.text.split()))


def said_of(say: Say) -> Said:
    """Take a line apart.

    >>> from vtuber.script.parse import parse
    >>> said = said_of(parse("Mika: Hello [nod] you <0.4> [wink right]")[0].statements[0])
    >>> said.tagged, [(a.cue.cue, a.offset, a.pause_s, a.is_at_word) for a in said.anchors]
    ('Hello  you [pause 0.4] ', [('nod', 6, 0.0, True), ('wink right', 12, 0.4, False)])
    """
    text, tagged, pause_s = "", "", 0.0
    places: list[tuple[Cue, int, float]] = []
    for part in say.parts:
        if isinstance(part, Cue):
            places.append((part, len(text), pause_s))
        elif isinstance(part, Pause):
            tagged += f"[pause {part.pause:g}]"  # no blank: conduct sees the text's own words
            pause_s += part.pause
        else:
            spoken = re.sub(r"[\[\]［］【】]", " ", part)  # nobody hears them, and they make tags
            text, tagged = text + spoken, tagged + spoken
            pause_s = 0.0 if spoken.strip() else pause_s
    anchors = tuple(
        Anchor(cue, offset, pause, not pause and bool(text[offset:].strip()))
        for cue, offset, pause in places
    )
    return Said(text, tagged, anchors, pause_s)


def located(text: str, words: tuple[Word, ...]) -> Iterator[tuple[int, Word]]:
    """Give where in the text each word begins; what is not found there is left out.

    >>> [begin for begin, _ in located("No, no!", (Word(0, 1, "no"), Word(1, 2, "no")))]
    [0, 4]
    """
    plain, behind = text.lower(), 0
    folds = len(plain) == len(text)  # a few capitals become two letters
    for word in words:
        begin = (plain if folds else text).find(word.text.lower() if folds else word.text, behind)
        if begin >= 0:
            behind = begin + len(word.text)
            yield begin, word
