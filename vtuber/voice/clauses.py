"""Text in, clauses out: the pieces that are spoken one after the other, so that the first is early.

A clause ends at a mark that a speaker would pause at. Marks inside numbers, times, addresses and
abbreviations end nothing. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SHORTEST = 12  # characters: a comma after fewer ends no clause, "Well, yes" is one
LONGEST = 180  # a run without any mark is cut at a blank before this
PAUSES_S = {",": 0.12, ";": 0.2, ":": 0.2, "-": 0.2, ".": 0.35, "?": 0.35, "!": 0.35, "\n": 0.5}
_LIKE = str.maketrans("，、；：。．！？…–—", ",,;:..!?.--")
_ABBREVIATIONS = frozenset(
    (
        "al", "approx", "cf", "dept", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "inc", "jr",
        "ltd", "mr", "mrs", "ms", "no", "nr", "prof", "sr", "st", "vol", "vs",
    )
)  # fmt: skip
_MARK = re.compile(
    r"""[.!?…,;:]+["'”’)\]»]*(?=\s|$)    # Latin marks, before a blank
      | [。！？；：，、…．]+[」』）”’"']*   # Chinese and Japanese ones, anywhere
      | \s[-–—]+(?=\s) | —               # dashes
      | \s*\n\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of text and the pause that its mark asks for."""

    text: str
    pause_s: float = 0.0


def clauses(text: str) -> tuple[Clause, ...]:
    """Split a text; joined, its clauses hold all of it but blanks.

    >>> [c.text for c in clauses("Hello there, Dr. Who! It costs 3.50, e.g. today.")]
    ['Hello there,', 'Dr. Who!', 'It costs 3.50,', 'e.g. today.']
    """
    return tuple(part for clause in _at_marks(text) for part in _shortened(clause))


def _at_marks(text: str) -> Iterator[Clause]:
    begin = 0
    for mark in _MARK.finditer(text):
        kind = _kind(mark[0])
        piece = text[begin : mark.end()].strip()
        is_weak = kind in ",;:-" and len(piece) < SHORTEST
        if not piece or is_weak or (kind == "." and _goes_on(text, begin, mark)):
            continue
        yield Clause(piece, PAUSES_S[kind])
        begin = mark.end()
    rest = text[begin:].strip()
    if rest:
        yield Clause(rest, PAUSES_S["."])


def _kind(mark: str) -> str:
    """Name the strongest mark of a run: `?!` is one of the loud ones, `,"` a comma."""
    plain = mark.translate(_LIKE)
    if "\n" in plain:
        return "\n"
    return next(kind for kind in "!?.;:,-" if kind in plain)


def _goes_on(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to an abbreviation or an initial."""
    if mark[0] != ".":
        return False
    word = text[begin : mark.start()].rsplit(maxsplit=1)[-1:] or [""]
    bare = word[0].lstrip("(\"'").lower()
    following = text[mark.end() :].lstrip()[:1]
    is_initial = len(bare) == 1 and bare.isalpha() and bare != "i"
    return bool(following) and (bare in _ABBREVIATIONS or is_initial or following.islower())


def _shortened(clause: Clause) -> Iterator[Clause]:
    rest = clause.text
    while len(rest) > LONGEST:
        cut = rest.rfind(" ", LONGEST // 2, LONGEST)
        cut = LONGEST if cut < 0 else cut
        yield Clause(rest[:cut].strip())
        rest = rest[cut:].strip()
    yield Clause(rest, clause.pause_s)
