"""Items asked for in, their pictures ready to show out, beside the beat: decoding takes longer."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vtuber.animate.items import HOMES
from vtuber.core.errors import UserError
from vtuber.core.item import (
    HideItem,
    ItemCommand,
    ItemPicture,
    MoveItem,
    PutItemBehind,
    RotateItem,
    ShowItem,
    ZoomItem,
)
from vtuber.core.ports import StopEvent
from vtuber.runtime.worker import Worker
from vtuber.shows.watch import Watched
from vtuber.stage import Prop, Stage

if TYPE_CHECKING:
    from vtuber.settings import ItemSettings

MOST_WAITING = 64  # wishes for items

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


def wishes_after(old: Mapping[str, ItemSettings], new: Mapping[str, ItemSettings]) -> list[Wish]:
    """Say what takes a show from old settings of items to new ones."""
    gone: list[Wish] = [(HideItem(name),) for name in old if name not in new]
    changed = {name: item for name, item in new.items() if old.get(name) != item}
    return gone + [wish_of(name, item, old.get(name)) for name, item in changed.items()]


def show_now(stage: Stage, wish: Wish, now_ns: int) -> None:
    """Load and carry out a wish at once, for a show that waits. Raises UserError."""
    for command in wish:
        if isinstance(command, ShowItem) and (command.file or not stage.knows_item(command)):
            prop = stage.prepare_item(load_item(command))
            for _ in stage.bring(command, prop, lambda: now_ns):
                pass
        stage.obey(command, now_ns)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A wish, and which of its commands need a picture."""

    wish: Wish
    loads: frozenset[int]
    prepare: Callable[[ItemPicture], Prop]


class Shelf:
    """Carries out what concerns items, in order; a thread loads pictures, and the beat waits never.

    What needs no picture, and nobody before it does, is done at once.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._ready: queue.SimpleQueue[tuple[Wish, Mapping[int, Prop]]] = queue.SimpleQueue()
        self._waiting: list[Wish] = []  # all that are not carried out
        self._steps: Iterator[None] | None = None  # of the wish that is
        self._now_ns = 0  # of this beat, for the step that it takes
        self._loads = 0
        self.watched = Watched(Worker("items", self._run), "loading items", lambda: self._loads)

    def ask(self, stage: Stage, wish: Wish, now_ns: int) -> None:
        """Carry out a wish now, or when its pictures are there. Raises UserError."""
        waiting = [command for wish in self._waiting for command in wish]
        on_their_way = {command.name for command in waiting if isinstance(command, ShowItem)}
        loads = frozenset(
            i
            for i, command in enumerate(wish)
            if isinstance(command, ShowItem)
            and (command.file or not stage.knows_item(command))
            and (command.file or command.name not in on_their_way)
        )
        if not loads and not self._waiting:
            for command in wish:
                stage.obey(command, now_ns)
            return
        if len(self._waiting) >= MOST_WAITING:
            raise UserError("too many items at once; wait a moment")
        self._waiting.append(wish)
        self._asked.put(_Asked(wish, loads, stage.prepare_item))

    def go_on(self, stage: Stage, now_ns: int) -> None:
        """Take one step with the next wish whose pictures are there."""
        self._now_ns = now_ns
        if self._steps is None:
            try:
                wish, props = self._ready.get_nowait()
            except queue.Empty:
                return
            self._steps = _carried_out(stage, wish, props, lambda: self._now_ns)
        try:
            is_over = next(self._steps, self) is self
        except UserError as error:
            self._say(str(error))
            is_over = True
        if is_over:
            self._steps = None
            del self._waiting[0]

    def close(self) -> None:
        """Let the thread end, which has been asked to."""
        self._asked.put(None)

    def _run(self, stop: StopEvent) -> None:
        while (asked := self._asked.get()) is not None and not stop.is_set():
            ready: tuple[Wish, Mapping[int, Prop]] = (), {}
            try:
                ready = asked.wish, _loaded(asked)
            except UserError as error:
                self._say(str(error))
            finally:  # whatever happened, what waits behind it goes on
                self._ready.put(ready)
            self._loads += 1


def _loaded(asked: _Asked) -> Mapping[int, Prop]:
    props: dict[int, Prop] = {}
    for i in sorted(asked.loads):
        command = asked.wish[i]
        assert isinstance(command, ShowItem), "only what shows has a picture"
        props[i] = asked.prepare(load_item(command))
    return props


def _carried_out(
    stage: Stage, wish: Wish, props: Mapping[int, Prop], now_ns: Callable[[], int]
) -> Iterator[None]:
    for i, command in enumerate(wish):
        if i in props and isinstance(command, ShowItem):
            yield from stage.bring(command, props[i], now_ns)
        stage.obey(command, now_ns())
