"""Plots of the warping network: how a training went, and how far each method is from the rig.

Errors are px of 512, on logarithmic scales.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vtuber.core.errors import UserError
from vtuber.warp.evaluate import METHODS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CURVES = {  # column: name, colour
    "mean": ("mean, [rig] given", "#1e6ec8"),
    "p99": ("99 of 100, [rig] given", "#96beeb"),
    "mean_no_rig": ("mean, without [rig]", "#dc6e1e"),
    "p99_no_rig": ("99 of 100, without [rig]", "#f5c396"),
}
_METHODS = {
    "network": ("network, [rig] given", "#1e6ec8"),
    "network_no_rig": ("network, without [rig]", "#dc6e1e"),
    "guess": ("guess: the rig by medians", "#787882"),
    "linear": ("blendshapes fitted to each", "#9696a0"),
    "quadratic": ("... and products of turns", "#9696a0"),
    "mls": ("moving least squares", "#9696a0"),
    "still": ("no motion", "#9696a0"),
}
_BY_ROLE = ("network", "network_no_rig", "guess")
_LEAST_PX = 0.02  # a logarithmic scale has no 0


def plot_training(source: Path, path: Path) -> None:
    """Draw the held-out errors of a training (its `curve.csv`) over its steps."""
    with source.open(encoding="utf-8") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    figure, (axis,) = _figure(1, (9.6, 5.4))
    for column, (name, colour) in _CURVES.items():
        errors = [row[column] for row in rows]
        axis.plot([row["step"] for row in rows], errors, color=colour, marker=".", label=name)
    axis.set_yscale("log")
    _log(axis.yaxis)
    axis.set_xlabel("steps")
    axis.set_ylabel("error on held-out characters, px of 512")
    axis.legend(ncols=2, frameon=False)
    axis.grid(axis="y", alpha=0.3)
    _save(figure, path)


def plot_errors(numbers: Mapping[str, Any], path: Path) -> None:
    """Draw what `warpeval.evaluate` gave: every method, and the network role by role."""
    errors, roles = numbers["vertex_px_512"], numbers["by_role_px_512"]
    figure, (left, right) = _figure(2, (12.8, 7.6))
    methods = [name for name in METHODS if name in errors]
    for i, what in enumerate(("mean", "p99")):
        bars = left.barh(
            np.arange(len(methods)) + 0.4 * (i - 0.5),
            [max(errors[name][what], _LEAST_PX) for name in methods],
            0.38, color=[_METHODS[name][1] for name in methods], alpha=(1.0, 0.45)[i],
        )  # fmt: skip
        left.bar_label(bars, fmt="%.2f", padding=4, fontsize=9)
    left.set_yticks(np.arange(len(methods)), [_METHODS[name][0] for name in methods])
    left.set_title("all characters, all controls; pale: 99 of 100 are below", loc="left")
    left.margins(x=0.12)
    drawn = [name for name in _BY_ROLE if name in roles]
    names = list(roles[drawn[0]])
    for i, name in enumerate(drawn):
        right.barh(
            np.arange(len(names)) + 0.28 * (i - 1),
            [max(roles[name].get(role, 0.0), _LEAST_PX) for role in names],
            0.27, color=_METHODS[name][1], label=_METHODS[name][0],
        )  # fmt: skip
    right.set_yticks(np.arange(len(names)), names, fontsize=9)
    right.set_title("mean by role", loc="left")
    right.legend(frameon=False, fontsize=9)
    for axis in (left, right):
        axis.set_xscale("log")
        axis.set_xlim(left=_LEAST_PX)
        _log(axis.xaxis)
        axis.set_xlabel("error, px of 512")
        axis.invert_yaxis()
        axis.grid(axis="x", alpha=0.3)
    _save(figure, path)


def _figure(columns: int, size_in: tuple[float, float]) -> tuple[Figure, list[Axes]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=size_in, layout="constrained")
    axes = list(figure.subplots(1, columns, squeeze=False)[0])
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
        axis.set_axisbelow(True)
    return figure, axes


def _log(axis: Any) -> None:
    """Count 1, 2, 5, 10, and write 0.1 and not a power of ten."""
    from matplotlib.ticker import FormatStrFormatter, LogLocator, NullLocator

    axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axis.set_major_formatter(FormatStrFormatter("%g"))
    axis.set_minor_locator(NullLocator())


def _save(figure: Figure, path: Path) -> None:
    try:
        figure.savefig(path, dpi=100)
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror or error}") from error
