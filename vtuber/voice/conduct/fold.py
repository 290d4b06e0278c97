"""A text in; its letters as conduct rules compare them, and its words, out. Pure.

What looks alike is alike: case, full and half width, accents, the two kinds of kana. Every letter
keeps its place in the text, so that what is found can be cut out of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

LONGEST_WORD = 64  # letters; the rest of a longer one is not looked at
STRETCHED = 3  # so often, a letter counts as once or twice: heeeck; what is more, says no more
MOST_PIECES = 16  # into which a word may be taken apart

# Letters whose strokes Unicode does not take for accents.
_PLAIN = {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"}
_LOOKS = dict(zip("аеорсхуіѕԁјһвнкмтαορνικτυε", "aeopcxyisdjhbhkmtaopviktue", strict=True))
_SIGN_FOR = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s",
             "+": "t", "€": "e"}  # fmt: skip
# 1, ! and | are read as i, and as l.
_LEET = [str.maketrans(_SIGN_FOR | dict.fromkeys("1!|", one)) for one in "il"]
_FOREIGN = str.maketrans(_LOOKS)
_BETWEEN = "!|+€"  # alone between the pieces of a word, they may be a letter of it
_SIGNS = "@$"
# Between the letters of a word that is written without blanks, these say nothing.
_SILENT = " \t\u3000-_.·・~*'’\"|/\\"
# Scripts without blanks between words: Thai to Burmese, kana, Han, Hangul, and their supplements.
_DENSE = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FDF),
    (0x3005, 0x3007), (0x3041, 0x31FF), (0x3400, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """One folded letter, and the characters of the text that it stands for."""

    sign: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Runs:
    """A word, as its letters and how often each is repeated: `hello` is h e l o, 1 1 2 1."""

    key: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, in all its readings."""

    readings: tuple[Runs, ...]
    begin: int
    end: int
    is_joined: bool = False  # of several pieces


def folded(text: str, skipped: Sequence[tuple[int, int]] = ()) -> list[Letter]:
    """Fold a text, without the spans `skipped`.

    >>> "".join(letter.sign for letter in folded("Ｃａｆé バカ"))
    'cafe ばか'
    """
    letters: list[Letter] = []
    begin = 0
    for gap_begin, gap_end in [*skipped, (len(text), len(text))]:
        while begin < gap_begin:
            end = begin + 1
            while end < gap_begin and _is_part(text[end]):
                end += 1
            letters += [Letter(sign, begin, end) for sign in _plain(text[begin:end])]
            begin = end
        begin = max(begin, gap_end)
    return letters


def runs(word: str) -> Runs:
    """Count repeated letters.

    >>> runs("heeello")
    Runs(key='helo', counts=(1, 3, 2, 1))
    """
    found = [(sign, len(list(same))) for sign, same in groupby(word)][:LONGEST_WORD]
    return Runs(
        "".join(sign for sign, _ in found), tuple(min(count, STRETCHED) for _, count in found)
    )


def words(letters: Sequence[Letter]) -> list[list[Word]]:
    """Give for each piece between blanks and signs the words that begin there, the shortest first.

    A piece is a word; pieces are one word together where nothing but signs stand between them
    (da-rn) or one of them is a single letter (d a r n, da r n).

    >>> [[word.readings[0].key for word in each] for each in words(folded("d a-rn"))]
    [['d', 'da', 'darn'], ['a', 'arn'], ['rn']]
    """
    pieces = _pieces(letters)
    found = []
    for first in range(len(pieces)):
        text, gap, is_loose, has_single, begins = "", "", False, False, [_word(pieces[first])]
        for last in range(first, min(first + MOST_PIECES, len(pieces))):
            piece = pieces[last]
            if last > first:
                gap = _gap(letters, pieces[last - 1], piece)
                has_blank = any(sign.isspace() for sign in gap)
                if not gap or (len(gap) > 3 and has_blank) or "\n" in gap:
                    break
                is_loose = is_loose or has_blank
            text += (gap if gap in tuple(_BETWEEN) else "") + piece.text
            has_single = has_single or len(piece.text) == 1
            if len(text) > LONGEST_WORD:
                break
            if last > first and (has_single or not is_loose):
                begins.append(_word(_Piece(text, pieces[first].first, piece.last, letters), True))
        found.append(begins)
    return found


