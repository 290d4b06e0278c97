"""How characters mostly look and move, as designs of our own dice measure: tables. Values only.

`proportions.py` draws most characters for training far wider than this. Some are drawn from here,
else the network cannot know that whoever looks like everybody moves like everybody: without `[rig]`
it was 1.5 times as far off on rolled designs as plain medians. Measured on 60 rolled designs by
linear regression: what goes with manhood (-1..1), with build and age (in spreads) and with chibi
proportions (0 or 1), and what is a matter of its own.
"""

from __future__ import annotations

FACTORS = ("man", "broad", "old", "chibi")

# where a number of `proportions.py` lies in its range (-1..1): middle, spread of its own, and what
# each factor adds
PLACES: dict[str, tuple[float, float, dict[str, float]]] = {
    "chin": (-0.10, 0.20, {"man": 0.07, "chibi": -0.31}),
    "crown": (0.28, 0.10, {"man": -0.08}),
    "eye_inner": (-0.33, 0.20, {"man": 0.07, "chibi": 0.05}),
    "eye_width": (0.11, 0.15, {"man": -0.12, "chibi": 0.08}),
    "eye_level": (-0.07, 0.14, {"chibi": 0.06}),
    "eye_slant": (-0.16, 0.45, {"man": 0.18, "chibi": 0.09}),
    "eye_up": (-0.34, 0.28, {"man": -0.19, "old": -0.08, "chibi": 0.19}),
    "eye_down": (-0.14, 0.25, {"man": -0.22, "old": -0.09, "chibi": 0.32}),
    "eye_peak": (0.14, 0.35, {}),
    "iris_size": (0.19, 0.28, {"man": 0.14, "old": 0.12, "chibi": -0.13}),
    "brow_gap": (-0.39, 0.18, {"man": -0.14, "chibi": 0.09}),
    "brow_inner": (0.04, 0.20, {"man": -0.27, "chibi": 0.08}),
    "brow_width": (-0.08, 0.32, {"man": 0.26, "old": -0.07}),
    "brow_tilt": (0.09, 0.24, {"chibi": 0.18}),
    "brow_arch": (0.02, 0.38, {"man": -0.15, "old": -0.12, "chibi": -0.36}),
    "lash": (-0.40, 0.30, {}),
    "nose": (0.10, 0.10, {}),
    "mouth": (0.04, 0.10, {}),
    "mouth_half": (-0.18, 0.28, {"man": 0.19, "chibi": 0.15}),
    "mouth_curve": (-0.46, 0.36, {"man": -0.18, "chibi": -0.26}),
    "mouth_depth": (0.07, 0.13, {"man": 0.06, "chibi": 0.06}),
    "lips": (-0.20, 0.40, {}),
    "jaw": (-0.17, 0.26, {"man": 0.26, "broad": 0.05, "chibi": 0.08}),
    "jaw_level": (0.29, 0.08, {"chibi": -0.10}),
    "neck": (-0.10, 0.04, {"man": 0.34, "broad": 0.12, "chibi": -0.25}),
    "neck_base": (-0.38, 0.06, {}),
    "pivot": (-0.31, 0.06, {}),
    "shoulder": (0.07, 0.04, {"man": 0.22, "broad": 0.11, "chibi": -0.60}),
    "shoulder_drop": (-0.03, 0.06, {"chibi": -0.68}),
    "bottom": (0.08, 0.08, {"chibi": -0.49}),
    "hair": (0.0, 0.50, {}),
    "hair_length": (-0.08, 0.30, {}),
}

# knob: middle in its range about the median, spread by chance, and what a factor adds, or a spread
# of a place's own
MANNERS: dict[str, tuple[float, float, dict[str, float]]] = {
    "face_radius": (0.0, 0.08, {"chibi": 0.25, "chin": 0.12}),
    "muzzle": (0.38, 0.11, {"man": 0.25, "chibi": -0.64, "chin": 0.12}),
    "narrowing": (-0.03, 0.03, {"chibi": -0.25, "chin": 0.04, "jaw": -0.03}),
    "body_depth": (0.0, 0.02, {"broad": 0.18}),
    "hair_hang": (0.0, 0.02, {}),
    "eye_wide": (0.09, 0.09, {"man": 0.07, "chibi": -0.25, "brow_gap": 0.09, "iris_size": 0.04}),
    "eye_squint": (-0.08, 0.08, {"man": -0.06, "brow_gap": -0.09, "iris_size": -0.04}),
    "lash_keep": (0.20, 0.02, {"man": 0.20}),
    "gaze": (0.0, 0.03, {"chibi": -0.28}),
    "brow": (0.02, 0.07, {"man": -0.07, "old": -0.09, "chibi": 0.17, "brow_inner": 0.08}),
    "mouth_open": (0.0, 0.02, {}),
    "mouth_width": (0.05, 0.09, {"man": -0.09, "chibi": -0.09, "mouth_depth": -0.10}),
    "smile": (0.08, 0.06, {"man": -0.08, "chibi": 0.14, "mouth_curve": 0.12, "mouth_half": -0.05}),
    "chin_drop": (0.0, 0.03, {"old": 0.09, "chibi": -0.56}),
}

# What stands out or is worn, where the dice put it, all pieces of one at once: its chance; then
# role, whether it has a twin on the other side, box in W of the left one, depth, turn.
Piece = tuple[str, bool, tuple[float, float, float, float], float, float]
EARS: tuple[tuple[float, tuple[Piece, ...]], ...] = (
    (0.70, (("ear", True, (0.81, -0.23, 1.18, 0.39), -0.12, 1.0),)),
    (0.12, (("ear", True, (0.83, -0.77, 1.92, 0.48), -0.15, 1.0),)),  # pointed
    (0.18, (("ear", True, (0.27, -2.30, 1.35, -0.75), 0.02, 1.0),)),  # an animal's
)
WORN: tuple[tuple[float, tuple[Piece, ...]], ...] = (
    (0.2, (("back_accessory", False, (0.45, 0.1, 2.3, 3.7), -0.40, 0.0),)),  # a tail
    (0.2, (("back_accessory", False, (-2.35, -1.05, 2.35, 2.1), -0.40, 0.0),)),  # wings
    (0.3, (("back_accessory", False, (-1.27, -1.86, 1.27, -0.15), 0.0, 1.0),  # headphones
           ("headwear", False, (-1.27, -1.86, 1.27, -0.15), 0.0, 1.0),
           ("accessory", True, (1.03, -0.65, 1.56, 0.54), -0.05, 1.0))),
    (0.1, (("item", False, (-0.76, 1.02, 0.76, 1.66), -0.20, 0.0),  # the same, on the neck
           ("item", False, (-0.97, 1.4, 0.97, 2.1), 0.25, 0.0))),
    (0.3, (("accessory", True, (0.52, -2.05, 1.62, -0.95), 0.05, 1.0),)),  # horns
    (0.15, (("headwear", False, (-1.25, -1.82, 1.25, -0.14), 0.25, 1.0),)),  # a hair band
    (0.15, (("headwear", False, (-1.2, -2.4, 1.2, -1.1), 0.44, 1.0),)),  # a hat
    (0.2, (("accessory", False, (-0.95, -1.1, -0.43, -0.4), 0.42, 1.0),)),  # ribbons
    (0.1, (("accessory", False, (-0.92, -2.15, 0.92, -1.2), 0.10, 1.0),)),
    (0.1, (("accessory", False, (-1.3, -2.66, 1.3, -1.27), 0.0, 1.0),)),  # a halo
)  # fmt: skip
