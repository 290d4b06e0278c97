"""Items asked for in, Changes of the stage out, which load their pictures beside the beat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

from vtuber.animate.items import HOMES
from vtuber.core.errors import UserError
from vtuber.core.item import (
    DropItem,
    HideItem,
    ItemCommand,
    ItemPicture,
    MoveItem,
    PutItemBehind,
    RotateItem,
    ShowItem,
    ZoomItem,
)
from vtuber.shows.scenery.changes import Change, Now
from vtuber.stage import Prop, Stage

if TYPE_CHECKING:
    from vtuber.settings import ItemSettings

Wish = tuple[ItemCommand, ...]  # one after the other, on one beat


def load_item(command: ShowItem) -> ItemPicture:
    """Read the picture that a command names. Raises UserError when there is none, or a bad one."""
    from vtuber.image.animated import MOST_FILE_BYTES, decode_item
    from vtuber.resources import item_path

    path = item_path(command.file or command.name)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        raise UserError(f"cannot read the picture {path}: {error.strerror}") from error
    return decode_item(data, str(path))


def check_items(items: Mapping[str, ItemSettings]) -> None:
    """Raise UserError for an item of the settings that could not be shown."""
    for name, item in items.items():
        try:
            load_item(ShowItem(name, item.file))
        except UserError as error:
            raise UserError(f"item {name}: {error}") from error


def wish_of(name: str, item: ItemSettings, before: ItemSettings | None = None) -> Wish:
    """Say what brings an item to where the settings want it; the same picture plays on."""
    is_same = before is not None and before.file == item.file
    show = ShowItem(name, "" if is_same else item.file or name, at=item.at, over_s=0.0)
    zoom = HOMES[item.at].scale if item.zoom is None else item.zoom
    place = (
        MoveItem(name, item.x, item.y, to=True, over_s=0.0),
        ZoomItem(name, zoom, to=True, over_s=0.0),
        RotateItem(name, item.rotation_deg, to=True, over_s=0.0),
        PutItemBehind(name, item.behind),
    )
    return (show, *place, *(() if item.shown else (HideItem(name, over_s=0.0),)))


def wishes_after(
    old: Mapping[str, ItemSettings],
    new: Mapping[str, ItemSettings],
    there: Set[str],
) -> list[Wish]:
    """Say what takes a show from old settings of items to new ones.

    `there` names the old ones that are still there: a command may have dropped some.
    """
    old_there = {name: item for name, item in old.items() if name in there}
    gone: list[Wish] = [(DropItem(name),) for name in old_there if name not in new]
    changed = {name: item for name, item in new.items() if old.get(name) != item}
    return gone + [wish_of(name, item, old_there.get(name)) for name, item in changed.items()]


def show_now(stage: Stage, wish: Wish, now_ns: int) -> None:
    """Load and carry out a wish at once, for a show that waits. Raises UserError."""
    change = ItemChange(stage, wish)
    change.prepare()
    change.carry_out_at(now_ns)


class ItemChange:
    """A wish as a Change: what shows is loaded first, unless it is there or on its way."""

    replaces = False

    def __init__(self, stage: Stage, wish: Wish, waiting: Iterable[Change] = ()) -> None:
        """`waiting`: what is carried out before it."""
        self._stage, self._wish = stage, wish
        before = [c for each in waiting if isinstance(each, ItemChange) for c in each._wish]
        there = {  # when it has its turn
            command.name: isinstance(command, ShowItem)
            for command in before
            if isinstance(command, ShowItem | DropItem)
        }
        self._loads = [
            command
            for command in wish
            if isinstance(command, ShowItem)
            and (command.file or not there.get(command.name, stage.knows_item(command)))
        ]
        self._props: list[Prop] = []

    @property
    def is_long(self) -> bool:
        return bool(self._loads)

    def prepare(self) -> None:
        self._props = [self._stage.prepare_item(load_item(command)) for command in self._loads]

    def carry_out_at(self, now_ns: int) -> None:
        """Do all of it at once. Raises UserError."""
        for _ in self.carry_out(lambda: now_ns):
            pass

    def carry_out(self, now_ns: Now) -> Iterator[None]:
        props = dict(zip(self._loads, self._props, strict=True))
        for command in self._wish:
            if isinstance(command, ShowItem) and command in props:
                yield from self._stage.bring(command, props[command], now_ns)
            self._stage.obey(command, now_ns())
