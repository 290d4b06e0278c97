"""A rehearsal in; every cue with its time, as data and as a picture, out."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vtuber.core.errors import UserError
from vtuber.script.deeds import Cued
from vtuber.shows.files import write_whole
from vtuber.shows.film.captions import captions
from vtuber.shows.film.rehearsal import Rehearsal

SUFFIXES = (".json", ".svg")
INCHES_A_SECOND = 0.9
COLOURS = {"line": "#c9dcf5", "gesture": "#c2410c", "command": "#15803d", "label": "#6b21a8"}
BETWEEN_S = 1.1  # two marks nearer than that stand on two lines
LEVELS = 4


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
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(f"cannot write a timeline to {path}: its name must end in .json or .svg")
    told = timeline(rehearsal)
    if suffix == ".json":
        write_whole(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    else:
        write_whole(path, _drawn(told))


def _place(cued: Cued) -> str:
    return f"{cued.at.file}:{cued.at.line}:{cued.at.column}" if cued.at.line else ""


def _drawn(told: dict[str, Any]) -> bytes:
    """Draw a row for everybody's lines, gestures and commands, and one for the scene."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams["svg.hashsalt"] = "vtuber"  # the same picture each time
    cast = list(dict.fromkeys([line["who"] for line in told["lines"]] + _actors(told["cues"])))
    rows = len(cast) + 1
    figure = Figure((max(6.0, told["seconds"] * INCHES_A_SECOND), 0.9 + 1.5 * rows))
    axes = figure.subplots(rows, 1, sharex=True, squeeze=False)[:, 0]
    for axis, who in zip(axes, [*cast, ""], strict=True):
        axis.set(ylim=(0, 3), yticks=[], xlim=(0, told["seconds"]))
        axis.set_ylabel(who or "the scene", rotation=0, ha="right", va="center")
        axis.grid(axis="x", color="#e5e5e5")
        axis.set_axisbelow(True)
        _draw_lines(axis, [line for line in told["lines"] if line["who"] == who], told["words"])
        _draw_cues(axis, [cue for cue in told["cues"] if cue["who"] == who])
    axes[-1].set_xlabel("seconds")
    figure.tight_layout()
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def _actors(cues: Sequence[dict[str, Any]]) -> list[str]:
    return [cue["who"] for cue in cues if cue["who"]]


def _draw_lines(
    axis: Any, lines: Sequence[dict[str, Any]], words: Sequence[dict[str, Any]]
) -> None:
    for line in lines:
        width_s = line["to_s"] - line["from_s"]
        axis.broken_barh([(line["from_s"], width_s)], (0.1, 0.7), color=COLOURS["line"])
    if not lines:
        return
    for word in (w for w in words if w["who"] == lines[0]["who"]):
        middle_s = (word["from_s"] + word["to_s"]) / 2
        axis.axvline(word["from_s"], 0.03, 0.27, color="#8aa9d6", linewidth=0.7)
        axis.text(middle_s, 0.45, word["word"], ha="center", va="center", fontsize=7)


def _draw_cues(axis: Any, cues: Sequence[dict[str, Any]]) -> None:
    """Put the marks that stand close to each other on different heights."""
    free_s = [-BETWEEN_S] * LEVELS
    for cue in cues:
        level = min(range(LEVELS), key=lambda n: (free_s[n] > cue["at_s"], n))
        free_s[level] = cue["at_s"] + max(BETWEEN_S, 0.085 * len(cue["what"]) / INCHES_A_SECOND)
        height, colour = 1.1 + 0.48 * level, COLOURS[cue["kind"]]
        axis.plot([cue["at_s"]] * 2, [0.0, height + 0.2], color=colour, linewidth=1)
        axis.text(cue["at_s"] + 0.04, height, cue["what"], color=colour, fontsize=8)
