"""Records pictures at a constant rate: a film over a background colour, or with transparency.

Settings: path (NAME.mp4, .mkv or .mov: H.264; NAME.webm: VP9; NAME.png: a folder NAME of numbered
pictures), fps, background (#rrggbb; #00ff00 for keying; or `transparent`, which .webm and .png are
by default, and which makes a .mov ProRes 4444), crf (0 best .. 51 worst; not of ProRes and PNG),
preset (of x264).

Where the show has sound, so has the film: AAC, in .webm Opus, beside ProRes uncompressed; a folder
of pictures has none.

Nothing that was filmed is lost. The film grows as `NAME.part.mp4`, which plays up to its last
second or two even when the program is killed, and gets its name at the end; an older film of that
name is kept as `NAME.1.mp4`. One that breaks off (a full disk, a folder that went) is ended and
named, and when it can be, it goes on as `NAME-2.mp4`; which file holds what is said. Odd sizes lose
their last column or row (not as PNG), and the user is told.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import SinkContext
from vtuber.core.speech import Sound
from vtuber.image.views import VIEWS
from vtuber.output._film import KINDS, Film, FilmBroken, codec_options
from vtuber.output._opaque import cropped, even_size, parse_colour
from vtuber.output._stills import Stills

PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower")
TRANSPARENT, PICTURES = "transparent", ".png"
SLATE = "#23262e"  # dark; neither skin nor dark hair melts into it
SUFFIXES = (*dict.fromkeys(suffix for suffix, _ in KINDS), PICTURES)
SCRAP_S = 10.0  # a part of a film that broke off sooner is said with the next, or at the end
LEAST_FREE_BYTES = 64 * 2**20  # to begin; below half of it a film is ended


@dataclass(frozen=True)
class Options:
    """Settings of `--output record` and `--record FILE`."""

    path: str = ""
    fps: int = 30
    background: str = ""  # transparent for .webm and .png, else SLATE
    crf: int = 18
    preset: str = "veryfast"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a film, and which part of the film it holds."""

    path: Path
    begin_s: float
    end_s: float

    def __str__(self) -> str:
        return f"{self.path} ({_minutes(self.begin_s)} to {_minutes(self.end_s)})"


