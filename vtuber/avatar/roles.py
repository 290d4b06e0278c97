"""The tables of what an avatar is made of: roles from back to front, and landmarks. Values only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """What a layer is: whether it comes in pairs, and what a bundle need not say about it.

    `depth` is in W (half face width) from the head's axis, + towards the viewer; `turn` is how much
    it follows the head (1) or stays with the body (0); `mesh` is grid columns, rows.
    """

    sided: bool
    mesh: tuple[int, int]
    depth: float
    turn: float


ROLES: dict[str, Role] = {
    "back_accessory": Role(False, (4, 4), -0.50, 1.0),
    "back_hair": Role(False, (10, 14), -0.45, 1.0),
    "body": Role(False, (12, 12), 0.00, 0.0),
    "neck": Role(False, (6, 8), -0.10, 0.0),
    "ear": Role(True, (4, 5), -0.25, 1.0),
    "face": Role(False, (14, 16), 0.25, 1.0),
    "hair_shadow": Role(False, (14, 10), 0.27, 1.0),
    "blush": Role(False, (10, 4), 0.30, 1.0),
    "nose": Role(False, (3, 4), 0.60, 1.0),
    "mouth_cavity": Role(False, (20, 8), 0.46, 1.0),
    "tongue": Role(False, (8, 6), 0.46, 1.0),
    "teeth": Role(False, (16, 4), 0.46, 1.0),
    "lip_lower": Role(False, (24, 2), 0.46, 1.0),
    "lip_upper": Role(False, (24, 2), 0.46, 1.0),
    "eye_white": Role(True, (14, 10), 0.40, 1.0),
    "iris": Role(True, (6, 6), 0.41, 1.0),
    "eye_light": Role(True, (4, 4), 0.43, 1.0),
    "eye_heart": Role(True, (4, 4), 0.42, 1.0),
    "eye_star": Role(True, (4, 4), 0.42, 1.0),
    "lash_lower": Role(True, (14, 3), 0.40, 1.0),
    "lash_upper": Role(True, (20, 8), 0.41, 1.0),
    "lid_closed": Role(True, (16, 4), 0.41, 1.0),
    "lid_happy": Role(True, (16, 4), 0.41, 1.0),
    "tears": Role(False, (10, 6), 0.40, 1.0),
    "sweat": Role(False, (4, 4), 0.40, 1.0),
    "shade": Role(False, (12, 8), 0.30, 1.0),
    "glasses": Role(False, (14, 6), 0.58, 1.0),
    "side_hair": Role(True, (6, 12), 0.22, 1.0),
    "front_hair": Role(False, (14, 12), 0.44, 1.0),
    "front_locks": Role(True, (6, 14), 0.15, 1.0),
    "brow": Role(True, (10, 4), 0.44, 1.0),
    "headwear": Role(False, (10, 8), 0.20, 1.0),
    "accessory": Role(False, (6, 6), 0.40, 1.0),
    "anger_mark": Role(False, (3, 3), 0.44, 1.0),
    "item": Role(False, (6, 6), 0.30, 0.0),
}  # fmt: skip

SIDES = ("left", "right")  # the performer's own


def _both(*patterns: str) -> tuple[str, ...]:
    return tuple(p.replace("SIDE", side) for p in patterns for side in SIDES)


LANDMARKS: tuple[str, ...] = (
    *_both("eye_SIDE_inner", "eye_SIDE_outer", "eye_SIDE_top", "eye_SIDE_bottom"),
    *_both("iris_SIDE", "brow_SIDE_inner", "brow_SIDE_middle", "brow_SIDE_outer"),
    "nose_tip", "mouth_left", "mouth_right", "mouth_top", "mouth_bottom", "chin",
    *_both("jaw_SIDE", "cheek_SIDE"),
    "crown", "neck_pivot",
    *_both("neck_SIDE", "shoulder_SIDE"),
)  # fmt: skip

MAY_HAVE: tuple[str, ...] = ("hand",)  # where an item is held; guessed from the shoulders without


def role_names() -> tuple[str, ...]:
    """Name every role as a bundle writes it: `face`, `ear_left`, `ear_right`."""
    names: list[str] = []
    for name, role in ROLES.items():
        names += [f"{name}_{side}" for side in SIDES] if role.sided else [name]
    return tuple(names)


def split_role(name: str) -> tuple[str, str]:
    """Split a bundle's role name into role and side.

    >>> split_role("iris_left"), split_role("face")
    (('iris', 'left'), ('face', ''))
    """
    for side in SIDES:
        stem = name.removesuffix(f"_{side}")
        if stem != name and stem in ROLES and ROLES[stem].sided:
            return stem, side
    return name, ""
