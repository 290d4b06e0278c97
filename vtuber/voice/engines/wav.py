"""Plays sound files that are ready: a line names a file of a folder, and its mouth moves to it.

Settings: path (a folder whose files lines name, with or without their ending; or one file, which
every line plays). What the mouth does is read as `voice/ready.py` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.voice.ready import ready

ENDINGS = (".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a")


@dataclass(frozen=True)
class Options:
    """Settings of `--voice wav`."""

    path: str = "."


class Voice:
    """A folder of sounds, or one."""

    plays_ready = True

    def __init__(self, options: Options, context: VoiceContext) -> None:
        self._path = Path(options.path).expanduser()
        self._lips = context.lips
        self.name = f"wav:{self._path}"

    def open(self) -> None:
        """Look whether it is there. Raises UserError when not."""
        if not self._path.exists():
            raise UserError(f"no folder or sound at {self._path}; check the path")

    def speak(self, line: Line) -> Iterator[Utterance]:
        return ready(self._named(line.text.strip()), line, self._lips)

    def _named(self, name: str) -> Path:
        """Find the file that a line names. Raises UserError for none, or one outside the folder."""
        if self._path.is_file():
            return self._path
        files = sorted(p for p in self._path.iterdir() if p.suffix.lower() in ENDINGS)
        for file in files:
            if name.casefold() in (file.name.casefold(), file.stem.casefold()):
                return file
        near = nearest(name, [file.stem for file in files])
        there = ", ".join(file.stem for file in files[:10]) or "none"
        meant = f"did you mean {near}?" if near else f"there is: {there}"
        raise UserError(f"no sound called {name[:40]!r} in {self._path}; {meant}")

    def close(self) -> None:
        """There is nothing to let go."""
