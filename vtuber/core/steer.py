"""What a hand may ask of a script that is performed. Values only."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = "pause", "resume", "skip", "restart", "jump"


@dataclass(frozen=True, slots=True)
class SteerScript:
    """Steer the script: pause, resume, skip, restart, or jump LABEL."""

    step: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Happen:
    """Let an event happen: what a script does `on event NAME`."""

    event: str


@dataclass(frozen=True, slots=True)
class PressKey:
    """Press a key for the script: what it does `on key F2`; the show's own keys do not obey."""

    key: str


ScriptCommand = SteerScript | Happen | PressKey
"""What is for the whole show's script."""
