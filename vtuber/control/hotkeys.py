"""Keys that are pressed anywhere on the desktop in; Commands out. The settings' `[hotkeys]`.

A hotkey is heard, not taken: the window that has the focus, a game in full screen, gets it as well.
Only keys that mean something here leave this file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping

from vtuber.control.ears.ear import Ear
from vtuber.core.command import Command, parse_command
from vtuber.core.errors import UserError
from vtuber.core.keynames import key_called
from vtuber.core.ports import StopEvent
from vtuber.core.steer import PressKey

LOOK_S = 0.25  # between looks at whether there is anything to listen for


def check_hotkeys(table: Mapping[str, str], terminal: Mapping[str, str]) -> None:
    """Raise UserError with every fault of a table of keys and commands.

    `terminal` has the keys of terminal and window, which would be obeyed twice.
    """
    faults, seen = list[str](), dict[str, str]()
    for written, text in table.items():
        try:
            key = key_called(written)
        except UserError as error:
            faults.append(f"hotkey {written}: {error}")
        else:
            if key in seen:
                faults.append(f"hotkeys {seen[key]} and {written} are the same key")
            if key in terminal:
                faults.append(
                    f"hotkey {written}: in terminal and window this key is {terminal[key]!r} "
                    f"already, and both would be obeyed; take such as ctrl+alt+{key} or F1"
                )
            seen[key] = written
        try:
            parse_command(text)
        except UserError as error:
            faults.append(f"hotkey {written}: {error}")
    if faults:
        raise UserError("; ".join(faults))


class Hotkeys:
    """The job of one thread: hears keys, and emits what they mean; it never waits for the beat."""

    def __init__(
        self,
        table: Mapping[str, str],
        emit: Callable[[Command], bool],
        say: Callable[[str], None],
        script: Collection[str] = (),
        ear: Callable[[Callable[[str], None]], Ear | None] | None = None,
    ) -> None:
        """`script` has the names of keys that a script waits for; `ear` makes what hears."""
        self._emit, self._say, self._script = emit, say, frozenset(script)
        self._make_ear = ear or ear_of_this_desktop
        self._commands: Mapping[str, Command] = {}
        self.is_listening = False
        self.heard = 0
        self.rebind(table)

    def rebind(self, table: Mapping[str, str]) -> None:
        """Take other keys, while it runs or before."""
        self._commands = {key_called(key): parse_command(text) for key, text in table.items()}

    def run(self, stop: StopEvent) -> None:
        """Listen as long as there is something to listen for: a job for a Worker."""
        while not self._commands and not self._script:
            if stop.wait(LOOK_S):
                return
        ear = self._make_ear(self._say)
        if ear is None:
            return
        self.is_listening = True
        try:
            ear.listen(self.press, stop)
        finally:
            self.is_listening = False

    def press(self, names: Iterable[str]) -> None:
        """Obey one press of a key that may have several names, from any thread."""
        for name in names:
            command = self._commands.get(name)
            if command is None and name not in self._script:
                continue
            self.heard += 1
            if command is not None:
                self._emit(command)
            if name in self._script:
                self._emit(PressKey(name))
            return


def ear_of_this_desktop(say: Callable[[str], None]) -> Ear | None:
    """Give what hears keys here; None, and why is said, where nothing can."""
    platform: str = sys.platform
    if platform in ("win32", "darwin"):
        from vtuber.control.ears.native import NativeEar

        return NativeEar(say)
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        say(
            "hotkeys: Wayland tells no program the keys of others, so they are heard only while "
            "an X11 program (most games) has the focus; for all others let shortcuts of your "
            "desktop run: vtuber do expression joy"
        )
    if not os.environ.get("DISPLAY"):
        say("without hotkeys: there is no X11 desktop here (DISPLAY is not set)")
        return None
    from vtuber.control.ears.x11 import X11Ear

    return X11Ear()
