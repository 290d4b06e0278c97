"""What a hand may adjust of a show that runs: outputs, filters, ranges. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SwitchOutput:
    """Switch one of the show's outputs on or off, by its name: web, record, web2."""

    name: str
    on: bool | None = None


@dataclass(frozen=True, slots=True)
class SetFilter:
    """Filter a group of measured values otherwise; without a value, as the settings say.

    `filter head cutoff_hz 0.5`, `filter head`; for all groups together `filter all strength 2`.
    """

    group: str
    knob: str = ""
    value: float | None = None
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetRange:
    """Show what is measured from low to high as all from to_low to to_high.

    A number that is not given (off) is the parameter's own; without any, it shows as measured.
    """

    name: str  # of a parameter of the pose
    low: float | None = None
    high: float | None = None
    to_low: float | None = None
    to_high: float | None = None
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class KeepTuning:
    """Keep filters and ranges under the performer's profile (save), or take all back (reset)."""

    step: str
    performer: str = field(default="", kw_only=True)


TuningCommand = SetFilter | SetRange | KeepTuning
ShowCommand = SwitchOutput | TuningCommand
"""What is for a live show, and no script's or film's affair."""
