"""A face mesh with its head pose in, a pose (ARKit names and the head) out. NumPy only, no device.

`RAMPS` says how each blendshape is read off the features. Not measured, so weight 0: cheekPuff,
jawForward, mouthClose, mouthDimple, mouthShrug, noseSneer, tongueOut: the landmarks
of this mesh do not tell them from noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.core.command import CalibrationName
from vtuber.core.pose import BASE, PoseInput
from vtuber.track import features
from vtuber.track.baseline import Neutral, OpenLid
from vtuber.track.features import INDEX
from vtuber.track.head import HeadPose
from vtuber.track.profile import Profile

# feature: its value on an average resting face (cm; median of the people in the test clips and
# stills), and how far from it a performer's own rest may lie. For other features the neutral is 0.
RESTING = {
    "lower_lid_l": (-0.36, 0.20), "lower_lid_r": (-0.36, 0.20),
    "brow_inner_l": (1.55, 0.45), "brow_inner_r": (1.55, 0.45), "brow_inner": (1.55, 0.45),
    "brow_outer_l": (1.80, 0.55), "brow_outer_r": (1.80, 0.55),
    "spread": (5.00, 0.60), "mouth_x": (0.0, 0.15), "chin_x": (0.0, 0.15),
    "smile_l": (1.58, 0.30), "smile_r": (1.58, 0.30),
    "frown_l": (-0.20, 0.25), "frown_r": (-0.20, 0.25),
    "upper_lip_l": (-1.35, 0.55), "upper_lip_r": (-1.35, 0.55),
    "lower_lip_l": (3.60, 0.60), "lower_lip_r": (3.60, 0.60),
    "upper_thickness": (0.72, 0.20), "lower_thickness": (1.00, 0.25),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ramp:
    """A blendshape rises from 0 at `zero` to 1 at `full`: cm from the neutral of its feature."""

    shape: str
    feature: str
    zero: float
    full: float
    unless: str = ""  # an earlier shape that takes its place: multiplied by one minus it
    only: str = ""  # an earlier shape that it needs: multiplied by it


def _both(shape: str, feature: str, zero: float, full: float, unless: str = "") -> list[Ramp]:
    """Give the ramps of both sides of a face."""
    return [
        Ramp(f"{shape}{side}", f"{feature}_{side[0].lower()}", zero, full, unless and unless + side)
        for side in ("Left", "Right")
    ]


RAMPS = (
    # Lips: closed up to 0.011 of the distance between the outer corners of the eyes (8.9 cm),
    # wide at 0.23.
    Ramp("jawOpen", "lip_gap", 0.10, 2.10),
    Ramp("jawLeft", "chin_x", 0.20, 0.70),
    Ramp("jawRight", "chin_x", -0.20, -0.70),
    Ramp("mouthLeft", "mouth_x", 0.12, 0.60),
    Ramp("mouthRight", "mouth_x", -0.12, -0.60),
    Ramp("mouthFunnel", "spread", -0.20, -1.00, only="jawOpen"),
    Ramp("mouthPucker", "spread", -0.30, -1.20, unless="jawOpen"),
    *_both("mouthSmile", "smile", 0.12, 0.70),
    *_both("mouthFrown", "frown", -0.08, -0.40, unless="mouthSmile"),
    Ramp("mouthStretchLeft", "spread", 0.25, 1.20, unless="mouthSmileLeft"),
    Ramp("mouthStretchRight", "spread", 0.25, 1.20, unless="mouthSmileRight"),
    *_both("mouthUpperUp", "upper_lip", 0.15, 0.65),
    *_both("mouthLowerDown", "lower_lip", -0.25, -0.90),
    Ramp("mouthRollUpper", "upper_thickness", -0.20, -0.50, unless="jawOpen"),
    Ramp("mouthRollLower", "lower_thickness", -0.25, -0.60, unless="jawOpen"),
    Ramp("mouthPressLeft", "lower_thickness", -0.20, -0.60, only="mouthRollUpper"),
    Ramp("mouthPressRight", "lower_thickness", -0.20, -0.60, only="mouthRollUpper"),
    Ramp("browInnerUp", "brow_inner", 0.12, 0.65),
    *_both("browOuterUp", "brow_outer", 0.12, 0.60),
    *_both("browDown", "brow_inner", -0.12, -0.55),
    *_both("eyeSquint", "lower_lid", 0.08, 0.28, unless="eyeBlink"),
)

LID_OPEN, LID_SHUT = 0.80, 0.40  # of the open eye: eyeBlink 0 and 1
LID_CLOSES, LID_OPENS = 0.10, 0.22  # above LID_SHUT: between them a lid stays as it was
LID_SHUT_OFF = 0.08  # above eyes that were calibrated shut: from there on eyeBlink is 1
LID_SHUT_RANGE = (0.15, 0.55)
LID_WIDE = (1.12, 1.40)
WINK_BEGINS, WINK = 0.20, 0.40  # between the eyes' openness: from here apart, from here wholly
BLINK_NS = 45_000_000  # one lid of a blink is often seen to move a frame before the other one
# Iris from the middle of the eye over half the eye's width. An eyeball of radius 1.2 cm in an eye
# of 2.9 cm moves it by 0.0145 per degree: 1 is 30 degrees sideways, 20 up or down. Level gaze lies
# above the line of the corners.
GAZE_FULL_X, GAZE_FULL_Y, GAZE_LEVEL_Y = 0.42, 0.28, 0.07
FAR_SIDE_DEG = (
    25.0,
    35.0,
)  # of yaw: between them the hidden side fades to following the visible one

_NEUTRAL_ROWS = np.array([INDEX[name] for name in RESTING])
_AVERAGE = np.array([value for value, _ in RESTING.values()])
_BOUNDS = np.array([bound for _, bound in RESTING.values()])
_RAMP_FEATURES = np.array([INDEX[ramp.feature] for ramp in RAMPS])
_RAMP_ZERO = np.array([ramp.zero for ramp in RAMPS])
_RAMP_SPAN = np.array([ramp.full - ramp.zero for ramp in RAMPS])
_EYES = ("Left", "Right")
_SHIFTS = ("jaw", "mouth")  # jawLeft is no left half of a pair but a way to go
_PAIRS = tuple(
    (ramp.shape, f"{stem}Right")
    for ramp in RAMPS
    if (stem := ramp.shape.removesuffix("Left")) != ramp.shape and stem not in _SHIFTS
)
_MEASURED = (
    *(ramp.shape for ramp in RAMPS),
    *(f"eye{what}{eye}" for eye in _EYES for what in ("Blink", "Wide")),
    *(f"cheekSquint{eye}" for eye in _EYES),
    *(f"eyeLook{way}{eye}" for eye in _EYES for way in ("In", "Out", "Up", "Down")),
    "headYaw", "headPitch", "headRoll", "headX", "headY", "headZ",
)  # fmt: skip
_WEIGHTS = np.zeros(len(BASE), np.float32)
_WEIGHTS[[BASE.index[name] for name in _MEASURED]] = 1.0
_WEIGHTS.setflags(write=False)


class BlendshapeSolver:
    """Turns one performer's meshes into poses; keeps what is normal for that performer."""

    MEASURED = frozenset(_MEASURED)  # the names that get a weight

    def __init__(self, profile: Profile | None = None) -> None:
        profile = profile or Profile()
        self._lids = {eye: OpenLid() for eye in _EYES}
        self._shut = dict.fromkeys(_EYES, LID_SHUT)
        self._is_closed = dict.fromkeys(_EYES, False)
        self._together_ns: int | None = None  # when the lids last moved as one
        self._neutral = Neutral(_AVERAGE, _BOUNDS)
        self._gaze = (0.0, 0.0)
        self._last: Float64[np.ndarray, " f"] | None = None
        for eye in _EYES:
            if eye in profile.open_lids:
                self._lids[eye].start(profile.open_lids[eye])
            if eye in profile.shut_lids:
                self._shut[eye] = _bounded(profile.shut_lids[eye], LID_SHUT_RANGE)
        if profile.resting:
            known = [profile.resting.get(name, value) for name, (value, _) in RESTING.items()]
            self._neutral.start(np.array(known))

    @property
    def profile(self) -> Profile:
        """Give what was learnt so far."""
        return Profile(
            {eye: lid.value for eye, lid in self._lids.items()},
            dict(self._shut),
            dict(zip(RESTING, self._neutral.values.tolist(), strict=True)),
        )

    def calibrate(self, what: CalibrationName) -> None:
        """Take the last mesh as a neutral face, as eyes that are open, or as eyes that are shut."""
        if self._last is None:
            return
        if what == "neutral":
            self._neutral.calibrate(self._last[_NEUTRAL_ROWS])
        for eye in _EYES:
            ratio = _openness(self._last, eye)
            if what == "open":
                self._lids[eye].calibrate(ratio)
            elif what == "shut":
                off = ratio / self._lids[eye].value + LID_SHUT_OFF
                self._shut[eye] = _bounded(off, LID_SHUT_RANGE)

    def solve(self, head: HeadPose, now_ns: int) -> PoseInput:
        """Measure one mesh. Every value is finite and in its range; weight 1 where measured."""
        self._last = cm = features.measure(np.clip(head.points_cm, -50.0, 50.0))
        is_frontal = abs(head.yaw_deg) < 25 and abs(head.pitch_deg) < 25
        if is_frontal:
            self._neutral.add(cm[_NEUTRAL_ROWS], now_ns)
        left, right = _shares(head.yaw_deg)
        shapes = self._eyes(cm, left, right, is_frontal, now_ns)
        self._add_ramps(cm, shapes)
        _follow_the_visible_side(shapes, left, right)
        for side in _EYES:  # lower lids that a smile lifts are cheeks
            shapes[f"cheekSquint{side}"] = shapes[f"eyeSquint{side}"] * shapes[f"mouthSmile{side}"]
        position = (float(value) for value in head.position_cm)
        shapes |= zip(("headX", "headY", "headZ"), position, strict=True)
        shapes |= {"headYaw": head.yaw_deg, "headPitch": head.pitch_deg, "headRoll": head.roll_deg}
        values = BASE.default.copy()
        values[[BASE.index[name] for name in shapes]] = list(shapes.values())
        return PoseInput(np.clip(values, BASE.low, BASE.high), _WEIGHTS)

    def _add_ramps(self, cm: Float64[np.ndarray, " f"], shapes: dict[str, float]) -> None:
        offsets = cm.copy()
        offsets[_NEUTRAL_ROWS] -= self._neutral.values
        raw = np.clip((offsets[_RAMP_FEATURES] - _RAMP_ZERO) / _RAMP_SPAN, 0.0, 1.0)
        for ramp, value in zip(RAMPS, raw.tolist(), strict=True):
            if ramp.unless:
                value *= 1.0 - shapes[ramp.unless]
            if ramp.only:
                value *= shapes[ramp.only]
            shapes[ramp.shape] = value
        for side in _EYES:  # a jaw that drops takes the corners with it
            shapes[f"mouthFrown{side}"] *= 1.0 - shapes["jawOpen"]

    def _eyes(
        self,
        cm: Float64[np.ndarray, " f"],
        left: float,
        right: float,
        is_frontal: bool,
        now_ns: int,
    ) -> dict[str, float]:
        ratio = {eye: _openness(cm, eye) for eye in _EYES}
        seen = {eye: ratio[eye] / self._lids[eye].value for eye in _EYES}
        lids = {
            "Left": left * seen["Left"] + (1 - left) * seen["Right"],
            "Right": right * seen["Right"] + (1 - right) * seen["Left"],
        }
        lids = self._linked(lids, now_ns)
        shapes: dict[str, float] = {}
        for eye in _EYES:
            shut = self._shut[eye]
            threshold = shut + (LID_OPENS if self._is_closed[eye] else LID_CLOSES)
            self._is_closed[eye] = lids[eye] < threshold
            if is_frontal:
                self._lids[eye].add(ratio[eye], self._is_closed[eye], now_ns)
            closing = _clip01((LID_OPEN - lids[eye]) / (LID_OPEN - shut))
            shapes[f"eyeBlink{eye}"] = 1.0 if self._is_closed[eye] else closing
            wide, widest = LID_WIDE
            shapes[f"eyeWide{eye}"] = _clip01((lids[eye] - wide) / (widest - wide))
        return shapes | self._look(cm, left, right, shapes)

    def _linked(self, lids: dict[str, float], now_ns: int) -> dict[str, float]:
        """Move both lids as one, unless they differ by what only a wink does, and go on to.

        Narrowed by a smile, the lids of glasses' wearers differ by up to 0.2 from noise alone. Of
        the blinks of our clips, half begin or end with a frame in which only one lid is shut.
        """
        apart = _clip01((abs(lids["Left"] - lids["Right"]) - WINK_BEGINS) / (WINK - WINK_BEGINS))
        if apart == 0.0 or min(lids.values()) > LID_OPEN:
            self._together_ns = now_ns
        elif self._together_ns is not None and 0 <= now_ns - self._together_ns < BLINK_NS:
            apart = 0.0
        mean = (lids["Left"] + lids["Right"]) / 2
        return {eye: mean + apart * (lid - mean) for eye, lid in lids.items()}

    def _look(
        self, cm: Float64[np.ndarray, " f"], left: float, right: float, shapes: dict[str, float]
    ) -> dict[str, float]:
        """Read one gaze off both irises; it stays while the lids are shut, when it is a guess."""
        left *= (1.0 - shapes["eyeBlinkLeft"]) ** 2
        right *= (1.0 - shapes["eyeBlinkRight"]) ** 2
        if left + right > 0.1:
            share, trust = left / (left + right), min(1.0, left + right)
            x = share * _iris(cm, "x", "l") + (1 - share) * _iris(cm, "x", "r")
            y = share * _iris(cm, "y", "l") + (1 - share) * _iris(cm, "y", "r") - GAZE_LEVEL_Y
            old_x, old_y = self._gaze
            x, y = np.clip((x / GAZE_FULL_X, y / GAZE_FULL_Y), -1.0, 1.0).tolist()
            self._gaze = (old_x + trust * (x - old_x), old_y + trust * (y - old_y))
        x, y = self._gaze
        to_left, to_right, up, down = (max(0.0, value) for value in (x, -x, y, -y))
        return {
            "eyeLookOutLeft": to_left, "eyeLookInRight": to_left,
            "eyeLookInLeft": to_right, "eyeLookOutRight": to_right,
            "eyeLookUpLeft": up, "eyeLookUpRight": up,
            "eyeLookDownLeft": down, "eyeLookDownRight": down,
        }  # fmt: skip


