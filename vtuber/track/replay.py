"""A file of faces in, checked from end to end, and then its faces one by one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.track.facelog import read_faces

MOST_BYTES = 2_000_000_000  # 2.5 kB a face: seven hours at 30 fps


def replay(path: Path, say: Callable[[str], None], performer: int = 1) -> Generator[Face]:
    """Check every line of a recording, then give one performer's faces, on its own time.

    A last line that breaks off is said, and left out. Raises UserError, before the first face, that
    names the first wrong line.
    """

    def torn(where: str) -> None:
        say(f"{where} breaks off: its recording was killed; the faces before it are replayed")

    if not path.is_file():
        raise UserError(f"no recording of faces at {path}; `vtuber track` makes one")
    if path.stat().st_size > MOST_BYTES:
        raise UserError(f"the recording {path} is larger than {MOST_BYTES:,} bytes")
    if not sum(1 for _ in read_faces(path, torn)):
        raise UserError(f"the recording {path} holds no faces; `vtuber track` makes one")
    return read_faces(path, performer=performer)
