"""Commands in; what they name and what is not there is refused, before any beat."""

from __future__ import annotations

from vtuber.core.command import Command, SwapAvatar
from vtuber.core.item import ShowItem
from vtuber.core.look import SetBackground
from vtuber.resources import avatar_path, item_path
from vtuber.shows.scenery.backdrop import check_background


def check_found(command: Command) -> None:
    """Raise UserError for files that are not there, which the beat would only learn later."""
    match command:
        case SwapAvatar(name):
            avatar_path(name)
        case ShowItem(file=file) if file:
            item_path(file)
        case SetBackground(what):
            check_background(what)
        case _:
            pass
