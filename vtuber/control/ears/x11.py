"""Keys of an X11 desktop, whoever has the focus: python-xlib and the RECORD extension.

Recorded, not grabbed: a game that has grabbed the keyboard hides grabbed keys from everybody else,
recorded ones it does not, and no other program loses a key. Source: X Record Extension Protocol
1.13; keysyms by X11 keysymdef.h and XF86keysym.h.
"""

from __future__ import annotations

import contextlib
import select
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from vtuber.control.ears.ear import Pressed
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.keynames import chord
from vtuber.core.ports import StopEvent

LOOK_S = 0.1  # between looks at whether to stop
_STATE = {0x01: "shift", 0x04: "ctrl", 0x08: "alt", 0x40: "super"}  # as every desktop sets them
_MEDIA = {0x14: "play_pause", 0x17: "next", 0x16: "previous", 0x13: "volume_up",
          0x11: "volume_down", 0x12: "volume_mute"}  # fmt: skip
_PAD = {0x9E: 0, 0x9C: 1, 0x99: 2, 0x9B: 3, 0x96: 4, 0x9D: 5, 0x98: 6, 0x95: 7, 0x97: 8, 0x9A: 9}
KEYSYMS: Mapping[int, str] = MappingProxyType({
    0x20: "space", 0xFF08: "backspace", 0xFF09: "tab", 0xFF0D: "enter", 0xFF13: "pause",
    0xFF14: "scroll_lock", 0xFF1B: "esc", 0xFF50: "home", 0xFF51: "left", 0xFF52: "up",
    0xFF53: "right", 0xFF54: "down", 0xFF55: "page_up", 0xFF56: "page_down", 0xFF57: "end",
    0xFF61: "print_screen", 0xFF63: "insert", 0xFF67: "menu", 0xFFFF: "delete",
    0xFF8D: "num_enter", 0xFF9F: "num_decimal", 0xFFAE: "num_decimal", 0xFFAA: "num_multiply",
    0xFFAB: "num_add", 0xFFAD: "num_subtract", 0xFFAF: "num_divide",
    **{0xFFBE + n: f"F{n + 1}" for n in range(24)},
    **{0xFFB0 + n: f"num_{n}" for n in range(10)},
    **{0xFF00 + low: f"num_{n}" for low, n in _PAD.items()},
    **{0x1008FF00 + low: f"media_{name}" for low, name in _MEDIA.items()},
})  # fmt: skip


def name_of(keysym: int) -> str:
    """Name a keysym; "" for what has no name here, such as a key that is only held.

    >>> name_of(0x61), name_of(0xFFBF), name_of(0x10020AC), name_of(0xFFE1)
    ('a', 'F2', '€', '')
    """
    if keysym in KEYSYMS:
        return KEYSYMS[keysym]
    if 0x21 <= keysym <= 0xFF:  # Latin 1
        return chr(keysym).lower()
    return chr(keysym & 0xFFFFFF).lower() if keysym >> 24 == 1 else ""  # Unicode


class X11Ear:
    """Hears keys over two connections of its own: one records, the other knows the keyboard."""

    def __init__(self) -> None:
        self._held: set[int] = set()  # keycodes
        self._let_go: dict[int, int] = {}  # keycode: when

    def listen(self, pressed: Pressed, stop: StopEvent) -> None:
        """Tell each press once. Raises UserError without a server, DeviceLost when it ends."""
        try:
            from Xlib import error
        except ImportError as fault:
            raise UserError(
                f"without hotkeys: python-xlib cannot be loaded ({fault}); pip install python-xlib"
            ) from fault
        with contextlib.ExitStack() as stack:
            try:
                desk, recorder = (_connected(stack) for _ in range(2))
            except (error.DisplayError, error.XauthError, OSError) as fault:
                raise UserError(f"without hotkeys: X11 does not let us in: {fault}") from fault
            try:
                self._record(desk, recorder, pressed, stop)
            except (error.ConnectionClosedError, error.XError, OSError) as fault:
                raise DeviceLost("hotkeys: the X11 desktop has gone") from fault

    def _record(self, desk: Any, recorder: Any, pressed: Pressed, stop: StopEvent) -> None:
        from Xlib import X
        from Xlib.ext import record

        if not desk.has_extension("RECORD"):
            raise UserError("without hotkeys: this X11 server has no RECORD extension")

        def hear(reply: Any) -> None:
            if reply.category == record.FromServer and not reply.client_swapped:
                for names in filter(None, self._presses(desk, reply.data)):
                    pressed(names)

        nothing = dict.fromkeys(
            ("core_requests", "core_replies", "delivered_events", "errors"), (0, 0)
        ) | dict.fromkeys(("ext_requests", "ext_replies"), (0, 0, 0, 0))
        keys = {"device_events": (X.KeyPress, X.KeyRelease),
                "client_started": False, "client_died": False}  # fmt: skip
        context = desk.record_create_context(0, [record.AllClients], [nothing | keys])
        desk.sync()
        # The library's own call returns only when recording ends; this one is read as it comes.
        record.EnableContext(
            callback=hear, display=recorder.display, defer=True,
            opcode=recorder.display.get_extension_major(record.extname), context=context,
        )  # fmt: skip
        while not stop.is_set():
            recorder.pending_events()
            while desk.pending_events():
                event = desk.next_event()
                if event.type == X.MappingNotify:  # another layout
                    desk.refresh_keyboard_mapping(event)
            select.select([recorder.fileno(), desk.fileno()], [], [], LOOK_S)

    def _presses(self, desk: Any, data: bytes) -> Iterator[tuple[str, ...]]:
        """Give the names of each press in recorded events. A key that is held repeats itself: it
        is let go and pressed in the same millisecond."""
        from Xlib import X
        from Xlib.protocol import rq

        while data:
            event, data = rq.EventField(None).parse_binary_value(data, desk.display, None, None)
            code = event.detail
            if event.type == X.KeyRelease:
                self._held.discard(code)
                self._let_go[code] = event.time
            elif event.type == X.KeyPress:
                is_new = code not in self._held and self._let_go.get(code) != event.time
                self._held.add(code)
                if is_new:
                    yield _names(desk, code, event.state)


def _names(desk: Any, code: int, state: int) -> tuple[str, ...]:
    """Give the names that a key has on its layout, with shift and as what shift makes of it."""
    held = {name for bit, name in _STATE.items() if state & bit}
    layout = (state >> 13) & 3
    names = dict[str, None]()
    for first in (2 * layout, 0):  # a hotkey in Latin letters works on a Russian layout, too
        plain, shifted = (name_of(desk.keycode_to_keysym(code, first + n)) for n in (0, 1))
        if plain:
            names[chord(plain, held)] = None
        if shifted and shifted != plain and "shift" in held:
            names[chord(shifted, held - {"shift"})] = None
    return tuple(names)


def _connected(stack: contextlib.ExitStack) -> Any:
    """Connect to the server of DISPLAY until the stack ends."""
    from Xlib import display, error

    connection = display.Display()

    def close() -> None:
        with contextlib.suppress(error.ConnectionClosedError, OSError):  # it has gone before us
            connection.close()

    stack.callback(close)
    return connection
