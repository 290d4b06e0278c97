"""Names in, avatars ready to wear out, beside the beat: making one takes longer than a beat."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent
from vtuber.runtime.mailbox import Mailbox
from vtuber.runtime.worker import Worker
from vtuber.shows.engine import load_avatar
from vtuber.shows.watch import Watched

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar
    from vtuber.stage import Costume


class Wardrobe:
    """One thread that loads one avatar after the other; of several wishes the newest counts."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._wishes: Mailbox[tuple[str, float, Callable[[Avatar], Costume]]] = Mailbox()
        self._ready: Mailbox[tuple[str, float, Costume]] = Mailbox()
        self._loads = 0
        self.watched = Watched(
            Worker("wardrobe", self._run), "loading avatars", lambda: self._loads
        )

    def ask(self, name: str, over_s: float, prepare: Callable[[Avatar], Costume]) -> None:
        """Wish for an avatar by name or path; one that is broken is said, and nothing comes.

        `over_s` is handed through; `prepare` (`Stage.prepare`) is called in the wardrobe's thread.
        """
        self._wishes.put((name, over_s, prepare))

    def take(self) -> tuple[str, float, Costume] | None:
        """Take what was wished for and is ready: the name and the time given, and the costume."""
        return self._ready.take()

    def close(self) -> None:
        self._wishes.close()

    def _run(self, stop: StopEvent) -> None:
        while (wish := self._wishes.take(None)) is not None:
            name, over_s, prepare = wish
            try:
                costume = prepare(load_avatar(name))
            except UserError as error:
                self._say(f"{error} (the old avatar stays)")
            else:
                self._ready.put((name, over_s, costume))
            self._loads += 1
