"""A rehearsal in; every cue with its time, as data and as a picture, out."""

from __future__ import annotations

import io
import json
import math
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from vtuber.core.errors import UserError
from vtuber.script.deeds import Cued
from vtuber.shows.files import write_whole
from vtuber.shows.film.captions import captions
from vtuber.shows.film.rehearsal import Rehearsal

SUFFIXES = (".json", ".svg")
BAND_S = 15.0  # seconds that stand beside each other, as the bars of a score
WIDE_IN, HIGH_IN, GAP_IN = 17.0, 0.85, 0.45  # of a band, of each of its rows, below it
COLOURS = {"line": "#c9dcf5", "gesture": "#c2410c", "command": "#15803d", "label": "#6b21a8",
           "track": "#0f766e"}  # fmt: skip
LETTER_S = 0.085  # that a letter of a mark takes
LEVELS = 5


def timeline(rehearsal: Rehearsal) -> dict[str, Any]:
    """Give all that happens, in its order, in seconds of the film."""
    return {
        "seconds": rehearsal.seconds,
        "fps": str(rehearsal.fps),
        "lines": [
            {"from_s": c.start_s, "to_s": c.end_s, "who": c.who, "text": c.text}
            for c in captions(rehearsal.cued, rehearsal.seconds)
        ],
        "words": [
            {
                "from_s": round(line.start_ns / 1e9 + word.t_s, 4),
                "to_s": round(line.start_ns / 1e9 + word.end_s, 4),
                "who": line.line.performer,
                "word": word.text,
            }
            for line in rehearsal.speech.lines
            for word in line.words
        ],
        "cues": [
            {
                "at_s": c.at_ns / 1e9,
                "kind": c.kind,
                "who": c.who,
                "what": c.what,
                "place": _place(c),
            }
            for c in rehearsal.cued
            if c.kind not in ("line", "said")
        ],
    }


def write_timeline(rehearsal: Rehearsal, path: Path) -> None:
    """Write it as .json, or draw it as .svg. Raises UserError for another name, a full disk."""
    check_name(path)
    told = timeline(rehearsal)
    if path.suffix.lower() == ".json":
        write_whole(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    else:
        write_whole(path, _drawn(told))


def check_name(path: Path) -> None:
    """Raise UserError for a name that ends in neither .json nor .svg."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"cannot write a timeline to {path}: its name must end in .json or .svg")


def _place(cued: Cued) -> str:
    return f"{cued.at.file}:{cued.at.line}:{cued.at.column}" if cued.at.line else ""


def _drawn(told: dict[str, Any]) -> bytes:
    """Draw bands, one below the other: rows for everybody's lines and cues, one for the scene."""
    import matplotlib

    # Text as it is written, in a font of whoever looks; the same picture each time.
    drawn = {"svg.fonttype": "none", "text.parse_math": False, "svg.hashsalt": "vtuber"}
    with matplotlib.rc_context(drawn), warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", r"Glyph .* missing")  # from the font of this machine
        return _svg(told)


def _svg(told: dict[str, Any]) -> bytes:
    from matplotlib.figure import Figure

    cast = list(dict.fromkeys([line["who"] for line in told["lines"]] + _actors(told["cues"])))
    rows = [*cast, ""]
    bands = max(1, math.ceil(told["seconds"] / BAND_S))
    high_in = bands * (len(rows) * HIGH_IN + GAP_IN) + GAP_IN
    figure = Figure((WIDE_IN, high_in))
    for band in range(bands):
        for row, who in enumerate(rows):
            top_in = GAP_IN / 2 + band * (len(rows) * HIGH_IN + GAP_IN) + row * HIGH_IN
            box = (0.06, 1 - (top_in + HIGH_IN) / high_in, 0.93, HIGH_IN * 0.94 / high_in)
            axis = figure.add_axes(box)
            _frame(axis, who, band * BAND_S, is_last=row == len(rows) - 1)
            _draw_lines(axis, told, who, band * BAND_S)
            _draw_cues(axis, _cues_of(told, who, cast), band * BAND_S)
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def _actors(cues: Sequence[dict[str, Any]]) -> list[str]:
    return [cue["who"] for cue in cues if cue["who"]]


def _cues_of(told: dict[str, Any], who: str, cast: Sequence[str]) -> list[tuple[float, str, str]]:
    """Give when, which and what of the cues of one of the cast; "" for those of nobody."""
    found = []
    for cue in told["cues"]:
        named = re.fullmatch(r"@(\S+) (.*)", cue["what"])
        of, what = (named[1], named[2]) if named and named[1] in cast else (cue["who"], cue["what"])
        if of == who:  # files by their names
            found.append((cue["at_s"], cue["kind"], re.sub(r"\S*[/\\](\S+)", r"\1", what)))
    return found


def _frame(axis: Any, who: str, from_s: float, is_last: bool) -> None:
    seconds = [from_s + second for second in range(int(BAND_S) + 1)]
    axis.set(ylim=(0, 3.2), yticks=[], xlim=(from_s, from_s + BAND_S), xticks=seconds)
    axis.set_ylabel(who or "the scene", rotation=0, ha="right", va="center")
    axis.grid(axis="x", color="#ececec")
    axis.set_axisbelow(True)
    axis.tick_params(length=0, labelsize=7, labelcolor="#777777", labelbottom=is_last)
    for side, spine in axis.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color("#bbbbbb")


def _draw_lines(axis: Any, told: dict[str, Any], who: str, from_s: float) -> None:
    """Draw what somebody says, word by word, every other one a little higher."""
    lines = [line for line in told["lines"] if line["who"] == who]
    for line in lines:
        width_s = line["to_s"] - line["from_s"]
        axis.broken_barh([(line["from_s"], width_s)], (0.08, 0.92), color=COLOURS["line"])
    words = [word for word in told["words"] if word["who"] == who and lines]
    for number, word in enumerate(words):
        if not from_s <= word["from_s"] < from_s + BAND_S:
            continue
        height = 0.3 + 0.45 * (number % 2)
        axis.axvline(word["from_s"], 0.03, 0.31, color="#8aa9d6", linewidth=0.7)
        axis.text(word["from_s"] + 0.02, height, word["word"], va="center", fontsize=7)


def _letters(text: str) -> int:
    """Give how long a text is; 好 is as wide as two."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def _draw_cues(axis: Any, cues: Sequence[tuple[float, str, str]], from_s: float) -> None:
    """Put the marks that stand close to each other on different heights."""
    free_s = [from_s] * LEVELS
    for at_s, kind, what in cues:
        if not from_s <= at_s < from_s + BAND_S:
            continue
        level = min(range(LEVELS), key=lambda n: (max(free_s[n], at_s), n))
        free_s[level] = at_s + 0.2 + LETTER_S * _letters(what)
        height, colour = 1.2 + 0.42 * level, COLOURS[kind]
        axis.plot([at_s] * 2, [0.0, height + 0.2], color=colour, linewidth=1)
        weight = "bold" if kind == "label" else "normal"
        axis.text(at_s + 0.04, height, what, color=colour, fontsize=8, weight=weight)
