"""The kinds of warper, by name: `warper` in the settings, `--warper` of the verbs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast, get_args

from vtuber.core.errors import UserError

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar
    from vtuber.core.ports import Warper

WarperName = Literal["rig", "guess", "network"]
WARPERS: tuple[str, ...] = get_args(WarperName)
DEFAULT: WarperName = "network"
# name: its file, and what makes one of an avatar
_MAKERS: dict[str, tuple[str, str]] = {
    "rig": ("rig", "Rig"), "guess": ("guess", "guess"), "network": ("infer", "Network"),
}  # fmt: skip


def warper_called(name: str) -> Callable[[Avatar], Warper]:
    """Give what makes a warper of an avatar; only its own file is imported, and now.

    Raises UserError for a name that there is not.
    """
    if name not in _MAKERS:
        raise UserError(f"no warper called {name!r}; choose one of: {', '.join(WARPERS)}")
    module, maker = _MAKERS[name]
    made = getattr(import_module(f"vtuber.warp.{module}"), maker)
    return cast("Callable[[Avatar], Warper]", made)
