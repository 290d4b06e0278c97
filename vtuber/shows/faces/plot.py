"""Faces as measured and as filtered in, a picture of both out: what the filter's settings do.

One row a group: the values over time, how much they tremble at rest before and after the filter,
and how far the filter is behind. The one file that imports matplotlib.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from jaxtyping import Float64

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput

# group: unit, and its curves; each a sum of values with signs
CURVES: Mapping[str, tuple[str, Mapping[str, Mapping[str, float]]]] = MappingProxyType({
    "head": (
        "degrees", {"yaw": {"headYaw": 1}, "pitch": {"headPitch": 1}, "roll": {"headRoll": 1}}),
    "position": ("cm", {"x": {"headX": 1}, "y": {"headY": 1}, "z": {"headZ": 1}}),
    "gaze": ("of the range", {"left": {"eyeLookOutLeft": 1, "eyeLookInLeft": -1},
                              "up": {"eyeLookUpLeft": 1, "eyeLookDownLeft": -1}}),
    "brows": ("of the range", {"up": {"browInnerUp": 1}, "down": {"browDownLeft": 1}}),
    "mouth": ("of the range", {"jaw open": {"jawOpen": 1}, "smile": {"mouthSmileLeft": 1}}),
    "lids": ("of the range", {"left": {"eyeBlinkLeft": 1}, "right": {"eyeBlinkRight": 1}}),
})  # fmt: skip
REST_S = 0.5  # trembling is what differs from the mean over so long
_REST_SPEED = {"degrees": 3.0, "cm": 1.5, "of the range": 0.15}  # a second: slower is rest
_LATEST_S = 0.4
_INCHES = (12.0, 2.1)  # of a row
_LOST = np.full(len(BASE), np.nan)


@dataclass(frozen=True, slots=True)
class Quality:
    """What a filter does to one group; NaN where the clip does not show it."""

    noise: float  # root mean square at rest, as measured
    calmed: float  # after the filter
    late_s: float


class Plot:
    """Collects the faces of a clip. Raises UserError at once for a file that is no picture."""

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in (".png", ".svg", ".pdf"):
            raise UserError(f"cannot plot to {path}: name a .png, .svg or .pdf file")
        self._path = path
        self._times_s: list[float] = []
        self._raw: list[np.ndarray] = []
        self._calm: list[np.ndarray] = []

    def add_measured(self, face: Face) -> None:
        self._times_s.append(face.captured_ns / 1e9)
        self._raw.append(_values(face.pose))

    def add_filtered(self, face: Face) -> None:
        self._calm.append(_values(face.pose))

    def save(self) -> dict[str, Quality]:
        """Draw the picture and give its figures. Raises UserError without faces, or room for it."""
        from matplotlib.figure import Figure

        count = len(self._calm)
        times_s = np.array(self._times_s[:count])
        raw, calm = np.array(self._raw[:count]), np.array(self._calm)
        if count < 2 or not np.isfinite(raw).any():
            raise UserError("nothing to plot: there is no face")
        times_s -= times_s[0]
        figure = Figure(figsize=(_INCHES[0], _INCHES[1] * len(CURVES)), layout="constrained")
        axes = figure.subplots(len(CURVES), 1, sharex=True)
        found = {}
        for axis, (group, (unit, curves)) in zip(axes, CURVES.items(), strict=True):
            before, after = (_curves(values, curves) for values in (raw, calm))
            found[group] = quality(times_s, before, after, _REST_SPEED[unit])
            if group == "position":  # how far away the camera is would hide how the head moves
                middle = np.nanmedian(before, axis=0)
                before, after = before - middle, after - middle
            for n, name in enumerate(curves):
                axis.plot(times_s, before[:, n], color=f"C{n}", alpha=0.35, linewidth=0.8)
                axis.plot(times_s, after[:, n], color=f"C{n}", linewidth=1.4, label=name)
            axis.set_title(f"{group}: {_sentence(found[group], unit)}", loc="left", fontsize=10)
            axis.set_ylabel(unit)
            axis.legend(
                loc="lower right",
                bbox_to_anchor=(1, 1),
                frameon=False,
                fontsize=8,
                ncols=len(curves),
            )
            axis.margins(x=0)
        axes[-1].set_xlabel("seconds; pale: as measured, strong: filtered")
        try:
            figure.savefig(self._path, dpi=100)
        except OSError as error:
            raise UserError(f"cannot write {self._path}: {error.strerror or error}") from error
        return found


def _values(pose: PoseInput | None) -> np.ndarray:
    return _LOST if pose is None else pose.values


def _curves(
    values: np.ndarray, curves: Mapping[str, Mapping[str, float]]
) -> Float64[np.ndarray, "t c"]:
    return np.column_stack(
        [sum(f * values[:, BASE.index[name]] for name, f in parts.items())
         for parts in curves.values()]
    )  # fmt: skip


def quality(
    times_s: Float64[np.ndarray, " t"],
    raw: Float64[np.ndarray, "t c"],
    calm: Float64[np.ndarray, "t c"],
    rest_speed: float,
) -> Quality:
    """Measure a filter: what trembles where the measured mean moves slower than `rest_speed`.

    The delay is the shift in time at which the measured values come nearest to the filtered ones.
    """
    seen = np.isfinite(raw).all(axis=1) & np.isfinite(calm).all(axis=1)
    times_s, raw, calm = times_s[seen], raw[seen], calm[seen]
    if len(times_s) < 3:
        return Quality(np.nan, np.nan, np.nan)
    step_s = float(np.median(np.diff(times_s)))
    window = max(3, round(REST_S / max(step_s, 1e-3)) | 1)
    if len(times_s) < 3 * window:
        return Quality(np.nan, np.nan, _late_s(times_s, raw, calm))
    speed = np.abs(np.gradient(_mean(raw, window), axis=0)).max(axis=1) / step_s
    at = np.convolve(speed < rest_speed, np.ones(window), "same") > window - 0.5
    at[:window] = at[-window:] = False
    if not at.any():
        return Quality(np.nan, np.nan, _late_s(times_s, raw, calm))
    noise, calmed = (
        float(np.sqrt(np.mean((values - _mean(values, window))[at] ** 2))) for values in (raw, calm)
    )
    return Quality(noise, calmed, _late_s(times_s, raw, calm))


def _mean(values: Float64[np.ndarray, "t c"], window: int) -> Float64[np.ndarray, "t c"]:
    ones = np.ones(window) / window
    return np.column_stack([np.convolve(column, ones, "same") for column in values.T])


def _late_s(
    times_s: Float64[np.ndarray, " t"],
    raw: Float64[np.ndarray, "t c"],
    calm: Float64[np.ndarray, "t c"],
) -> float:
    if np.ptp(raw, axis=0).max() == 0:
        return float("nan")
    shifts_s = np.arange(0.0, _LATEST_S, 0.005)
    errors = [
        np.mean([np.mean((calm[:, c] - np.interp(times_s - s, times_s, raw[:, c])) ** 2)
                 for c in range(raw.shape[1])])
        for s in shifts_s
    ]  # fmt: skip
    return float(shifts_s[int(np.argmin(errors))])


def _sentence(found: Quality, unit: str) -> str:
    """Say it in words.

    >>> _sentence(Quality(0.128, 0.038, 0.025), "degrees")
    'trembles by 0.128 -> 0.038 degrees at rest, 25 ms behind'
    """
    parts = []
    if np.isfinite(found.noise):
        parts.append(f"trembles by {found.noise:.3f} -> {found.calmed:.3f} {unit} at rest")
    if np.isfinite(found.late_s):
        parts.append(f"{found.late_s * 1e3:.0f} ms behind")
    return ", ".join(parts) or "does not move here"
