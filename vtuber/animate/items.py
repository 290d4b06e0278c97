"""The items of one performer: commands and pictures in, what shows of them at each beat out.

Holds where each is and since when it plays; pixels are the renderer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vtuber.animate.fade import Fade
from vtuber.animate.view import View
from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.item import (
    DropItem,
    HideItem,
    Item,
    ItemCommand,
    ItemPicture,
    MoveItem,
    Pin,
    PutItemBehind,
    RotateItem,
    ShowItem,
    ZoomItem,
)
from vtuber.core.nearest import nearest
from vtuber.core.scene import Placement

MOST = 16  # items of one performer
# Where an item begins, with a size that suits most: in widths of the face, or picture heights.
HOMES: Mapping[Pin, Placement] = MappingProxyType({
    "head": Placement(scale=1.0), "hand": Placement(scale=0.6), "canvas": Placement(scale=0.4),
})  # fmt: skip


@dataclass(slots=True, eq=False)
class _Held:
    key: str
    picture: ItemPicture
    at: Pin = "hand"
    is_behind: bool = False
    begin_ns: int = 0  # of its first frame
    shown: Fade = field(default_factory=Fade)
    is_dropped: bool = False  # it fades, and is nobody's any more
    view: View = field(default_factory=lambda: View(HOMES["hand"]))


class Items:
    """What one performer has at hand."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}  # what was shown last is the last, and nearest

    @property
    def names(self) -> list[str]:
        """Name what is at hand, hidden or not."""
        return [name for name, held in self._held.items() if not held.is_dropped]

    @property
    def shown(self) -> dict[str, bool]:
        """Name what is at hand, and say what is shown."""
        return {name: self._held[name].shown.target > 0.0 for name in self.names}

    def check_room(self, name: str) -> None:
        """Raise UserError when there are too many items for one more of that name."""
        names = self.names
        if name not in names and len(names) >= MOST:
            raise UserError(f"there are {MOST} items already; let one go: item {names[0]} drop")

    def take_gone(self, now_ns: int) -> list[str]:
        """Give the keys of what was dropped and shows no more, once."""
        gone = [n for n, h in self._held.items() if h.is_dropped and h.shown.at(now_ns) == 0.0]
        return [self._held.pop(name).key for name in gone]

    def hold(self, name: str, key: str, picture: ItemPicture, now_ns: int) -> str | None:
        """Take a picture for a new item, or another one for a known; give the key that it had."""
        known = self._held.get(name)
        if known is None or known.is_dropped:
            self._held[name] = _Held(key, picture, begin_ns=now_ns)
            return known.key if known is not None else None
        before, known.key, known.picture, known.begin_ns = known.key, key, picture, now_ns
        return before

    def obey(self, command: ItemCommand, now_ns: int) -> None:
        """Carry out a command. Raises UserError for an item that is not there."""
        held = self._held.get(command.name)
        if held is None or held.is_dropped:
            raise UserError(_no(command.name, self.names))
        match command:
            case ShowItem(at=at, over_s=over_s):
                self._show(command.name, held, now_ns, over_s)
                if at is not None and at != held.at:
                    held.at, held.view = at, View(HOMES[at])  # its units are others there
            case HideItem(over_s=over_s):
                held.shown.to(0.0, now_ns, over_s)
            case DropItem(over_s=over_s):
                held.is_dropped = True
                held.shown.to(0.0, now_ns, over_s)
            case MoveItem(_, x, y, to=to, over_s=over_s):
                held.view.obey(commands.Move(x, y, to=to, over_s=over_s), now_ns)
            case ZoomItem(_, factor, to=to, over_s=over_s):
                held.view.obey(commands.Zoom(factor, to=to, over_s=over_s), now_ns)
            case RotateItem(_, degrees, to=to, over_s=over_s):
                held.view.obey(commands.Rotate(degrees, to=to, over_s=over_s), now_ns)
            case PutItemBehind(_, on):
                held.is_behind = not held.is_behind if on is None else on

    def _show(self, name: str, held: _Held, now_ns: int, over_s: float) -> None:
        if held.shown.target > 0.0:
            return
        held.shown.to(1.0, now_ns, over_s)
        held.begin_ns = now_ns
        self._held[name] = self._held.pop(name)

    def at(self, now_ns: int) -> tuple[Item, ...]:
        """Give what shows at a beat."""
        shown = []
        for held in self._held.values():
            place = held.view.at(now_ns)  # also of what is hidden: it glides on
            opacity = held.shown.at(now_ns)
            if opacity > 0.0:
                frame = held.picture.frame_at(now_ns - held.begin_ns)
                shown.append(
                    Item(
                        held.key,
                        frame,
                        held.at,
                        place.x,
                        place.y,
                        place.scale,
                        place.rotation_deg,
                        opacity,
                        held.is_behind,
                    )
                )
        return tuple(shown)


def _no(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    meant = f"did you mean {near}? There" if near else "there"
    return f"no item called {name!r}; {meant} is: {', '.join(known) or 'none'}"
