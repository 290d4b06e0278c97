"""Settings in, a tracker for each performer out. Nothing is opened."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vtuber import plugins
from vtuber.core.ports import Clock, FaceSource
from vtuber.runtime.clock import ManualClock


def check_tracker(text: str) -> None:
    """Raise UserError for a tracker that is not there, or options that it has not."""
    plugins.parse("track", text).make(ManualClock())


def make_trackers(
    text: str,
    field_of_view_deg: float,
    clock: Clock,
    profiles: Sequence[Path | None] = (None,),
    *,
    from_right: bool = False,
) -> list[FaceSource]:
    """Make a tracker, `NAME[:options]`, for each profile, whose performers know each other.

    As they first sit, the first has the left one in the camera's picture, or the right one.
    """
    plugin = plugins.parse("track", text)
    made: list[Any] = []
    for profile in profiles:
        options = dataclasses.replace(
            plugin.options, field_of_view_deg=field_of_view_deg, profile=profile
        )
        made.append(plugin.kind(options, clock))
    for tracker in made:
        tracker.meet(made[::-1] if from_right else made)
    return made
