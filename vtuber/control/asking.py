"""What asks a running show for something and waits for its word. Values only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vtuber.core.command import Command


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command: what it said ("" when the picture shows it), or why not."""

    is_done: bool
    said: str = ""


Answered = Callable[[Answer], object]  # called in any thread, once; must not block
Ask = Callable[[str, Answered], None]  # one line of the language of commands


@dataclass(frozen=True, slots=True)
class Asked:
    """A command on its way to the beat, and who waits for the answer."""

    command: Command
    answered: Answered
