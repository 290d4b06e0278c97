"""What drawings taught of one avatar's motion: the text of `fit.json` in, checked lessons out.

A lesson says of one pose how much more or less each motion of a region of the face does (such as
`brow_raise`), and how far the region is moved besides: a cubic polynomial of the place in the pose,
-1 to 1 in the box of what shows there, for u and for v, in W. Depths are added to those of all
layers of a role: a constant, and what grows with u^2 and with v^2, in W from the middle between the
eyes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, field

from vtuber.avatar.roles import ROLES
from vtuber.core.pose import BASE

FILE = "fit.json"
MAX_BYTES = 1 << 17
MAX_LESSONS = 32
TERMS = 10  # of a cubic polynomial in two variables
DEPTH_TERMS = 3
REGIONS = ("eye_left", "eye_right", "brow_left", "brow_right", "mouth", "skin")
MOST_W = 1.0  # of any number
_MOST_GAINS = 32


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one drawing taught."""

    pose: Mapping[str, float]  # names of the base pose space
    fields: Mapping[str, tuple[float, ...]]  # region: TERMS numbers for u, then for v
    gains: Mapping[str, Mapping[str, float]]  # region: by which share more a motion moves


@dataclass(frozen=True, slots=True)
class Fit:
    """What all drawings taught."""

    lessons: tuple[Lesson, ...]
    depth: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # role: DEPTH_TERMS


def parse_fit(text: str) -> Fit:
    """Read a `fit.json`. Raises ValueError with what is wrong."""
    try:
        table = json.loads(text)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if not isinstance(table, dict) or table.get("format") != 1:
        raise ValueError("is no object of format 1")
    lessons = table.get("lessons")
    if not isinstance(lessons, list) or len(lessons) > MAX_LESSONS:
        raise ValueError(f"holds no list of at most {MAX_LESSONS} lessons")
    depth = table.get("depth", {})
    if not isinstance(depth, dict):
        raise ValueError("has something else where depths belong")
    return Fit(
        tuple(_lesson(each) for each in lessons),
        {role: _row(role, values, ROLES, DEPTH_TERMS) for role, values in depth.items()},
    )


def write_fit(fit: Fit) -> str:
    """Write a `fit.json`."""
    return json.dumps({"format": 1, **asdict(fit)}, separators=(",", ":")) + "\n"


def _lesson(table: object) -> Lesson:
    if not isinstance(table, dict) or not isinstance(table.get("fields"), dict):
        raise ValueError("has a lesson without pose and fields")
    pose = _numbers(table.get("pose"), BASE.index, most=200.0)
    fields, gains = table["fields"], table.get("gains")
    if not isinstance(gains, dict) or set(gains) != set(fields):
        raise ValueError("has a lesson whose gains are not of its fields")
    for region, motions in gains.items():
        if not isinstance(motions, dict) or len(motions) > _MOST_GAINS:
            raise ValueError(f"has gains that are none: {region!s:.40}")
    return Lesson(
        pose,
        {name: _row(name, values, REGIONS, 2 * TERMS) for name, values in fields.items()},
        {name: _numbers(motions, motions) for name, motions in gains.items()},
    )


def _row(name: str, values: object, known: Container[str], count: int) -> tuple[float, ...]:
    if name not in known or not isinstance(values, list) or len(values) != count:
        raise ValueError(f"says {name!s:.40}, which is not {count} numbers of something known")
    named = {str(i): value for i, value in enumerate(values)}
    return tuple(_numbers(named, named).values())


def _numbers(table: object, known: Container[str], most: float = MOST_W) -> dict[str, float]:
    if not isinstance(table, dict):
        raise ValueError("has something else where a table of numbers belongs")
    for name, value in table.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if name not in known or not is_number or not math.isfinite(value) or abs(value) > most:
            raise ValueError(f"says {name!s:.40} = {value!r:.40}, which cannot be")
    return {name: float(value) for name, value in table.items()}
