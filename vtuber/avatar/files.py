"""Reads the files of a bundle, from a folder or a zip, within bounds. Nothing is unpacked to disk.

Law: a size is asked before anything is read, and the read itself is bounded too, because a zip's
directory may lie.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from vtuber.avatar.manifest import FILE

MAX_FILE_BYTES = 32 << 20
MAX_ZIP_BYTES = 256 << 20  # unpacked, all together
MAX_ZIP_ENTRIES = 2048


class BadFile(ValueError):
    """A file that cannot be taken. The message says why, without the file's name."""


class Files(Protocol):
    def read(self, name: str, limit: int = MAX_FILE_BYTES) -> bytes:
        """Read a whole file by its path inside the bundle. Raises BadFile."""
        ...

    def has(self, name: str) -> bool:
        """Say whether there is a file of that path."""
        ...

    def close(self) -> None: ...


def check_name(name: str) -> None:
    """Refuse a path that is not plain and relative. Raises BadFile."""
    steps = name.split("/")
    if (
        not name.isprintable()
        or any(c in name for c in '\\:*?"<>|')
        or any(step in ("", ".", "..") for step in steps)
    ):
        raise BadFile("must be a plain path inside the avatar, with forward slashes")


class FolderFiles:
    """The files of a folder. Links that lead out of it are refused."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, name: str, limit: int = MAX_FILE_BYTES) -> bytes:
        check_name(name)
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder):
            raise BadFile("leads out of the avatar's folder")
        if not path.is_file():  # also keeps pipes and devices out
            raise BadFile("is not there")
        if path.stat().st_size > limit:
            raise BadFile(_too_large(path.stat().st_size, limit))
        try:
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise BadFile(f"cannot be read ({error.strerror})") from error
        if len(data) > limit:
            raise BadFile(_too_large(len(data), limit))
        return data

    def has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def close(self) -> None:
        pass


class ZipFiles:
    """The files of a zip. Raises BadFile when the archive itself is not fit to be read."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BadFile(f"is not a zip file that can be read ({error})") from error
        try:
            self._entries = _checked_entries(self._zip.infolist())
        except BadFile:
            self._zip.close()
            raise
        # People zip the folder itself as often as what is in it.
        roots = [name.removesuffix(FILE) for name in self._entries if name.endswith(f"/{FILE}")]
        self._root = roots[0] if FILE not in self._entries and len(roots) == 1 else ""

    def read(self, name: str, limit: int = MAX_FILE_BYTES) -> bytes:
        check_name(name)
        entry = self._entries.get(self._root + name)
        if entry is None:
            raise BadFile("is not there")
        if entry.file_size > limit:
            raise BadFile(_too_large(entry.file_size, limit))
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise BadFile(f"is damaged in the zip ({error})") from error
        if len(data) > limit:
            raise BadFile(_too_large(len(data), limit))
        return data

    def has(self, name: str) -> bool:
        return self._root + name in self._entries

    def close(self) -> None:
        self._zip.close()


def _checked_entries(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > MAX_ZIP_ENTRIES:
        raise BadFile(f"holds {len(infos)} files; at most {MAX_ZIP_ENTRIES}")
    total = sum(info.file_size for info in infos)
    if total > MAX_ZIP_BYTES:
        raise BadFile(f"unpacks to {total >> 20} MB; at most {MAX_ZIP_BYTES >> 20}")
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.is_dir():
            continue
        shown = info.filename[:80]
        try:
            check_name(info.filename)
        except BadFile as error:
            raise BadFile(f"holds {shown!r}, which {error}") from error
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BadFile(f"holds a link, {shown!r}")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadFile(f"holds {shown!r} packed in a rare way; zip it anew with deflate")
        if info.flag_bits & 0x1:
            raise BadFile(f"holds {shown!r} under a password")
        if info.filename in entries:
            raise BadFile(f"holds {shown!r} twice")
        entries[info.filename] = info
    return entries


def _too_large(size: int, limit: int) -> str:
    return f"is {size / (1 << 20):.1f} MB; at most {limit / (1 << 20):g}"
