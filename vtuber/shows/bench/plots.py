"""Plots of a latency report, each as SVG text: distributions, where the time goes, worst frames."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from vtuber.shows.bench.follow import STAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Work in colours, waiting in greys: the eye sees how much of a bar is nobody's work.
COLOURS = {
    "capture_wait": "#c9ccd3", "track": "#2f6fb5", "queue": "#a9adb8", "tick": "#56b4c8",
    "draw": "#e08a3c", "read_back": "#c4593f", "hand_over": "#d9dbe0", "encode": "#5f9e4f",
    "deliver": "#8a63a8",
}  # fmt: skip
OUTPUTS = ("#2f6fb5", "#e08a3c", "#5f9e4f", "#8a63a8", "#c4593f")
WORST = 12
Frames = Sequence[Mapping[str, Any]]


def distributions(frames: Mapping[str, Frames]) -> str:
    """Draw what share of the frames was in a reader's hands after how long."""
    figure, axis = _figure(3.6)
    furthest = 10.0
    for (name, seen), colour in zip(frames.items(), OUTPUTS, strict=False):
        latencies = np.sort([frame["latency_ms"] for frame in seen])
        if not len(latencies):
            continue
        share = 100 * np.arange(1, len(latencies) + 1) / len(latencies)
        axis.step(latencies, share, where="post", color=colour, label=name, linewidth=1.8)
        furthest = max(furthest, float(np.percentile(latencies, 97)))
    for level in (50, 95, 99):
        axis.axhline(level, color="#d5d8de", linewidth=0.8, zorder=0)
    axis.set_yticks([0, 25, 50, 75, 95, 99], ["0", "25", "50", "75", "95", ""])
    axis.set_xlim(0, furthest * 1.05)
    axis.set_xlabel("ms from the frame at the source to its pixels at the reader")
    axis.set_ylabel("% of the frames")
    axis.legend(frameon=False, loc="lower right")
    return _svg(figure)


def stages(sinks: Mapping[str, Mapping[str, Any]]) -> str:
    """Draw each output's median way, stage after stage."""
    named = {name: told["stages"] for name, told in sinks.items() if told["stages"]}
    figure, axis = _figure(1.1 + 0.5 * max(len(named), 1))
    for row, told in enumerate(named.values()):
        _way(axis, row, {stage: told[stage]["p50"] for stage in STAGES})
    axis.set_yticks(range(len(named)), list(named))
    axis.invert_yaxis()
    axis.set_xlabel("ms, median of each stage")
    _stage_legend(figure)
    return _svg(figure)


def worst(frames: Frames) -> str:
    """Draw the latest frames of one output, each from its capture on."""
    whole = [frame for frame in frames if frame["stages_ms"]]
    latest = sorted(whole, key=lambda frame: -frame["latency_ms"])[:WORST]
    figure, axis = _figure(1.2 + 0.24 * max(len(latest), 1))
    for row, frame in enumerate(latest):
        _way(axis, row, frame["stages_ms"])
    axis.set_yticks(range(len(latest)), [f"{frame['at_s']:.2f} s" for frame in latest])
    axis.invert_yaxis()
    axis.set_xlabel("ms since the frame was captured")
    axis.set_ylabel("captured at")
    _stage_legend(figure)
    return _svg(figure)


def timeline(frames: Frames) -> str:
    """Draw the latency of one output's frames over the run."""
    figure, axis = _figure(2.4)
    at_s = [frame["at_s"] for frame in frames]
    latencies = [frame["latency_ms"] for frame in frames]
    axis.plot(at_s, latencies, ".", color=OUTPUTS[0], markersize=3.5)
    axis.set_ylim(0, max([*latencies, 10.0]) * 1.08)
    axis.set_xlabel("s of the run")
    axis.set_ylabel("ms")
    return _svg(figure)


def _way(axis: Axes, row: int, times_ms: Mapping[str, float]) -> None:
    left = 0.0
    for stage, ms in times_ms.items():
        hatch = "////" if STAGES[stage] else None
        axis.barh(
            row, ms, 0.68, left, color=COLOURS[stage], hatch=hatch, edgecolor="white", linewidth=0.4
        )
        left += ms


def _stage_legend(figure: Figure) -> None:
    from matplotlib.patches import Patch

    shown = [
        Patch(
            facecolor=COLOURS[stage],
            hatch="////" if waits else None,
            edgecolor="white",
            label=stage.replace("_", " "),
        )
        for stage, waits in STAGES.items()
    ]
    figure.legend(handles=shown, ncols=5, frameon=False, fontsize=8.5, loc="outside upper left")


def _figure(height_in: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.4, height_in), layout="constrained")
    axis = figure.subplots()
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_axisbelow(True)
    axis.grid(axis="x", alpha=0.25)
    return figure, axis


def _svg(figure: Figure) -> str:
    import matplotlib

    text = io.StringIO()
    # Text as text: a tenth of the size, and it can be found and read aloud. No date: the same
    # numbers give the same file.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "vtuber"}):
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()[text.getvalue().index("<svg") :]
