"""A script in, its film out: rehearsed, drawn by several processes, put together, named.

Until it is whole it lies in `NAME.parts` beside its place; a film that was killed goes on from
there when the same film is asked for again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber import __version__
from vtuber.core.errors import UserError
from vtuber.output._film import KINDS
from vtuber.output._opaque import parse_colour
from vtuber.output.record import SLATE, SUFFIXES
from vtuber.runtime.process import ProcessFailed, Reply, Service
from vtuber.script.statements import Title
from vtuber.shows.files import put_aside, write_whole
from vtuber.shows.film import segments
from vtuber.shows.film.captions import captions, chapters, srt, vtt
from vtuber.shows.film.lines import KeptLines, Speak
from vtuber.shows.film.rehearsal import LONGEST_S, Rehearsal, rehearse
from vtuber.shows.film.segments import Job
from vtuber.shows.film.together import collect, put_together
from vtuber.shows.film.voices import Speakers
from vtuber.shows.plays.casting import Play
from vtuber.shows.talk.voices import context
from vtuber.voice.conduct.gate import ConductWish, Gate
from vtuber.warp.warpers import DEFAULT

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar

SEGMENT_S = 2
MOST_FPS = 240
TAKE_S = 0.2


@dataclass(frozen=True, slots=True)
class Wish:
    """How a film shall be."""

    path: Path
    size_px: tuple[int, int] = (1280, 720)
    fps: Fraction = Fraction(30)
    alpha: str = ""  # mov, webm, png: transparent
    background: str = ""  # a colour; "" is transparent where the film can be, else SLATE
    seed: int = 0
    seconds: float | None = None
    jobs: int = 1  # processes that draw; 0: this one
    voice: str = ""  # for those of the cast who have none
    warper: str = DEFAULT
    crf: int = 20  # at 720p 47 dB and 3.7 Mbit/s, for 5.0 ms of CPU time a picture;
    preset: str = "superfast"  # veryfast at 18: 46 dB, 2.7 Mbit/s and 7.8 ms
    conduct: ConductWish = field(default_factory=ConductWish)  # that lines pass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a film is."""

    stage: str  # rehearsing, drawing
    done: float  # seconds of the film
    total: float | None = None


