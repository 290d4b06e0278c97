"""A line on its way to the ear: when it is heard, and what conduct made of it."""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.core.conduct import NO_RULING, Ruling
from vtuber.core.speech import SAMPLE_RATE_HZ, Word
from vtuber.voice.conduct.match import Matcher


@dataclass(slots=True, eq=False)
class LiveLine:
    """A line on its way to the ear: fits `script.spoken.Spoken`."""

    performer: str
    words: tuple[Word, ...] = ()
    start_ns: int | None = None
    end_ns: int | None = None
    first: int | None = None  # count of its first sample
    end: int | None = None  # count behind its last; None while more may come
    is_gone: bool = False  # nothing more of it will be heard
    refused: str = ""  # why conduct did not let it wait
    is_fixed: bool = False  # it is a sound that was ready
    judge: Matcher | None = None  # whose rules were the last that it was put to

    def ruling(self, text: str) -> Ruling:
        """Give what conduct made of it, where it holds this text."""
        return NO_RULING if self.judge is None else self.judge.ruling(text, is_fixed=self.is_fixed)

    def look(self, now_ns: int, heard: float) -> None:
        """Notice what has been heard up to now."""
        for name, count in (("start_ns", self.first), ("end_ns", self.end)):
            if getattr(self, name) is None and count is not None and heard >= count:
                setattr(self, name, now_ns - round((heard - count) / SAMPLE_RATE_HZ * 1e9))
        if self.is_gone and self.end_ns is None:
            self.start_ns, self.end_ns = self.start_ns or now_ns, now_ns

    def again(self) -> None:
        """Begin anew: what was made of it is thrown away."""
        if self.start_ns is None:
            self.words, self.first = (), None
        self.end = None
