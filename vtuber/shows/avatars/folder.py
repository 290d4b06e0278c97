"""Puts a folder in place at once: new files, with all that a person laid beside the old ones.

LAW: nothing that a person made is lost, whenever this is killed. What is theirs is hard-linked into
the new folder, never read; a file that they save meanwhile is brought over. The old folder is set
aside for the moment between two renames; `resources.restore` puts it back after a kill.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from vtuber.resources import set_aside
from vtuber.shows.files import cannot_write

Stamps = Mapping[str, tuple[int, int]]  # path in the folder: when it was written (ns), bytes


def stamps_of(folder: Path) -> Stamps:
    """Tell the state of every file and link of a folder, to know later what has changed."""
    found = {}
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in (*files, *links):
            path = Path(place, name)
            status = path.lstat()
            found[path.relative_to(folder).as_posix()] = status.st_mtime_ns, status.st_size
    return found


def put_in_place(
    folder: Path,
    files: Mapping[str, bytes],
    check: Callable[[Path], object],
    replaced: frozenset[str] = frozenset(),
    known: Stamps | None = None,
) -> None:
    """Make or replace a folder; the old one stays until the new one is whole and passes `check`.

    `files` are written anew, the files in `replaced` are left behind, everything else of the old
    folder comes along. `known`: its state when the work on it began. Raises UserError.
    """
    folder = Path(os.path.realpath(folder))
    part, before = folder.with_name(f".{folder.name}.part"), set_aside(folder)
    try:
        _remove(part)
        part.mkdir(parents=True)
        for name, data in files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:  # never into what is linked
                file.write(data)
        if folder.exists():
            _link_all(folder, part, replaced | frozenset(files))
        check(part)
        if folder.exists():
            _remove(before)
            os.replace(folder, before)
        os.replace(part, folder)
        if before.exists():
            _bring_over(before, folder, known or {})
            shutil.rmtree(before, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:  # also after Ctrl-C
        if before.exists() and not folder.exists():
            os.replace(before, folder)
        shutil.rmtree(part, ignore_errors=True)


def _remove(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _link_all(folder: Path, part: Path, but: frozenset[str]) -> None:
    def left_behind(place: str, names: list[str]) -> set[str]:
        inner = Path(place).relative_to(folder)
        found = {name for name in names if (inner / name).as_posix() in but}
        return {name for name in found if not Path(place, name).is_dir()}

    shutil.copytree(
        folder, part, symlinks=True, ignore=left_behind, copy_function=_link, dirs_exist_ok=True
    )


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a disk without hard links
        shutil.copy2(source, target)


def _bring_over(before: Path, folder: Path, known: Stamps) -> None:
    """Move what was saved while the new folder was made: it is the newest that there is."""
    for name, stamp in stamps_of(before).items():
        if known.get(name) != stamp:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(before / name, folder / name)