def rehearsed(
    play: Play,
    wish: Wish,
    say: Callable[[str], None] = lambda sentence: None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Rehearsal:
    """Find out all that will happen in a film, and draw nothing. Raises UserError as `render`."""
    _check_times(wish)
    with closing(Speakers(_voices(play, wish), say, context())) as speakers:
        return _rehearsed(play, wish, speakers, progress, Gate(wish.conduct, say))


def _rehearsed(
    play: Play, wish: Wish, speak: Speak, progress: Callable[[Progress], None], gate: Gate
) -> Rehearsal:
    def told(seconds: float) -> None:
        progress(Progress("rehearsing", seconds))

    return rehearse(play, speak, wish.fps, wish.seed, wish.seconds, told, gate)


def _voices(play: Play, wish: Wish) -> dict[str, str]:
    return {part.name: part.voice or wish.voice for part in play.parts}


def render(
    play: Play,
    wish: Wish,
    say: Callable[[str], None] = lambda sentence: None,
    progress: Callable[[Progress], None] = lambda progress: None,
    gestures: tuple[Path, ...] = (),
    emotion: bool = True,
    known: Callable[[Rehearsal], None] = lambda rehearsal: None,
) -> Path:
    """Make a film; give where it is: `.png` is a folder of pictures, whose name has no end.

    `known` hears what will be in it, before anything is drawn. Raises UserError for what cannot be
    made, or written.
    """
    job, rehearsal = begun(play, wish, say, progress, gestures, emotion)
    known(rehearsal)
    _draw(
        job,
        wish.jobs,
        lambda done: progress(Progress("drawing", float(done / job.fps), rehearsal.seconds)),
    )
    return _finish(job, play, wish.path, rehearsal, say)


def begun(
    play: Play,
    wish: Wish,
    say: Callable[[str], None] = lambda sentence: None,
    progress: Callable[[Progress], None] = lambda progress: None,
    gestures: tuple[Path, ...] = (),
    emotion: bool = True,
) -> tuple[Job, Rehearsal]:
    """Do all of a film but its pictures: who speaks has spoken, and what happens is known."""
    job = _job(play, wish, gestures, emotion)
    _prepare(job, play, wish)
    with closing(Speakers(_voices(play, wish), say, context())) as speakers:
        gate = Gate(replace(wish.conduct, path=None), say, job.rules)
        rehearsal = _rehearsed(play, wish, KeptLines(job.folder, speakers), progress, gate)
    return replace(job, frames=rehearsal.frames), rehearsal


def _job(play: Play, wish: Wish, gestures: tuple[Path, ...], emotion: bool) -> Job:
    suffix = wish.path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(f"cannot render to {wish.path}: its name must end in {', '.join(SUFFIXES)}")
    _check_times(wish)
    is_still, is_clear = suffix == ".png", not wish.background and suffix in (".png", ".webm")
    is_clear = is_clear or bool(wish.alpha)
    kind = KINDS.get((suffix, is_clear))
    if kind is None and not is_still:
        raise UserError(
            f"a film that ends in {suffix} cannot be transparent; name it .mov or .webm"
        )
    return Job(
        play.script.model_dump_json(),
        gestures,
        emotion,
        wish.path.with_name(wish.path.name + ".parts"),
        suffix,
        None if is_still else kind,
        wish.size_px,
        wish.fps,
        0,
        int(SEGMENT_S * wish.fps),
        wish.seed,
        None if is_clear else parse_colour(wish.background or SLATE),
        wish.warper,
        wish.crf,
        wish.preset,
        wish.conduct.rules(),
        play.folder,
    )


def _check_times(wish: Wish) -> None:
    if not 1 <= wish.fps <= MOST_FPS:
        raise UserError(f"a film has 1 to {MOST_FPS} pictures a second, not {wish.fps}")
    if wish.seconds is not None and not 0 < wish.seconds <= LONGEST_S:
        raise UserError(f"a film lasts up to {LONGEST_S:,.0f} seconds, not {wish.seconds:g}")


def _prepare(job: Job, play: Play, wish: Wish) -> None:
    """Make the folder of the parts; parts of another film, or of another version, go."""
    looks = [(part.name, part.avatar.author, part.voice, _look(part.avatar)) for part in play.parts]
    said = wish.voice, wish.seconds, sorted(play.catalogue.gestures.items()), play.files
    same = repr((__version__, replace(job, frames=0), looks, said))
    key = hashlib.sha256(same.encode()).hexdigest()
    note = job.folder / "film.txt"
    try:
        if job.folder.is_dir() and (not note.is_file() or note.read_text("utf-8") != key):
            if any(job.folder.iterdir()) and not note.is_file():
                raise UserError(f"{job.folder} is a folder of something else; move it away")
            shutil.rmtree(job.folder)
        job.folder.mkdir(exist_ok=True)
        note.write_text(key, "utf-8")
    except OSError as error:
        raise UserError(f"cannot write to {job.folder}: {error.strerror}") from error


def _look(avatar: Avatar) -> str:
    """Give what tells an avatar from a repainted one."""
    pixels = hashlib.sha256()
    for layer in avatar.layers:
        for array in (layer.rgba, layer.mesh.vertices_px, layer.mesh.triangles):
            pixels.update(array.tobytes())
        plain = {k: v for k, v in _fields(layer).items() if k not in ("rgba", "mesh")}
        pixels.update(repr(plain).encode())
    arrays = ("layers", "vertices_px", "uv", "layer_slices")
    return pixels.hexdigest() + repr({k: v for k, v in _fields(avatar).items() if k not in arrays})


def _fields(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _draw(job: Job, jobs: int, progress: Callable[[int], None]) -> None:
    """Draw the segments that are not there yet. Raises UserError for what cannot be written."""
    left = [number for number in range(job.segments) if not job.file(number).exists()]
    counts = {n: len(job.range(n)) for n in range(job.segments) if n not in left}
    progress(sum(counts.values()))
    if not jobs:
        _draw_here(job, left, counts, progress)
        return
    shares = [share for share in _shares(left, max(1, min(jobs, len(left) or 1))) if share]
    services = [Service(f"film {i}", segments.make, job, room=len(s)) for i, s in enumerate(shares)]
    tickets: list[dict[int | None, int]] = []
    try:
        for service, share in zip(services, shares, strict=True):
            tickets.append({service.ask(number): number for number in share})
            service.worker.start()
        open_ends = len(left)  # a segment is there when its task is done, not with its last picture
        while open_ends:
            for service, numbers in zip(services, tickets, strict=True):
                reply = service.take(TAKE_S / len(services))
                if reply is not None:
                    _take(reply, numbers, counts)
                    open_ends -= reply.end == "done"
                    progress(sum(counts.values()))
                error = service.worker.error
                if isinstance(error, ProcessFailed):
                    raise UserError(f"a process that draws ended: {str(error).splitlines()[-1]}")
                if error is not None:
                    raise error
    finally:
        for service in services:
            service.worker.ask_to_stop()
        for service in services:
            service.worker.join(5.0)


def _draw_here(
    job: Job, left: list[int], counts: dict[int, int], progress: Callable[[int], None]
) -> None:
    with closing(segments.Drawer(job)) as drawer:
        for number in left:
            for done in drawer.draw(number):
                counts[number] = done
                progress(sum(counts.values()))


def _shares(left: list[int], jobs: int) -> list[list[int]]:
    """Give each process a run of its own: what lies before it, it performs without drawing."""
    size = -(-len(left) // jobs)
    return [left[i : i + size] for i in range(0, len(left), max(1, size))]


def _take(reply: Reply[int], numbers: dict[int | None, int], counts: dict[int, int]) -> None:
    if reply.end == "failed":
        reason = reply.trouble.strip().splitlines()[-1]
        raise UserError(reason.partition("UserError: ")[-1] or f"a picture failed: {reason}")
    if reply.end == "lost":
        raise UserError("a process that drew was ended from outside; the same command goes on")
    if reply.result is not None:
        counts[numbers[reply.ticket]] = reply.result


def _finish(
    job: Job, play: Play, path: Path, rehearsal: Rehearsal, say: Callable[[str], None]
) -> Path:
    """Put the film together, give it its name, and write its subtitles; give where it is."""
    subtitles = [path.with_name(f"{path.stem}.{kind}") for kind in ("srt", "vtt")]
    sound, seconds = rehearsal.speech.sound(rehearsal.seconds), rehearsal.seconds
    titles = [s.text for s in play.script.walk() if isinstance(s, Title)]
    files = [job.file(number) for number in range(job.segments)]
    said = captions(rehearsal.cued, seconds)
    if job.kind is None:
        path = path.with_name(path.stem)
        whole = job.folder / "whole"
        collect(files, whole, sound if said else None)
    else:
        whole = job.folder / f"whole{job.suffix}"
        marks = chapters(rehearsal.cued, seconds)
        put_together(files, whole, job.fps, sound, "".join(titles[:1]), marks)
    for old in subtitles:
        put_aside(old, lambda sentence: None)
    if said:
        for file, text in zip(subtitles, (srt(said, len(play.parts) > 1), vtt(said)), strict=True):
            write_whole(file, text.encode())
    put_aside(path, say)
    whole.rename(path)
    shutil.rmtree(job.folder)
    return path
