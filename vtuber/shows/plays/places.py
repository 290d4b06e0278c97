"""What a script names (pictures, sounds, avatars, recordings) in; where it lies, checked, out.

A path counts from the script's folder, wherever the program was started. A name goes before a path,
as everywhere: of an avatar that ships or is the user's own, of a picture in the user's folder of
items, a colour.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from vtuber import plugins
from vtuber.core.colour import is_colour
from vtuber.core.command import Command, SwapAvatar
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.item import ShowItem
from vtuber.core.look import TRANSPARENT, SetBackground
from vtuber.core.ports import VoiceContext
from vtuber.resources import ITEM_FILES, is_avatar_name, item_path, user_items
from vtuber.shows.engine import load_avatar
from vtuber.shows.files import part_of
from vtuber.shows.scenery.backdrop import name_background
from vtuber.shows.scenery.found import check_found
from vtuber.shows.scenery.items import load_item
from vtuber.shows.talk.voices import chain_of


class Places:
    """The files of one script."""

    def __init__(self, folder: Path | None = None) -> None:
        """Without a folder, as for a script that has no file, paths are the program's own."""
        self._folder = folder
        self._checked: set[object] = set()  # however often a script names it
        self._files: set[Path] = set()

    def path(self, text: str) -> str:
        """Give the whole path of what a script calls a file."""
        path = Path(text).expanduser()
        return text if self._folder is None else str((self._folder / path).absolute())

    def avatar(self, name: str) -> str:
        return name if is_avatar_name(name) else self.path(name)

    def command(self, command: Command) -> Command:
        """Give a command whose file is named by its whole path."""
        match command:
            case SwapAvatar(name):
                return dataclasses.replace(command, avatar=self.avatar(name))
            case ShowItem(file=file) if file and not _is_item(file):
                return dataclasses.replace(command, file=self.path(file))
            case SetBackground(what) if what != TRANSPARENT and not is_colour(what):
                return dataclasses.replace(command, what=self.path(what))
        return command

    def voice(self, wish: str) -> str:
        """Give a voice by whole paths. Raises UserError for one that there is not."""
        chain_of(wish)
        name = wish.partition(":")[0]
        if name != "wav":
            return wish
        options = plugins.parse("voice", wish).options
        placed = f"{name}:path={self.path(options.path)}"
        plugins.parse("voice", placed).make(VoiceContext()).open()
        return placed

    def check(self, command: Command) -> None:
        """Raise UserError for a file that is not there, or cannot be used."""
        if command in self._checked:
            return
        check_found(command)
        match command:
            case SwapAvatar(name) if not is_avatar_name(name):
                load_avatar(name)
            case ShowItem(file=file) if file:
                load_item(command)
                self._files.add(item_path(file))
            case SetBackground(what) if name_background(what) is not None:
                self._files.add(Path(what))
            case _:
                pass
        self._checked.add(command)

    @property
    def states(self) -> tuple[tuple[str, int, int], ...]:
        """Give all files that were checked, each with when it was written, and its size."""
        found = ((path, path.stat()) for path in sorted(self._files) if path.is_file())
        return tuple((str(path), s.st_mtime_ns, s.st_size) for path, s in found)

    def check_sound(self, path: str) -> None:
        """Raise UserError for a sound that cannot be played, or whose mouth cannot be read."""
        from vtuber.voice.ready import check_ready

        if ("sound", path) not in self._checked:
            self._files |= check_ready(Path(path))
            self._checked.add(("sound", path))

    def check_track(self, text: str) -> None:
        """Raise UserError for what is no recording of faces, wherever in it that shows."""
        from vtuber.track.replay import replay

        path = Path(self.path(text))
        if ("track", path) in self._checked:
            return
        if not path.is_file() and part_of(path).is_file():
            raise UserError(f"{path} is not there, but {part_of(path)} is: its show was killed; "
                            "rename it")  # fmt: skip
        replay(path, lambda sentence: None).close()
        self._checked.add(("track", path))
        self._files.add(path)

    def faces(self, text: str, performer: int) -> Iterator[Face]:
        """Give one performer's faces of a recording that was checked."""
        from vtuber.track.facelog import read_faces

        return read_faces(Path(self.path(text)), lambda where: None, performer)


def _is_item(file: str) -> bool:
    found = (path for path in user_items().glob("*") if path.suffix.lower() in ITEM_FILES)
    return any(file in (path.stem, path.name) for path in found)
