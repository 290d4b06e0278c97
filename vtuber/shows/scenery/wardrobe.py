"""What changes an avatar, as Changes: another one, and what is told to the one that is worn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from vtuber.core.command import SetExpression, SetParameter, Toggle, WearOutfit
from vtuber.core.errors import UserError
from vtuber.shows.engine import load_avatar
from vtuber.shows.scenery.changes import Now
from vtuber.stage import Costume, Stage

Say = Callable[[str], None]
AvatarCommand = SetExpression | SetParameter | Toggle | WearOutfit  # each names what only one has


@dataclass(slots=True, eq=False)
class Swap:
    """Another avatar for a performer, by its name or its path."""

    stage: Stage
    performer: str
    avatar: str
    over_s: float
    say: Say
    is_long: ClassVar[bool] = True
    replaces: ClassVar[bool] = True  # of several wishes in a row the newest counts
    _costume: Costume | None = None

    def prepare(self) -> None:
        try:
            self._costume = self.stage.prepare(load_avatar(self.avatar))
        except UserError as error:
            raise UserError(f"{error} (the old avatar stays)") from error

    def carry_out(self, now_ns: Now) -> Iterator[None]:
        assert self._costume is not None, "it is prepared first"
        yield from self.stage.change(self.performer, self._costume, now_ns, over_s=self.over_s)
        self.say(f"now: {self._costume.avatar.name} ({self.avatar})")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A command for the avatar that is worn when it has its turn."""

    stage: Stage
    command: AvatarCommand
    say: Say
    is_long: ClassVar[bool] = False
    replaces: ClassVar[bool] = False

    def prepare(self) -> None:
        """There is nothing to prepare."""

    def carry_out(self, now_ns: Now) -> Iterator[None]:
        said = self.stage.obey(self.command, now_ns())
        if said:
            self.say(said)
        yield from ()
