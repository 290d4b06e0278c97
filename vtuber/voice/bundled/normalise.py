"""Text as written in; words to read out, and the marks between them, out. English. Pure.

Numbers are worded by the library `num2words`, emoji named by `emoji`; what they are part of (dates,
times, money, units, scores, short forms of chats) is told by the table of `rules`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.voice.bundled import spoken
from vtuber.voice.bundled.rules import PATTERN, RULES, Found, foreign

MOST_REPEATS = 2  # of one word or emoji in a row; chats have thirty


class Unspeakable(UserError):
    """There is nothing in a text that the bundled voice can say; its sentence tells why."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text: as it is written, and the words it is read as."""

    text: str
    words: tuple[str, ...]  # lower-case; a single capital is the letter's name: "B", but "a" dog
    mark: str = ""  # what follows: "", or one of `phonemes.ENDS`


def normalise(text: str) -> list[Token]:
    """Read a text as English words.

    Raises Unspeakable where it has no letter, digit or emoji that can be read, or only letters of
    scripts that the voice does not know. Foreign words inside English are named instead of said:
    `some Japanese`.

    >>> [token.words for token in normalise("$5 at 7:05!")]
    [('five', 'dollars'), ('at',), ('seven', 'oh', 'five')]
    """
    plain = _plain(text)
    tokens: list[Token] = []
    for token in _tokens(plain):
        repeated = [token.text.lower()] * MOST_REPEATS
        if token.words and [t.text.lower() for t in tokens[-MOST_REPEATS:]] == repeated:
            continue
        if token.words:
            tokens.append(token)
        elif token.mark and tokens:
            last = tokens[-1]
            tokens[-1] = Token(last.text, last.words, _stronger(last.mark, token.mark))
    if not any(token.words for token in tokens):
        raise Unspeakable(f"there is nothing to read out in {text.strip()[:40]!r}")
    scripts = foreign(plain)
    if scripts and all(token.words[:1] == ("some",) for token in tokens):
        names = " and ".join(scripts)
        raise Unspeakable(
            f"the bundled voice reads English, not {names}: choose a Coqui model for that language"
        )
    return tokens


def _plain(text: str) -> str:
    """Bring letters to their plainest form: full width, ligatures, accents, curly quotes."""
    text = "".join(spoken.PLAIN.get(c, c) for c in text)
    text = "".join(c if c in _KEPT else unicodedata.normalize("NFKC", c) for c in text)
    plain: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character) and plain and plain[-1].isascii():
            continue
        plain.append(character)
    return unicodedata.normalize("NFC", "".join(plain)).translate(_UNSAID)


_KEPT = frozenset("½¼¾²³™…")
# Joiners, variation selectors, skin tones: they change how a sign looks, not what it is.
_UNSAID = dict.fromkeys((*range(8203, 8208), *range(65024, 65040), 65279, *range(127995, 128000)))


def _stronger(one: str, other: str) -> str:
    order = ("", ",", ".", "!", "?")
    return max(one, other, key=order.index)


def _tokens(text: str) -> Iterator[Token]:
    shouted = text.isupper() and sum(word.isalpha() for word in text.split()) > 1
    before = ""
    for match in PATTERN.finditer(text):
        name = match.lastgroup or ""
        written = match[0].strip()
        if name == "mark":
            yield Token("", (), spoken.MARKS.get(written[-1:], "."))
            continue
        said = RULES[name].say(Found(match, name, before, shouted))
        words = tuple(_cased(word) for word in re.findall(r"[A-Za-z']+", said) if word.strip("'"))
        mark = "," if name in ("emoji", "emoticon") else ""
        yield Token(written, words, mark)
        before = written


def _cased(word: str) -> str:
    return word if word[0].isupper() and word[1:] in ("", "'s") else word.lower()