def searched(word: str) -> str:
    """Give what texts are searched for where a rule says `word`: without signs that say nothing.

    >>> searched("son-of-a-gun"), searched("St. *nick!"), searched("sh!t"), searched("笨・*蛋")
    ('sonofagun', 'st *nick', 'sh!t', '笨*蛋')
    """
    signs = "".join(letter.sign for letter in folded(word))
    if any(is_dense(sign) for sign in signs):
        return "".join(sign for sign in signs if sign == "*" or sign not in _SILENT)
    return " ".join(filter(None, map(_searched, signs.split())))


def _searched(part: str) -> str:
    kept = ""
    for is_letters, group in groupby(part, _is_of_word):
        text = "".join(group)
        if is_letters:
            kept += text if text.strip(_SIGNS) else ""
        else:
            kept += "*" if "*" in text else text if text in tuple(_BETWEEN) else ""
    return kept.strip(_BETWEEN)


def dense(letters: Sequence[Letter]) -> list[Letter]:
    """Give the letters for comparing scripts without blanks: what says nothing is left out."""
    return [letter for letter in letters if letter.sign not in _SILENT]


@lru_cache(4096)
def is_dense(sign: str) -> bool:
    """Tell whether a letter belongs to a script without blanks, or is a picture (emoji)."""
    code = ord(sign)
    if sign in _SILENT:
        return False
    return any(low <= code <= high for low, high in _DENSE) or unicodedata.category(sign) == "So"


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    text: str
    first: int  # of the letters
    last: int
    letters: Sequence[Letter]


def _pieces(letters: Sequence[Letter]) -> list[_Piece]:
    pieces: list[_Piece] = []
    first = 0
    while first < len(letters):
        end = first
        while end < len(letters) and _is_of_word(letters[end].sign):
            end += 1
        if end > first:
            text = _squeezed(letter.sign for letter in letters[first:end])
        if end > first and text.strip(_SIGNS):
            pieces.append(_Piece(text, first, end - 1, letters))
        first = max(end, first + 1)
    return pieces


def _squeezed(signs: Iterable[str]) -> str:
    """Shorten a stretched word: what is behind its end would be lost."""
    return "".join(sign for _, same in groupby(signs) for sign in islice(same, STRETCHED))


def _is_of_word(sign: str) -> bool:
    return sign in _SIGNS or (sign.isalnum() and not is_dense(sign))


def _gap(letters: Sequence[Letter], one: _Piece, other: _Piece) -> str:
    return "".join(letter.sign for letter in letters[one.last + 1 : other.first])


def _word(piece: _Piece, is_joined: bool = False) -> Word:
    letters = piece.letters
    return Word(
        _readings(piece.text),
        letters[piece.first].begin,
        letters[piece.last].end,
        is_joined,
    )


@lru_cache(8192)
def _readings(text: str) -> tuple[Runs, ...]:
    """Give a word as it stands, and as its signs and foreign letters may be meant."""
    meant = [text]
    if any(sign.isalpha() for sign in text):
        has_latin = any("a" <= sign <= "z" for sign in text)
        plain = text.translate(_FOREIGN) if has_latin else text
        meant += [text.strip(_SIGNS), *(plain.translate(table) for table in _LEET)]  # @name
    return tuple(dict.fromkeys(runs(each) for each in meant if each))


def _is_part(sign: str) -> bool:
    """Tell whether a character only changes the one before it."""
    return (
        unicodedata.combining(sign) != 0
        or sign in "ﾞﾟ"
        or "\u1160" <= sign <= "\u11ff"  # vowels and ends of Korean syllables
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # colours of skin
        or _says_nothing(sign)
    )


def _says_nothing(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


@lru_cache(8192)
def _plain(cluster: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", cluster).casefold())
    kept = "".join(
        _PLAIN.get(sign, sign)
        for sign in apart
        if not "\u0300" <= sign <= "\u036f" and not _says_nothing(sign)
    )
    return "".join(
        chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign
        for sign in unicodedata.normalize("NFC", kept)
    )
