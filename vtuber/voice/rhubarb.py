"""A file of Rhubarb Lip Sync in, JSON or TSV; visemes, or its first fault and where, out. Pure.

    0.00  X            {"mouthCues": [{"start": 0.00, "end": 0.05, "value": "X"},
    0.05  D                           {"start": 0.05, "end": 0.27, "value": "D"}]}
    0.27  X

The formats and what the nine mouths look like: github.com/DanielSWolf/rhubarb-lip-sync, README,
"Mouth shapes" and "Output formats".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from vtuber.core.errors import UserError
from vtuber.core.speech import Viseme, VisemeName

LONGEST_S = 3600.0
MOST_CUES = 200_000

# As far open as Rhubarb wants them, beside each other: E no wider than C, H from C to D.
SHAPES: Mapping[str, tuple[VisemeName, float]] = {
    "A": ("PP", 1.0),  # closed: P, B, M
    "B": ("SS", 1.0),  # slightly open, teeth together: most consonants, EE
    "C": ("E", 1.0),  # open: EH, AE
    "D": ("aa", 1.0),  # wide open: AA
    "E": ("oh", 0.75),  # slightly rounded: AO, ER
    "F": ("ou", 1.0),  # puckered: UW, OW, W
    "G": ("FF", 1.0),  # teeth on the lip: F, V
    "H": ("aa", 0.65),  # long L; the tongue does not show
    "X": ("sil", 0.0),  # nothing is said
}


def of_tsv(text: str, where: str) -> tuple[Viseme, ...]:
    """Read lines of a time in seconds, a tab and a mouth. Raises UserError that names the line.

    >>> of_tsv("0.00\\tX\\n0.05\\tD\\n", "hi.tsv")[1]
    Viseme(t_s=0.05, viseme='aa', weight=1.0)
    """
    cues = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            fields = line.split("\t")
            if len(fields) != 2:
                raise UserError(f"{where}:{number}: a line is a time, a tab and a mouth: 0.05\tD")
            cues.append((f"{where}:{number}", fields[0].strip(), fields[1].strip()))
    return _visemes(cues, where)


def of_json(table: Mapping[str, Any], where: str) -> tuple[Viseme, ...]:
    """Read what JSON holds. Raises UserError that names the mouth, counted from 1."""
    found = table.get("mouthCues")
    if not isinstance(found, list) or not all(isinstance(cue, dict) for cue in found):
        raise UserError(f"{where}: mouthCues is no list of mouths, as Rhubarb writes it")
    cues = [
        (f"{where}, mouth {number}", cue.get("start"), cue.get("value"))
        for number, cue in enumerate(found, 1)
    ]
    end = [(f"{where}, the last mouth", found[-1]["end"], "X")] if found[-1:] and (
        "end" in found[-1]) else []  # fmt: skip
    return _visemes([*cues, *end], where)


def _visemes(cues: Iterable[tuple[str, Any, Any]], where: str) -> tuple[Viseme, ...]:
    visemes: list[Viseme] = []
    for place, time, mouth in cues:
        if len(visemes) == MOST_CUES:
            raise UserError(f"{where}: more than {MOST_CUES:,} mouths")
        t_s = _seconds(time, place)
        if visemes and t_s < visemes[-1].t_s:
            raise UserError(f"{place}: {t_s:g} s comes before the {visemes[-1].t_s:g} s above it")
        if not isinstance(mouth, str) or mouth not in SHAPES:
            raise UserError(f"{place}: no mouth {mouth!r:.20}; there is: {', '.join(SHAPES)}")
        viseme, weight = SHAPES[mouth]
        visemes.append(Viseme(t_s, viseme, weight))
    if not visemes:
        raise UserError(f"{where} holds no mouths")
    return tuple(visemes)


def _seconds(value: Any, place: str) -> float:
    try:
        seconds = math.nan if isinstance(value, bool | None) else float(value)
    except (TypeError, ValueError, OverflowError):
        seconds = math.nan
    if not 0 <= seconds <= LONGEST_S:
        raise UserError(f"{place}: {value!r:.20} is no time from 0 to {LONGEST_S:g} seconds")
    return seconds
