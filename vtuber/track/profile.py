"""What was learnt of one performer, for the next show: open and shut lids, a resting face.

A small JSON file. Values are bounded where they are used, so an edited or torn file can do no more
than make the first seconds of a show worse.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MOST_BYTES = 65_536
_TABLES = ("open_lids", "shut_lids", "resting")


@dataclass(frozen=True, slots=True)
class Profile:
    """Ratios of lids by eye, and features of a resting face in cm; what is not known is absent."""

    open_lids: Mapping[str, float] = field(default_factory=dict)  # height/width of an open eye
    shut_lids: Mapping[str, float] = field(default_factory=dict)  # of a shut one, over the open one
    resting: Mapping[str, float] = field(default_factory=dict)  # by the names of RESTING


def read_profile(path: Path) -> Profile:
    """Read a profile; one that is missing or broken is an empty one."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Profile()
    if not isinstance(data, dict):
        return Profile()
    return Profile(*(_numbers(data.get(table)) for table in _TABLES))


def _numbers(table: object) -> dict[str, float]:
    if not isinstance(table, dict):
        return {}
    return {
        name: float(value)
        for name, value in table.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
        if -1e6 < value < 1e6 and math.isfinite(value)
    }


def write_profile(path: Path, profile: Profile) -> None:
    """Write a profile whole, or leave the old one: a show does not fail for it."""
    rows = {t: {n: round(v, 4) for n, v in getattr(profile, t).items()} for t in _TABLES}
    part = path.with_name(path.name + ".part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(rows, indent=1))
        os.replace(part, path)
