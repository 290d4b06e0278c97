"""Finds what ships beside the code: a name in, a shader's text or an avatar's path out.

A wheel carries them in `vtuber/_data/`; a checkout has them beside the package.
"""

from __future__ import annotations

import logging
import os
import tomllib
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

log = logging.getLogger(__name__)

ITEM_FILES = (".png", ".apng", ".gif")
_HEAD_BYTES = 65_536  # of an avatar.toml: its name stands before the first table
_PACKAGE = Path(__file__).resolve().parent


def folder(kind: str) -> Path:
    """Give the folder of `shaders` or `avatars`: the wheel's if it has one, else the checkout's."""
    packed = _PACKAGE / "_data" / kind
    return packed if packed.is_dir() else _PACKAGE.parent / kind


@cache
def shader(name: str) -> str:
    """Read one GLSL file by its file name, such as `layer.frag`."""
    return (folder("shaders") / name).read_text(encoding="utf-8")


def user_avatars() -> Path:
    """Give the folder where the user's own avatars lie: VTUBER_AVATARS, else the system's place."""
    if chosen := os.environ.get("VTUBER_AVATARS"):
        return Path(chosen).expanduser()
    return user_data_path("vtuber", appauthor=False) / "avatars"


def shipped_names() -> list[str]:
    """List the avatars that ship, sorted."""
    return _names(folder("avatars"))


def avatar_names() -> list[str]:
    """List the avatars that ship, then the user's own, each sorted."""
    shipped = shipped_names()
    return shipped + [name for name in _names(user_avatars()) if name not in shipped]


def _names(place: Path) -> list[str]:
    found = place.glob("*/avatar.toml")
    return sorted(path.parent.name for path in found if not path.parent.name.startswith("."))


def avatar_path(name_or_path: str | os.PathLike[str]) -> Path:
    """Find an avatar by name (of those that ship, or the user's own), or by a path.

    A path is a folder, its avatar.toml, or a `.vtuber` file.

    A name wins over a folder of that name in the working directory: write `./name` for that one.
    What no name and no path means may be what an avatar is called inside: `Miro` is `default`.
    Raises UserError that names the choices, and the nearest of them.
    """
    text = os.fspath(name_or_path)
    for place in (user_avatars() / text, Path(os.path.expanduser(text))):
        restore(place)
    names = avatar_names()
    if text in names:
        return _place_of(text)
    path = Path(os.path.expanduser(text))
    if os.path.exists(path):  # Path.exists raises for names that no file can have
        return bundle_of(path)
    if (called := _called(text)) is not None:
        return called
    near = nearest(text, names) or nearest(os.path.basename(text), names)
    meant = f"did you mean {near}? Else " if near else ""
    choices = ", ".join(names) or "none ships with this copy"
    raise UserError(
        f"no avatar called {text!r}, nor a folder or file of that name; {meant}"
        f"choose one of: {choices}; or give the path of an avatar's folder or .vtuber file"
    )


def is_avatar_name(text: str) -> bool:
    """Tell whether an avatar that ships, or one of the user's own, is meant by its name."""
    return text in avatar_names() or _called(text) is not None


def avatar_titles() -> dict[str, str]:
    """Give what each avatar is called inside, by its name; its name where it cannot be read."""
    return {name: _title(_place_of(name)) or name for name in avatar_names()}


def _place_of(name: str) -> Path:
    return (folder("avatars") if name in shipped_names() else user_avatars()) / name


def _called(text: str) -> Path | None:
    """Find the one avatar whose avatar.toml has this name, in capitals or not."""
    wanted = text.casefold()
    found = [name for name, title in avatar_titles().items() if title.casefold() == wanted]
    return _place_of(found[0]) if len(found) == 1 else None


def _title(place: Path) -> str:
    """Read what an avatar is called; "" for one that cannot be read."""
    try:
        with (place / "avatar.toml").open("rb") as file:
            text = file.read(_HEAD_BYTES).decode("utf-8-sig", "replace")
        return str(tomllib.loads(text.partition("\n[")[0])["name"])  # all of it takes 4 ms
    except (OSError, ValueError, KeyError, RecursionError):
        return ""


def bundle_of(path: Path) -> Path:
    """Give the folder of an avatar whose avatar.toml is meant; any other path as it is."""
    return path.parent if path.name == "avatar.toml" and path.is_file() else path


def user_items() -> Path:
    """Give the folder where the user's pictures for items lie: VTUBER_ITEMS, else beside avatars.

    `item mug show` looks here for mug.png, mug.apng or mug.gif.
    """
    if chosen := os.environ.get("VTUBER_ITEMS"):
        return Path(chosen).expanduser()
    return user_data_path("vtuber", appauthor=False) / "items"


def user_gestures() -> Path:
    """Give the file of the user's own gestures: VTUBER_GESTURES, else beside avatars."""
    if chosen := os.environ.get("VTUBER_GESTURES"):
        return Path(chosen).expanduser()
    return user_data_path("vtuber", appauthor=False) / "gestures.toml"


def item_path(name_or_path: str) -> Path:
    """Find an item's picture, by its name in the user's folder of items or by a path.

    Raises UserError that names both places, and what the folder has.
    """
    place = user_items()
    files = sorted(path for path in place.glob("*") if path.suffix.lower() in ITEM_FILES)
    for path in files:
        if name_or_path in (path.stem, path.name):
            return path
    path = Path(os.path.expanduser(name_or_path))
    if os.path.isfile(path):
        return path
    names = list(dict.fromkeys(path.stem for path in files))
    near = nearest(name_or_path, names)
    meant = f"; did you mean {near}?" if near else ""
    choices = f"which has: {', '.join(names)}" if names else "which has none yet"
    raise UserError(
        f"no picture at {name_or_path}, nor one of that name in {place}, {choices}{meant}"
    )


def set_aside(folder: Path) -> Path:
    """Give where an avatar's folder lies for the moment in which a new one takes its place."""
    return folder.with_name(f".{folder.name}.before")


def restore(folder: Path) -> None:
    """Put an avatar back that is only set aside: what was replacing it was killed."""
    if folder.name and not os.path.exists(folder) and os.path.isdir(set_aside(folder)):
        os.replace(set_aside(folder), folder)
        log.warning("%s is back as it was: the edit that was changing it was killed", folder)