class Output:
    """One film. Give it exactly `context.fps` pictures a second."""

    eats = frozenset({"picture", "sound"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "paced"

    def __init__(self, options: Options, context: SinkContext) -> None:
        if not options.path:
            raise UserError("the recorder has no file; name one: record:path=film.mp4")
        path = Path(os.path.expanduser(options.path))
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise UserError(f"cannot record to {path}: its name must end in one of {known}")
        self._is_stills = suffix == PICTURES
        self.path = path.with_suffix("") if self._is_stills else path
        by_nature = TRANSPARENT if suffix in (".webm", PICTURES) else SLATE
        background = options.background or by_nature
        self._background = None if background == TRANSPARENT else parse_colour(background)
        self._kind = KINDS.get((suffix, self._background is None))
        if self._kind is None and not self._is_stills:
            raise UserError(
                f"a film that ends in {suffix} cannot be transparent; name it .mov, .webm or .png"
            )
        if not 0 <= options.crf <= 51:
            raise UserError(f"crf={options.crf}: choose 0 (best) to 51 (worst); 18 looks perfect")
        if options.preset not in PRESETS:
            raise UserError(f"no preset called {options.preset!r}; choose one of {PRESETS}")
        self._options, self._context = options, context
        self._size_px = context.size_px if self._is_stills else even_size(context.size_px)
        self._film: Film | Stills | None = None
        self._broke_off = False  # then the next file continues this film
        self._continues = False
        self._pieces: list[Piece] = []
        self._first_ns, self._begin_s = 0, 0.0
        self._zero_ns: int | None = None  # when this file begins, on the show's clock
        self._has_heard = False
        self._last: Picture | None = None

    def open(self) -> None:
        """Begin a file. Raises UserError for a folder that cannot be written, or a full disk."""
        self._check_folder()
        part = _free_name(self.path, ".part")
        try:
            self._film = self._begun(part)
        except FilmBroken as error:
            raise UserError(f"cannot record to {self.path}: {error}; name another file") from error
        self._continues, self._broke_off = self._broke_off, False
        self._zero_ns, self._has_heard, self._last = None, False, None
        if not self._continues:
            self._announce_oddities(part)

    def _begun(self, part: Path) -> Film | Stills:
        options, fps = self._options, self._context.fps
        if self._kind is None:
            return Stills(part, fps)
        encoder = codec_options(self._kind.codec, options.crf, options.preset)
        return Film(part, self._kind, self._size_px, fps, encoder, self._context.has_sound)

    def _check_folder(self) -> None:
        folder = self.path.parent
        if self.path.is_dir() and not self._is_stills:
            raise UserError(f"cannot record to {self.path}: it is a folder; name a file")
        if not folder.is_dir():
            raise UserError(f"cannot record to {self.path}: there is no folder {folder}; make it")
        if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
            raise UserError(f"cannot record to {self.path}: the disk is full; free some space")

    def _announce_oddities(self, part: Path) -> None:
        left = self.path.with_name(f"{self.path.stem}.part{self.path.suffix}")
        if part != left:
            self._context.announce(
                f"{left} stays as it is: a film of a show that was cut off, or that still runs"
            )
        if self._is_stills and self._context.has_sound:
            self._context.announce(f"{self.path} is a folder of pictures: without the sound")
        if self._size_px != self._context.size_px:
            width, height = self._size_px
            self._context.announce(f"recording {width}x{height}: films have even sizes")

    def send(self, picture: Picture) -> None:
        """Add one picture. Raises DeviceLost when that cannot be; `open` then goes on elsewhere."""
        film = self._film
        assert film is not None, "send comes between open and close"
        try:
            if film.frames == 0:
                self._begin(picture)
            elif film.is_at_a_second:
                self._look_at(film)
            self._set_zero(film, picture)
            film.add(self._pixels(picture))
        except FilmBroken as error:
            raise self._stopped(error) from error

    def _stopped(self, error: FilmBroken) -> DeviceLost:
        self._broke_off = True
        return DeviceLost(f"recording to {self.path} stopped: {error}")

    def _set_zero(self, film: Film | Stills, picture: Picture) -> None:
        """Find the beat with which the file began, as long as nothing was heard in it.

        A picture is drawn a little after its beat, and the first one much later; the quickest of
        those so far is nearest to it. One that is shown again stands for no beat of its own.
        """
        if picture is not self._last and not self._has_heard:
            begin_ns = picture.drawn_ns - round(film.frames * film.interval_s * 10**9)
            self._zero_ns = min(begin_ns, self._zero_ns or begin_ns)
        self._last = picture

    def hear(self, sound: Sound) -> None:
        """Add what was heard before the next picture. Raises DeviceLost as `send` does."""
        film = self._film
        assert film is not None, "hear comes between open and close"
        if self._zero_ns is None or isinstance(film, Stills):
            return  # it was heard before the first picture
        self._has_heard = True
        try:
            film.hear(sound.samples, (sound.start_ns - self._zero_ns) / 1e9)
        except FilmBroken as error:
            raise self._stopped(error) from error

    def _pixels(self, picture: Picture) -> UInt8[np.ndarray, "h w c"]:
        if self._background is None:
            return cropped(VIEWS.straight(picture), self._size_px)
        return cropped(VIEWS.over(picture, self._background), self._size_px)

    def _begin(self, picture: Picture) -> None:
        if not self._continues:
            self._first_ns, self._pieces = picture.drawn_ns, []
        self._begin_s = (picture.drawn_ns - self._first_ns) / 1e9

    def _look_at(self, film: Film | Stills) -> None:
        """Stop before the disk does: a file that is ended in time loses nothing."""
        if not film.path.exists():
            film.fault = f"{film.path} was moved or deleted meanwhile"
            raise FilmBroken(film.fault)
        if shutil.disk_usage(film.path.parent).free < LEAST_FREE_BYTES // 2:
            raise FilmBroken("the disk is full; free some space")

    def close(self) -> None:
        """End the file and give it its name. Raises DeviceLost for a loss that was not told yet.

        Closed again, the film itself is over: the next file is another film.
        """
        film, self._film = self._film, None
        self._last = None
        if film is None:
            self._broke_off = False
            return
        was_told = bool(film.fault)
        film.end()
        if not film.safe_frames:
            film.discard()
        elif film.path.exists() or not was_told:
            self._name(film)
        if self._pieces and (film.frames or self._continues) and self._is_news(film):
            self._announce_pieces(is_whole=not film.fault and not self._broke_off)
        if film.fault and not was_told:
            raise DeviceLost(f"the end of {self.path} could not be written: {film.fault}")

    def _name(self, film: Film | Stills) -> None:
        number = len(self._pieces) + 1
        path = self.path if number == 1 else self.path.with_stem(f"{self.path.stem}-{number}")
        try:
            if path.exists():
                kept = _free_name(path, ".1")
                path.rename(kept)
                self._context.announce(f"{path} was there already: the old film is now {kept}")
            film.path.rename(path)
        except OSError as error:
            raise DeviceLost(_unnamed(film.path, path, error)) from error
        end_s = self._begin_s + float(film.safe_frames * film.interval_s)
        self._pieces.append(Piece(path, self._begin_s, end_s))

    def _is_news(self, film: Film | Stills) -> bool:
        """Tell whether to say what there is by now: not of every scrap while a disk flaps."""
        return not self._broke_off or not self._continues or film.frames * film.interval_s > SCRAP_S

    def _announce_pieces(self, is_whole: bool) -> None:
        if is_whole and len(self._pieces) == 1 and self._pieces[0].begin_s == 0:
            self._context.announce(f"recorded {self.path}")
        else:
            self._context.announce(f"recorded {', '.join(map(str, self._pieces))}")


def _unnamed(part: Path, path: Path, error: OSError) -> str:
    if part.exists():
        return f"the film is in {part}: it could not be named {path} ({error.strerror})"
    return (
        f"{part} was moved or deleted while it was filmed: "
        "if its folder was moved, the film is there under this name"
    )


def _free_name(path: Path, mark: str) -> Path:
    """Give NAME.part.mp4, or NAME.part2.mp4 where that exists; NAME.1.mp4, NAME.2.mp4 ..."""
    stem, first = (mark[:-1], int(mark[-1])) if mark[-1].isdigit() else (mark, 1)
    number = first
    while True:
        shown = "" if mark == ".part" and number == 1 else str(number)
        free = path.with_name(f"{path.stem}{stem}{shown}{path.suffix}")
        if not free.exists():
            return free
        number += 1


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
