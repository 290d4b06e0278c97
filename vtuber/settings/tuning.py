"""What a hand adjusted for one profile, filters and ranges: its file in, checked, and out again.

`profiles/NAME.tuning.toml`, beside what the tracker learnt of the same face. It lies over the
settings file: what a hand did last, counts.

smoothing = 1.5
[filter.head]
cutoff_hz = 0.5
[range.mouthSmileLeft]
measured = [0.0, 0.6]
shown = [0.0, 1.0]
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator, model_validator

from vtuber.animate.smooth import GroupName
from vtuber.animate.stretch import Stretch
from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.core.pose import BASE
from vtuber.core.ranges import SMOOTHING
from vtuber.settings.tables import FilterSettings, Table

MOST_BYTES = 65_536
NARROWEST = 0.01  # of a range that is measured: below, noise would be the whole of it
FURTHEST = 200.0  # degrees, cm or shares: beyond every parameter


class RangeSettings(Table):
    """What is measured from one number to another, and as what it shows."""

    measured: tuple[float, float]
    shown: tuple[float, float]

    @model_validator(mode="after")
    def _order(self) -> RangeSettings:
        low, high = self.measured
        if high - low < NARROWEST:
            raise ValueError(f"measure from a lower to a higher number, {NARROWEST:g} apart")
        if max(map(abs, (*self.measured, *self.shown))) > FURTHEST:
            raise ValueError(f"give numbers from {-FURTHEST:g} to {FURTHEST:g}")
        return self


class Tuning(Table):
    """Filters and ranges over those of the settings."""

    smoothing: float | None = Field(None, ge=SMOOTHING.low, le=SMOOTHING.high)
    filter: Mapping[GroupName, FilterSettings] = {}
    range: Mapping[str, RangeSettings] = {}

    @field_validator("range")
    @classmethod
    def _names(cls, value: Mapping[str, RangeSettings]) -> Mapping[str, RangeSettings]:
        for name in value:
            if name not in BASE.index:
                near = nearest(name, BASE.names)
                meant = f"; did you mean {near}?" if near else ""
                raise ValueError(f"nothing called {name!r} is tracked{meant}")
        return value

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Give its ranges, as `Retarget` takes them."""
        return tuple(Stretch(n, *r.measured, *r.shown) for n, r in self.range.items())

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Tuning:
        """Check a table. Raises UserError with every fault."""
        try:
            return cls.model_validate(table)
        except ValidationError as error:
            faults = [
                f"{'.'.join(map(str, each['loc']))}: {each['msg'].removeprefix('Value error, ')}"
                for each in error.errors()
            ]
            raise UserError("; ".join(faults)) from error

    def table(self) -> dict[str, Any]:
        """Give what differs from the settings."""
        told = self.model_dump(exclude_none=True)
        told["filter"] = {group: knobs for group, knobs in told["filter"].items() if knobs}
        return {name: value for name, value in told.items() if value not in ({}, None)}


def tuning_path(profile: Path) -> Path:
    """Give the file of a profile's tuning, beside its own."""
    return profile.with_suffix(".tuning.toml")


def read_tuning(path: Path) -> Tuning:
    """Read a tuning; a missing one is an empty one. Raises UserError for one with faults."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise UserError(f"{path} is larger than {MOST_BYTES:,} bytes")
        return Tuning.of(tomllib.loads(data.decode()))
    except FileNotFoundError:
        return Tuning()
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(f"{path} is not TOML: {error}") from error


def write_tuning(path: Path, tuning: Tuning) -> None:
    """Write a tuning whole, or leave the old one. Raises UserError when it cannot be written."""
    import tomli_w

    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(tomli_w.dumps(tuning.table()), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise UserError(f"cannot keep the tuning in {path}: {error.strerror}") from error
