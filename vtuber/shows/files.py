"""Files that are whole or not there: written as `NAME.part`, named at the end."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from vtuber.core.errors import UserError


def part_of(path: Path) -> Path:
    """Give the name under which a file grows."""
    return path.with_name(path.name + ".part")


def file_of(path: Path) -> Path:
    """Give the file that a name means, there or not: where a link leads.

    Raises UserError for what no file may take the place of: for root, `/dev/null` is a name, too.
    """
    if path.is_dir():
        raise UserError(f"cannot write {path}: it is a folder; name a file")
    if path.exists() and not path.is_file():
        raise UserError(f"cannot write {path}: it is a device or a pipe; name a file")
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def is_same_file(one: Path, other: Path) -> bool:
    """Tell whether two names mean one file that is there."""
    return one.is_file() and other.is_file() and one.samefile(other)


def cannot_write(path: Path, error: OSError) -> UserError:
    return UserError(f"cannot write {path}: {error.strerror or error}; choose another place")


def open_part(path: Path) -> IO[str]:
    """Open `NAME.part` for text. Raises UserError where that cannot be written."""
    try:
        return part_of(path).open("w", encoding="utf-8")
    except OSError as error:
        raise cannot_write(path, error) from error


@contextlib.contextmanager
def whole_text(path: Path) -> Iterator[IO[str]]:
    """Write a text file that gets its name at the end of the block, and none when it raises."""
    path = file_of(path)
    file = open_part(path)
    try:
        with _said(path):
            yield file
            file.close()
            os.replace(part_of(path), path)
    finally:
        with contextlib.suppress(OSError):  # a full disk fails again; it was said
            file.close()
        part_of(path).unlink(missing_ok=True)


@contextlib.contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file at once; the old one stays until the new one is whole. Raises UserError."""
    path = file_of(path)
    part = part_of(path)
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def put_aside(path: Path, say: Callable[[str], None]) -> None:
    """Keep what has a name that is wanted as `NAME.1.mp4`, `NAME.2.mp4`..., and say so."""
    if not path.exists():
        return
    kept = next(
        free
        for number in itertools.count(1)
        if not (free := path.with_name(f"{path.stem}.{number}{path.suffix}")).exists()
    )
    path.rename(kept)
    say(f"{path} was there already: the old one is now {kept}")