def _shares(yaw_deg: float) -> tuple[float, float]:
    """Give how much the left and the right side count: the far side of a turned head less."""
    start, end = FAR_SIDE_DEG
    hidden = _clip01((abs(yaw_deg) - start) / (end - start))
    return (1.0 - hidden, 1.0) if yaw_deg > 0 else (1.0, 1.0 - hidden)


def _follow_the_visible_side(shapes: dict[str, float], left: float, right: float) -> None:
    """Guess the far side from the near one; a shift of the mouth or jaw is not seen from aside."""
    for on_left, on_right in _PAIRS:
        x, y = shapes[on_left], shapes[on_right]
        shapes[on_left] = left * x + (1 - left) * y
        shapes[on_right] = right * y + (1 - right) * x
    for stem in _SHIFTS:
        for way in _EYES:
            shapes[stem + way] *= left * right


def _openness(cm: Float64[np.ndarray, " f"], eye: str) -> float:
    """Give an eye's height over its width (Soukupova and Cech 2016, on the unturned face)."""
    side = eye[0].lower()
    width = max(0.5, abs(float(cm[INDEX[f"eye_width_{side}"]])))
    return max(0.0, float(cm[INDEX[f"eye_height_{side}"]])) / width


def _iris(cm: Float64[np.ndarray, " f"], axis: str, side: str) -> float:
    width = max(0.5, abs(float(cm[INDEX[f"eye_width_{side}"]])))
    return 2.0 * float(cm[INDEX[f"iris_{axis}_{side}"]]) / width


def _bounded(value: float, bounds: tuple[float, float]) -> float:
    return min(bounds[1], max(bounds[0], value))


def _clip01(value: float) -> float:
    return min(1.0, max(0.0, value))
