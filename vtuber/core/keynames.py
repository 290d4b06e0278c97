"""The names of keys, alone or with others held: text of people in, one spelling out. Pure.

F2, esc, page_up, num_5, a, 7, ;        ctrl+alt+h        Control + Shift + f1 -> ctrl+shift+F1
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

HELD = ("ctrl", "alt", "shift", "super")  # in the order in which they are written
_NAMED = (
    *(f"F{number}" for number in range(1, 25)), *(f"num_{number}" for number in range(10)),
    "num_add", "num_subtract", "num_multiply", "num_divide", "num_enter", "num_decimal",
    "up", "down", "left", "right", "home", "end", "page_up", "page_down", "insert", "delete",
    "space", "enter", "tab", "esc", "backspace", "pause", "print_screen", "scroll_lock", "menu",
    "media_play_pause", "media_next", "media_previous", "media_volume_up", "media_volume_down",
    "media_volume_mute",
)  # fmt: skip
KEYS: Mapping[str, str] = MappingProxyType({name.lower(): name for name in _NAMED})
_ALIASES = {
    "control": "ctrl", "strg": "ctrl", "cmd": "super", "command": "super", "win": "super",
    "windows": "super", "meta": "super", "option": "alt", "opt": "alt", "escape": "esc",
    "return": "enter", "del": "delete", "ins": "insert", "pageup": "page_up", "pgup": "page_up",
    "pagedown": "page_down", "pgdn": "page_down", "pgdown": "page_down", "plus": "+",
    "minus": "-", "spacebar": "space", "prtsc": "print_screen", "print": "print_screen",
    "arrowup": "up", "arrowdown": "down", "arrowleft": "left", "arrowright": "right",
    "numpad_add": "num_add", "num_plus": "num_add", "num_minus": "num_subtract",
    **{f"{word}{n}": f"num_{n}" for n in range(10) for word in ("num", "numpad", "numpad_", "kp_")},
}  # fmt: skip


def key_called(text: str) -> str:
    """Give the one name of a key. Raises UserError for what is none, with what was meant.

    >>> key_called("Shift+Control+f1"), key_called("PgUp"), key_called("ctrl++"), key_called("A")
    ('ctrl+shift+F1', 'page_up', 'ctrl++', 'a')
    """
    *held, key = _parts(text)
    wrong = next((word for word in held if word not in HELD), None)
    if wrong is not None:
        near = nearest(wrong, HELD)
        meant = f"did you mean {near}?" if near else f"only {', '.join(HELD)} are held with others"
        raise UserError(f"cannot read the key {text!r}: {wrong} is none to hold; {meant}")
    if key in HELD:
        raise UserError(f"the key {text!r} is only held with others; write such as {key}+F1")
    if key not in KEYS and (len(key) != 1 or not key.isprintable()):
        near = nearest(key, (*KEYS, *HELD))
        meant = (
            f"did you mean {KEYS.get(near, near)}?" if near else "write such as F1 or ctrl+alt+h"
        )
        raise UserError(f"no key called {text!r}; {meant}")
    return chord(KEYS.get(key, key), held)


def same_key(text: str) -> str:
    """Give the one name of a key, and what is none as it is: a script may name keys of its own.

    >>> same_key("f2"), same_key("the big red one")
    ('F2', 'the big red one')
    """
    try:
        return key_called(text)
    except UserError:
        return text


def chord(key: str, held: Collection[str] = ()) -> str:
    """Write a key and what is held with it in their order.

    >>> chord("F1", {"shift", "ctrl"})
    'ctrl+shift+F1'
    """
    return "+".join([*(word for word in HELD if word in held), key])


def _parts(text: str) -> list[str]:
    """Split at +, which is a key itself at the end; one spelling for each word."""
    words = "".join(text.split())
    ends_with_plus = words == "+" or words.endswith("++")
    parts = [*words[:-2].split("+"), "+"] if ends_with_plus else words.split("+")
    parts = [part.lower() for part in parts if part] or [""]
    return [_ALIASES.get(part, part) for part in parts]
