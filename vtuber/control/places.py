"""Where running shows of this user are found: a private folder with a file for each of them.

LAW: the folder and all in it are the user's own, and nobody else may look inside. One that is not
so is neither used nor mended, for somebody else may wait in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_state_path

from vtuber.core.errors import UserError

MOST_BYTES = 4096  # of a file about a show
KNOCK_S = 1.0
HAS_UNIX = hasattr(socket, "AF_UNIX")


@dataclass(frozen=True, slots=True)
class Place:
    """One running show, as its file says."""

    pid: int
    name: str  # of its first avatar at the start
    port: int = 0  # of 127.0.0.1, where there are no Unix sockets; 0: a socket in the folder
    token: str = ""  # with a port: only who reads this file knows it
    page: str = ""  # the address of its control page, with its token
    began_ns: int = 0  # by the file's own time; shows that began later are newer


def default_folder() -> Path:
    """Give the folder of this user's shows: of their session where there is one, else at home."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    if not session and hasattr(os, "getuid"):
        session = f"/run/user/{os.getuid()}"
    if session and os.path.isdir(session):
        return Path(session) / "vtuber" / "shows"
    return user_state_path("vtuber", appauthor=False) / "shows"


def private(folder: Path) -> Path:
    """Make the folder when it is missing, and check that it is ours alone. Raises UserError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise UserError(f"cannot use {folder} for the show's socket: {error.strerror}") from error
    if not stat.S_ISDIR(found.st_mode):
        raise UserError(f"{folder} is no folder of its own; remove it")
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077):
        raise UserError(f"others may enter {folder}; remove it, and the next show makes it anew")
    return folder


def write(folder: Path, place: Place) -> Path:
    """Write the file of a show, readable by its owner only."""
    path = folder / f"{place.pid}.json"
    path.unlink(missing_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(file, "w", encoding="utf-8") as stream:
        json.dump({k: v for k, v in asdict(place).items() if k != "began_ns"}, stream)
    return path


def forget(folder: Path, pid: int) -> None:
    """Remove what a show has in the folder."""
    for path in (folder / f"{pid}.json", socket_path(folder, pid)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def socket_path(folder: Path, pid: int) -> Path:
    return folder / f"{pid}.sock"


def shows(folder: Path) -> list[Place]:
    """Give the shows that run, the newest first; what dead ones left is removed. UserError."""
    if not folder.exists():
        return []
    private(folder)
    found = []
    for path in folder.glob("*.json"):
        place = _read(path)
        if place is None:
            continue
        try:
            connect(folder, place).close()
        except (ConnectionRefusedError, FileNotFoundError):  # busy or slow ones stay
            forget(folder, place.pid)
        except OSError:
            found.append(place)
        else:
            found.append(place)
    return sorted(found, key=lambda place: -place.began_ns)


def connect(folder: Path, place: Place) -> socket.socket:
    """Connect to a show. Raises OSError."""
    if place.port:
        return socket.create_connection(("127.0.0.1", place.port), KNOCK_S)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(KNOCK_S)
    try:
        line.connect(str(socket_path(folder, place.pid)))
    except OSError:
        line.close()
        raise
    return line


def _read(path: Path) -> Place | None:
    """Read the file of a show; None for one that is none of ours, or just being written."""
    try:
        with path.open("rb") as file:
            table = json.loads(file.read(MOST_BYTES))
            began_ns = os.fstat(file.fileno()).st_mtime_ns
        place = Place(**table, began_ns=began_ns)
    except (OSError, ValueError, TypeError):
        return None
    return place if path.stem == str(place.pid) else None
