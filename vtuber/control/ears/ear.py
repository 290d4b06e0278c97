"""What hears keys: the contract between `control/hotkeys` and each desktop's file. Values only."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from vtuber.core.ports import StopEvent

Pressed = Callable[[Collection[str]], object]  # gets the names of one press, the first is meant


class Ear(Protocol):
    """Hears every key of the desktop, whoever has the focus, as long as it is asked to."""

    def listen(self, pressed: Pressed, stop: StopEvent) -> None:
        """Tell each press once, however long it lasts. Raises UserError, DeviceLost."""
        ...
