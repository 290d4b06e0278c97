"""The tokens of a model and their durations in; sounds, visemes' times and words out. Pure.

Models spell a text in letters or IPA, some with a blank between any two tokens. Marks of stress and
length, blanks and spaces have durations, too, but no mouth of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vtuber.core.speech import Word
from vtuber.voice.phonemes import Phone, shapes

SHORTEST_PAUSE_S = 0.06  # a space that is shorter does not shut the mouth
BEFORE = "ˈˌ'"  # marks that belong to the sound behind them; all others to the one before


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a model and how long it is heard; `blank` tokens are between any two others."""

    text: str
    duration_s: float
    is_blank: bool = False


def phones(tokens: Sequence[Token]) -> tuple[Phone, ...]:
    """Give the sounds: what has no mouth of its own is divided among its neighbours.

    >>> [p.sound for p in phones([Token("ˈ", 0.01), Token("a", 0.1), Token("ː", 0.1)])]
    ['a']
    """
    found: list[Phone] = []
    begin_s = end_s = 0.0
    for token in tokens:
        begin_s, end_s = end_s, end_s + token.duration_s
        if token.is_blank and not found:
            found.append(Phone(" ", begin_s, end_s))
        elif token.is_blank:  # half to each side
            middle_s = (begin_s + end_s) / 2
            found[-1] = replace(found[-1], end_s=middle_s)
            found.append(Phone(BEFORE[0], middle_s, end_s))
        else:
            found.append(Phone(token.text, begin_s, end_s))
    return tuple(_joined(found))


def _joined(found: Sequence[Phone]) -> Iterator[Phone]:
    waiting_s: float | None = None  # since when something belongs to the sound that comes
    last: Phone | None = None
    for phone in found:
        if _belongs_before(phone.sound) and last is not None:
            last, waiting_s = replace(last, end_s=phone.end_s), None
        elif phone.sound in BEFORE or _belongs_before(phone.sound):
            waiting_s = phone.begin_s if waiting_s is None else waiting_s
        elif last is not None and phone.sound.isspace() and _length_s(phone) < SHORTEST_PAUSE_S:
            last, waiting_s = replace(last, end_s=phone.end_s), None
        else:
            if last is not None:
                yield last
            last = phone if waiting_s is None else replace(phone, begin_s=waiting_s)
            waiting_s = None
    if last is not None:
        yield last


def _belongs_before(sound: str) -> bool:
    """Tell whether a token is a mark (length, tone, nasal) of the sound before it."""
    return (
        len(sound) == 1
        and sound not in BEFORE
        and (unicodedata.category(sound) in ("Lm", "Mn", "Sk", "Mc") and not shapes(sound))
    )


def _length_s(phone: Phone) -> float:
    return phone.end_s - phone.begin_s


def words(text: str, tokens: Sequence[Token]) -> tuple[Word, ...]:
    """Give the words of a text: by the spaces among the tokens, else by the length of each."""
    found = text.split()
    spans = list(_spans(tokens))
    if len(spans) == len(found):
        return tuple(Word(*span, word) for span, word in zip(spans, found, strict=True))
    if not spans:
        return ()
    begin_s, end_s = spans[0][0], spans[-1][1]
    a_letter_s = (end_s - begin_s) / max(sum(map(len, found)), 1)
    made, at_s = [], begin_s
    for word in found:
        made.append(Word(at_s, at_s + len(word) * a_letter_s, word))
        at_s = made[-1].end_s
    return tuple(made)


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[float, float]]:
    """Give the times of runs of letters between spaces."""
    begin_s: float | None = None
    at_s = last_s = 0.0
    for token in tokens:
        is_letter = bool(shapes(token.text)) or any(c.isalpha() for c in token.text)
        if token.is_blank or (not is_letter and not token.text.isspace()):
            pass
        elif is_letter:
            begin_s = at_s if begin_s is None else begin_s
            last_s = at_s + token.duration_s
        elif begin_s is not None:
            yield begin_s, last_s
            begin_s = None
        at_s += token.duration_s
    if begin_s is not None:
        yield begin_s, last_s
