"""Keys of a Windows or macOS desktop, whoever has the focus: pynput, which hooks, or taps, them.

Virtual key codes: Windows' "Virtual-Key Codes", macOS' HIToolbox/Events.h.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from vtuber.control.ears.ear import Pressed
from vtuber.core.errors import UserError
from vtuber.core.keynames import HELD, KEYS, chord
from vtuber.core.ports import StopEvent

LOOK_S = 0.1
_ALIASES = {"cmd": "super", "alt_gr": "alt"}
_MAC_PAD = (0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5B, 0x5C)
_MAC_REST = {0x45: "num_add", 0x43: "num_multiply", 0x4E: "num_subtract", 0x4B: "num_divide",
             0x4C: "num_enter", 0x41: "num_decimal"}  # fmt: skip
_WINDOWS_REST = {0x6A: "num_multiply", 0x6B: "num_add", 0x6D: "num_subtract",
                 0x6E: "num_decimal", 0x6F: "num_divide"}  # fmt: skip
PADS: Mapping[str, Mapping[int, str]] = {
    "darwin": {code: f"num_{n}" for n, code in enumerate(_MAC_PAD)} | _MAC_REST,
    "win32": {0x60 + n: f"num_{n}" for n in range(10)} | _WINDOWS_REST,
}
PERMISSION = (
    "hotkeys hear nothing until macOS allows it: System Settings, Privacy & Security, switch on "
    "your terminal under Input Monitoring and under Accessibility, then start the show again"
)


class NativeEar:
    """Hears keys in the library's own thread."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._held: set[str] = set()

    def listen(self, pressed: Pressed, stop: StopEvent) -> None:
        """Tell each press once. Raises UserError when the library cannot be had."""
        try:
            from pynput import keyboard
        except ImportError as error:
            raise UserError(
                f"without hotkeys: pynput cannot be loaded ({error}); pip install pynput"
            ) from error
        platform: str = sys.platform

        def press(key: Any) -> None:
            name = name_of(key, listener.canonical(key), platform)
            if not name or name in self._held:
                return
            self._held.add(name)
            if name not in HELD:
                pressed((chord(name, self._held),))

        def release(key: Any) -> None:
            self._held.discard(name_of(key, listener.canonical(key), platform))

        listener = keyboard.Listener(on_press=press, on_release=release)
        with listener:
            listener.wait()
            if not getattr(listener, "IS_TRUSTED", True):
                self._say(PERMISSION)
            while listener.is_alive() and not stop.wait(LOOK_S):
                pass
        if not stop.is_set():
            listener.join()  # raises what ended it


def name_of(key: Any, canonical: Any, platform: str) -> str:
    """Name a key of pynput, of the keypad by its code; "" for what has no name here."""
    pad = PADS.get(platform, {}).get(getattr(key, "vk", None) or -1)
    if pad is not None:
        return pad
    name = getattr(canonical, "name", None) or getattr(key, "name", None)
    if name is None:
        return (getattr(canonical, "char", None) or "").lower()
    name = _ALIASES.get(name, name)
    return name if name in HELD else KEYS.get(name, "")
