"""Makes sentences to train the voice on: a seed in, clauses with their marks out.

Grammar and word lists are our own; nothing is copied. Made-up words bring the pairs of sounds that
no list of real words has, since names and slang of a chat have all of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from vtuber.voice.bundled import wordlists


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.strip().replace("\n", "|").split("|"))


PEOPLE, THINGS, ADJECTIVES, VERBS, PLACES, ADVERBS, STARTS, CLAUSES, LINES, NUMBERS, UNITS = (
    _list(getattr(wordlists, name))
    for name in (
        "PEOPLE", "THINGS", "ADJECTIVES", "VERBS", "PLACES", "ADVERBS", "STARTS", "CLAUSES",
        "LINES", "NUMBERS", "UNITS",
    )
)  # fmt: skip
ONSETS, NUCLEI, CODAS = (_list(getattr(wordlists, n)) for n in ("ONSETS", "NUCLEI", "CODAS"))


def sentence(chance: random.Random) -> str:
    """Make one sentence of any kind, with its marks: `Well, who found my old hat?`"""
    kind = chance.choices([*_KINDS], [*_KINDS.values()])[0]
    return kind(chance)


def plain(chance: random.Random) -> str:
    """Make one sentence of real words in the common order of an English one."""
    said = _statement(chance)
    if chance.random() < 0.3:
        said = f"{chance.choice(STARTS)}, {said}"
    if chance.random() < 0.25:
        said = f"{said}, {chance.choice(CLAUSES)}"
    return _ended(said, chance.choices([".", "!"], [5, 1])[0])


def clauses(text: str) -> list[str]:
    """Cut a sentence after its marks; each piece ends with one of `, . ? !`."""
    return [piece.strip() for piece in re.findall(r"[^,.?!]+[,.?!]", text)]


def _statement(chance: random.Random) -> str:
    words = [chance.choice(PEOPLE)]
    if chance.random() < 0.2:
        words.append(chance.choice(ADVERBS))
    words += [chance.choice(VERBS), _thing(chance)]
    if chance.random() < 0.6:
        words.append(chance.choice(PLACES))
    return " ".join(words)


def _thing(chance: random.Random) -> str:
    noun = chance.choice(THINGS)
    if chance.random() < 0.6:
        noun = f"{chance.choice(ADJECTIVES)} {noun}"
    if chance.random() < 0.15:
        noun = f"{chance.choice(ADJECTIVES)}, {noun}"
    article = chance.choice(("a", "the", "the", "my", "your", "this", "that", "another", "her"))
    return f"{'an' if article == 'a' and noun[0] in 'aeiou' else article} {noun}"


def _question(chance: random.Random) -> str:
    opening = chance.choice((
        "who owns", "where is", "when will we see", "why do you like", "how much is",
        "have you got", "did you see", "can you hear", "would you buy", "is this",
        "are you afraid of", "what about", "which one is", "do you remember",
        "could I have", "has anybody seen", "whose fault is",
    ))  # fmt: skip
    said = f"{opening} {_thing(chance)}"
    if chance.random() < 0.3:
        said += f" {chance.choice(PLACES)}"
    if chance.random() < 0.2:
        said = f"{chance.choice(STARTS)}, {said}"
    return _ended(said, "?")


def _line(chance: random.Random) -> str:
    first = chance.choice(LINES)
    return first if chance.random() < 0.6 else f"{first} {chance.choice(LINES)}"


def _count(chance: random.Random) -> str:
    one, other = (f"{chance.choice(NUMBERS)} {chance.choice(UNITS)}" for _ in range(2))
    shape = chance.choice((
        f"it takes {one}", f"{one}, and {other}", f"{chance.choice(PEOPLE)} has {one} left",
        ", ".join(chance.choices(NUMBERS, k=chance.randint(2, 5))),
        f"only {one}, not {other}", f"at {chance.choice(NUMBERS)} o'clock, we have {other}",
    ))  # fmt: skip
    return _ended(shape, chance.choice("...!?"))


def _series(chance: random.Random) -> str:
    pool = chance.choice((THINGS, ADJECTIVES, VERBS, ADVERBS, STARTS))
    words = chance.sample(pool, chance.randint(1, 4))
    return _ended(", ".join(words), chance.choice(".?!"))


def invented(chance: random.Random) -> str:
    """Make up one word: `squibble`, `thrazz`."""
    syllables = chance.choices((1, 2, 3), (5, 4, 1))[0]
    stem = "".join(chance.choice(ONSETS) + chance.choice(NUCLEI) for _ in range(syllables))
    return stem + chance.choice(CODAS)


def _nonsense(chance: random.Random) -> str:
    words = [invented(chance) for _ in range(chance.randint(1, 7))]
    for place in range(len(words)):
        if chance.random() < 0.25:
            words[place] = chance.choice(("the", "a", "of", "and", "in", "my", "is", "not", "to"))
    if len(words) > 3 and chance.random() < 0.4:
        words[2] += ","
    return _ended(" ".join(words), chance.choice("...,?!"))


def _ended(text: str, mark: str) -> str:
    return f"{text[0].upper()}{text[1:]}{mark}"


_KINDS: dict[Callable[[random.Random], str], float] = {
    plain: 38, _question: 12, _line: 14, _count: 9, _series: 7, _nonsense: 30,
}  # fmt: skip
