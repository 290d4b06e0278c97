"""What reaches into a running show from outside: its socket for programs, its page for browsers."""

from __future__ import annotations

import dataclasses
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vtuber.animate.smooth import KNOBS
from vtuber.control.asking import Ask
from vtuber.control.doorway import Doorway
from vtuber.control.page import ControlPage
from vtuber.core.command import EVERYBODY
from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import HttpHost
from vtuber.core.pose import BASE
from vtuber.core.ranges import SMOOTHING
from vtuber.resources import avatar_titles, user_items
from vtuber.runtime.worker import Worker
from vtuber.shows.faces.preview import Preview
from vtuber.shows.live.status import Status
from vtuber.shows.watch import Watched
from vtuber.stage import Stage

if TYPE_CHECKING:
    from vtuber.shows.live.direction import Direction

NOBODY = "192.0.2.1"  # RFC 5737: an address for documents; nothing is sent to it
LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ControlWishes:
    """Which controls a show has."""

    page: bool = True
    socket: bool = True
    host: str = LOCAL  # that the page listens on; 0.0.0.0: other devices of the network, too


NO_CONTROLS = ControlWishes(page=False, socket=False)


class Controls:
    """The socket and the page of one show. Neither is worth a show: what fails is said once."""

    def __init__(
        self,
        wishes: ControlWishes,
        name: str,
        ask: Ask,
        picture: Callable[[], Picture | None],
        say: Callable[[str], None],
        camera: Preview | None = None,
    ) -> None:
        """`name`: what the show is called; `ask`: `Direction.ask`."""
        self._wishes, self._say = wishes, say
        self._camera = camera or Preview(lambda: None)
        jpeg = self._camera.jpeg
        self._page = ControlPage(ask, picture, _facts, jpeg) if wishes.page else None
        self._doorway = Doorway(ask, os.path.basename(name)) if wishes.socket else None
        self.watched: tuple[Watched, ...] = ()
        if (doorway := self._doorway) is not None:
            worker = Worker("control socket", doorway.run)
            self.watched = (Watched(worker, "the control socket", lambda: doorway.asked),)

    def open(self, serve: Callable[[str], HttpHost]) -> None:
        """Open what is wished for; `serve` gives the server of a host."""
        address = ""
        try:
            if self._page is not None:
                address = self._page.open(serve(self._wishes.host))
                self._say(f"the control page: {address}")
                if self._wishes.host != LOCAL:
                    there = address.replace(LOCAL, _own_address(), 1)
                    self._say(f"from other devices of your network: {there}")
        except UserError as error:
            self._say(f"without the control page: {error}")
        try:
            if self._doorway is not None:
                self._doorway.open(address)
        except UserError as error:
            self._say(f"without `vtuber do`: {error}")
            self.watched = ()

    def tell(self, stage: Stage, status: Status, direction: Direction, now_ns: int) -> None:
        """Show the pages how things are; called twice a second, and cheap where nobody looks."""
        if self._page is None or not self._page.is_watched:
            return
        performers = []
        for number, name in enumerate(stage.named(EVERYBODY), 1):
            standing = dataclasses.asdict(stage.standing(name, now_ns))
            for values in ("pose", "measured"):
                told = standing[values] or {}
                standing[values] = {each: round(value, 3) for each, value in told.items()}
            performers.append(standing | {"tuning": direction.tunings.standing(number)})
        acting = direction.acting
        now = {
            "status": dataclasses.asdict(status),
            "performers": performers,
            "has_camera": self._camera.has_picture,
            "hotkeys": dict(direction.settings.hotkeys),
            "keys": sorted(acting.keys) if acting is not None else [],
            "hears_keys": direction.hotkeys.is_listening,
        }
        self._page.tell(now)

    def close(self) -> None:
        """Take both down; the socket's thread has ended."""
        if self._page is not None:
            self._page.close()
        if self._doorway is not None:
            self._doorway.close()


def _facts() -> Mapping[str, Any]:
    """Give what a page is told once."""
    return {
        "avatars": avatar_titles(),
        "items": sorted({path.stem for path in user_items().glob("*") if path.is_file()}),
        "parameters": {each.name: (each.low, each.high) for each in BASE.parameters},
        "knobs": dict(KNOBS),
        "strength": (SMOOTHING.low, SMOOTHING.high),
    }


def _own_address() -> str:
    """Give the address of this machine in its network, as far as it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((NOBODY, 9))
        except OSError:
            return socket.gethostname()
        address: str = probe.getsockname()[0]
    return address
