"""Rules and a text in; where the text meets a rule, and what becomes of it, out. Pure.

A word of the rules is compared with whole words of the text, in all their readings; one of a script
without blanks (Chinese, Japanese, Korean, Thai), or an emoji, is found anywhere. No regular
expression: the time grows with the text and with the list, never faster.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from vtuber.core.conduct import NO_RULING, Edit, Ruling
from vtuber.voice.conduct.fold import (
    STRETCHED,
    Letter,
    Runs,
    Word,
    dense,
    folded,
    is_dense,
    runs,
    searched,
    words,
)
from vtuber.voice.conduct.rules import Rule, Rules
from vtuber.voice.tags import MOST_CHARACTERS, TAG

MOST_KNOWN = 1_000  # texts that were judged already: as many as may wait to be said
WIDEST_STAR = 10  # characters, in a script without blanks


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two stars of a word."""

    runs: Runs
    is_open_left: bool
    is_open_right: bool

    def fits(self, word: Runs, at: int) -> bool:
        """Tell whether it stands there, when the letters do: by how often each is repeated."""
        last = len(self.runs.counts) - 1
        for i, wanted in enumerate(self.runs.counts):
            there = word.counts[at + i]
            is_open = (i == 0 and self.is_open_left) or (i == last and self.is_open_right)
            if there != wanted and not (there >= wanted and (there >= STRETCHED or is_open)):
                return False
        return True


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One word of the rules, or several behind each other."""

    words: tuple[tuple[_Part, ...], ...]
    rule: Rule | None  # None: it is allowed

    @property
    def key(self) -> str:
        """Give the letters by which its first word is looked up; "" where a star divides it."""
        first = self.words[0]
        return first[0].runs.key if len(first) == 1 else ""

    @property
    def longest(self) -> str:
        """Give letters that every text has in which it may stand."""
        return max((part.runs.key for part in self.words[0]), key=len)

    @property
    def is_starred(self) -> bool:
        first = self.words[0]
        return len(first) > 1 or first[0].is_open_left or first[0].is_open_right


@dataclass(frozen=True, slots=True)
class _Hit:
    begin: int
    end: int
    rule: Rule | None


class Matcher:
    """Rules, ready to be put to texts."""

    def __init__(self, rules: Rules) -> None:
        self._by_key: dict[str, list[_Pattern]] = {}
        self._starred: list[_Pattern] = []
        self._dense: list[tuple[tuple[str, ...], Rule | None]] = []
        self._judged = lru_cache(MOST_KNOWN)(self._judge)
        given: list[tuple[str, Rule | None]] = [(w, r) for r in rules.rules for w in r.words]
        for text, rule in [*given, *((word, None) for word in rules.allow)]:
            self._take(searched(text), rule)

    def _take(self, text: str, rule: Rule | None) -> None:
        if any(is_dense(sign) for sign in text):
            self._dense.append((tuple(part for part in text.split("*") if part), rule))
            return
        pattern = _Pattern(tuple(_parts(word) for word in text.split()), rule)
        if pattern.key:
            self._by_key.setdefault(pattern.key, []).append(pattern)
        if pattern.is_starred:
            self._starred.append(pattern)

    def ruling(self, text: str, *, is_fixed: bool = False) -> Ruling:
        """Say what becomes of a text; its tags (`[pause 0.3]`) are not looked at, nor heard.

        One that is spoken already (`is_fixed`) cannot be changed: it is blocked instead. What was
        judged once is remembered: of a long text, whoever asks early saves the beat some time.

        >>> oaths = Rules((Rule("oaths", "bleep", ("heck*",)),), ("heckler",))
        >>> Matcher(oaths).ruling("Oh, h3ck! A heckler.").shown("Oh, h3ck! A heckler.")
        'Oh, ****! A heckler.'
        """
        if not (self._by_key or self._starred or self._dense):
            return NO_RULING
        if len(text) > MOST_CHARACTERS:
            return Ruling(blocked_by=f"{MOST_CHARACTERS:,} characters are the most")
        ruling = self._judged(text)
        return Ruling(blocked_by=ruling.rules[0]) if is_fixed and ruling.rules else ruling

    def _judge(self, text: str) -> Ruling:
        letters = folded(text, [tag.span() for tag in TAG.finditer(text)])
        hits = [*self._of_words(words(letters)), *self._of_dense(dense(letters))]
        return _ruled(_without_allowed(hits))

    def _of_words(self, found: Sequence[Sequence[Word]]) -> Iterator[_Hit]:
        text = " ".join(runs.key for each in found for runs in each[0].readings)
        starred = [
            p for p in self._starred if max((x.runs.key for x in p.words[0]), key=len) in text
        ]
        for at, here in enumerate(found):
            for word in here:
                for pattern in self._worth(word, starred):
                    end = _end_of(pattern, word, found, at)
                    if end is not None:
                        yield _Hit(word.begin, end, pattern.rule)

    def _worth(self, word: Word, starred: list[_Pattern]) -> Iterator[_Pattern]:
        """Give the patterns that a word may begin."""
        for key in {reading.key for reading in word.readings}:
            yield from self._by_key.get(key, ())
        if not word.is_joined:
            yield from starred

    def _of_dense(self, letters: Sequence[Letter]) -> Iterator[_Hit]:
        text = "".join(letter.sign for letter in letters)
        for parts, rule in self._dense:
            for begin, end in _found(parts, text):
                yield _Hit(letters[begin].begin, letters[end - 1].end, rule)


def _parts(word: str) -> tuple[_Part, ...]:
    texts = word.split("*")
    last = len(texts) - 1
    return tuple(
        _Part(runs(text), is_open_left=i > 0, is_open_right=i < last)
        for i, text in enumerate(texts)
        if text
    )


def _end_of(pattern: _Pattern, first: Word, found: Sequence[Sequence[Word]], at: int) -> int | None:
    """Give where a pattern ends that begins with a word; None where it does not stand there."""
    if not _is_like(pattern.words[0], first):
        return None
    end = first.end
    for parts in pattern.words[1:]:
        at = next((n for n in range(at + 1, len(found)) if found[n][0].begin >= end), len(found))
        if at == len(found):
            return None
        meant = next((word for word in found[at] if _is_like(parts, word)), None)
        if meant is None:
            return None
        end = meant.end
    return end


def _is_like(parts: tuple[_Part, ...], word: Word) -> bool:
    if word.is_joined:  # as if it had no star: else whole sentences would be one word
        return len(parts) == 1 and any(
            reading.key == parts[0].runs.key and parts[0].fits(reading, 0)
            for reading in word.readings
        )
    return any(_matches(parts, reading) for reading in word.readings)


def _matches(parts: tuple[_Part, ...], word: Runs) -> bool:
    """Find the parts in a word, in their order; those at its edges without a star stand there."""
    at = 0
    for part in parts:
        key = part.runs.key
        place = 0 if not part.is_open_left else at
        if not part.is_open_right:
            place = len(word.key) - len(key)
            if place < at or (not part.is_open_left and place != 0):
                return False
        while True:
            place = word.key.find(key, place)
            if place < 0 or (place > 0 and not part.is_open_left):
                return False
            if part.fits(word, place):
                break
            place += 1
        at = place + len(key)
    return True


def _found(parts: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    """Find everything that is the parts in their order, with little between them."""
    begin = text.find(parts[0])
    while begin >= 0:
        end = begin + len(parts[0])
        for part in parts[1:]:
            place = text.find(part, end, end + WIDEST_STAR + len(part))
            end = place + len(part) if place >= 0 else -1
            if end < 0:
                break
        if end >= 0:
            yield begin, end
        begin = text.find(parts[0], begin + 1)


def _without_allowed(hits: Sequence[_Hit]) -> list[_Hit]:
    """Leave out what is allowed, and what lies within it."""
    allowed = sorted((hit.begin, hit.end) for hit in hits if hit.rule is None)
    begins = [begin for begin, _ in allowed]
    furthest = [0, *accumulate((end for _, end in allowed), max)]  # of those that begin so far
    met = (hit for hit in hits if hit.rule is not None)
    return [hit for hit in met if furthest[bisect_right(begins, hit.begin)] < hit.end]


def _ruled(hits: list[_Hit]) -> Ruling:
    """Put what was found together: what blocks goes before all, else what begins first.

    It takes along what overlaps it: else the end of that were said.
    """
    for hit in hits:
        if hit.rule is not None and hit.rule.policy == "block":
            return Ruling(blocked_by=hit.rule.name)
    edits: list[Edit] = []
    for hit in sorted(hits, key=lambda hit: (hit.begin, -hit.end)):
        assert hit.rule is not None, "what is allowed is no fault"
        if edits and hit.begin < edits[-1].end:
            edits[-1] = replace(edits[-1], end=max(edits[-1].end, hit.end))
        else:
            put = hit.rule.put if hit.rule.policy == "replace" else None
            edits.append(Edit(hit.begin, hit.end, hit.rule.name, put))
    return Ruling(tuple(edits))
