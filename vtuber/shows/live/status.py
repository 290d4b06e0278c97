"""How a live show goes just now: what the status line and the control page tell. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Status:
    """What the status line shows."""

    fps: float
    late_beats: int
    track_hz: float | None  # None: nothing was tracked yet, as in the built-in performance
    latency_ms: float
    is_found: bool
    draws_ms: float
    sinks: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # as in the summary
    outputs: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # how each is, and why
