"""What a script orders in, the commands of a show out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vtuber.core.command import (
    CAMERA,
    EVERYBODY,
    Command,
    Move,
    Quit,
    ResetView,
    Rotate,
    SetParameter,
    Zoom,
    parse_command,
)
from vtuber.core.errors import UserError
from vtuber.core.speech import Say
from vtuber.core.steer import SteerScript
from vtuber.core.tune import ShowCommand
from vtuber.script import statements as records


def command_of(order: str, cast: Sequence[str]) -> Command:
    """Read an order: a command, whose first word may be one of the cast; else the first is meant.

    `fade` is another word for `over`. Raises UserError for what no script may order.

    >>> command_of("Mika zoom to 1.2 fade 0.5", ["Mika"])
    Zoom(factor=1.2, to=True, over_s=0.5, performer='Mika')
    """
    first, _, rest = order.partition(" ")
    text = f"@{first} {rest}" if first in (*cast, EVERYBODY, CAMERA) else order
    command = parse_command(re.sub(r" fade (\S+)$", r" over \1", text))
    if isinstance(command, SteerScript):
        raise UserError("a script does not steer itself; write goto LABEL")
    if isinstance(command, ShowCommand):
        raise UserError("outputs, filters and ranges are the show's, not a script's")
    if isinstance(command, Quit):
        raise UserError("a script ends at its last line, it does not quit the show")
    if isinstance(command, Say):
        raise UserError(f"what is said is written: {command.performer or 'NAME'}: {command.text}")
    named: Command = _somebodys(command, cast[0]) if cast else command
    return named


def _somebodys(command: Any, who: str) -> Any:
    """Make a command that means the first performer mean them by name."""
    return replace(command, performer=who) if getattr(command, "performer", None) == "" else command


def commands_of(statement: records.SetPose | records.Camera) -> list[Command]:
    """Give the commands that a statement begins with.

    >>> commands_of(records.Camera(zoom=1.4, over_s=1))
    [Zoom(factor=1.4, to=True, over_s=1.0, performer='camera')]
    """
    if isinstance(statement, records.SetPose):
        return [
            SetParameter(name, value, statement.over_s, performer=statement.who)
            for name, value in statement.values.items()
        ]
    over_s = statement.over_s
    told: list[Command] = []
    if statement.resets:
        told.append(ResetView(over_s=over_s, performer=CAMERA))
    if statement.zoom is not None:
        told.append(Zoom(statement.zoom, to=True, over_s=over_s, performer=CAMERA))
    if statement.move is not None:
        told.append(Move(*statement.move, to=True, over_s=over_s, performer=CAMERA))
    if statement.rotate is not None:
        told.append(Rotate(statement.rotate, to=True, over_s=over_s, performer=CAMERA))
    return told


def release_of(statement: records.SetPose) -> list[Command]:
    """Give the commands that let go again what a statement holds for a time."""
    return [
        SetParameter(name, None, max(statement.over_s, 0.2), performer=statement.who)
        for name in statement.values
    ]
