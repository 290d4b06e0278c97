"""`vtuber track`: what a face does, frame by frame."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from vtuber import plugins
from vtuber.cli.arguments import positive, within
from vtuber.cli.signals import on_stop
from vtuber.core.errors import UserError
from vtuber.core.ranges import FIELD_OF_VIEW_DEG, PREDICT_S, SMOOTHING, Range

if TYPE_CHECKING:
    from vtuber.core.face import Face
    from vtuber.shows.faces.plot import Plot

PROGRESS_S = 0.5
PREDICT_MS = Range(PREDICT_S.low * 1000, PREDICT_S.high * 1000, PREDICT_S.default * 1000)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write one JSON line per frame: frame, t_s, found, pose (every named value: degrees, cm "
        "and 0..1; absolute, not mirrored, filtered), track_ms. Ctrl-C ends it and keeps the lines."
    )
    parser.epilog = """\
examples:
  vtuber track clip.mp4 -o faces.jsonl           then: vtuber run --replay faces.jsonl
  vtuber track clip.mp4 --plot out.png           what the filter does"""
    parser.add_argument(
        "input", metavar="INPUT", help="a clip, a picture, or a camera: 0, a name or URL"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: standard output"
    )
    parser.add_argument(
        "--predict",
        type=within(PREDICT_MS),
        default=PREDICT_MS.default,
        metavar="MS",
        help=f"lead the head by this much, {PREDICT_MS}",
    )
    parser.add_argument("--seconds", type=positive, metavar="S", help="stop after this long")
    parser.add_argument(
        "--smoothing",
        type=within(SMOOTHING),
        metavar="N",
        help=f"{SMOOTHING}: 0 none, 1 as measured, more is calmer; default: as in the settings",
    )
    parser.add_argument(
        "--fov",
        type=within(FIELD_OF_VIEW_DEG),
        metavar="DEG",
        help=f"the camera's vertical view, {FIELD_OF_VIEW_DEG}; default: as in the settings",
    )
    parser.add_argument(
        "--faces",
        type=int,
        choices=(1, 2),
        help="whom to follow; 2: the left one in the picture first, each with a line per frame "
        "(the second's holds performer: 2). Default: as in the settings",
    )
    parser.add_argument(
        "--tracker",
        metavar="NAME[:options]",
        help=f"{', '.join(plugins.names('track'))}; default: as in the settings",
    )
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file (TOML)")
    parser.add_argument(
        "--plot",
        type=Path,
        metavar="FILE",
        help="draw what the filter does to noise and delay: .png, .svg or .pdf",
    )


def _target(output: Path | None, plot: Path | None) -> AbstractContextManager[IO[str]]:
    """Open what the lines go into: nothing, where a plot was asked for and a terminal looks."""
    from vtuber.shows.files import whole_text

    if output is not None:
        return whole_text(output)
    if plot is not None and sys.stdout.isatty():
        return open(os.devnull, "w")
    return contextlib.nullcontext(sys.stdout)


def run(args: argparse.Namespace) -> int:
    from vtuber.settings import load
    from vtuber.shows.engine import smoothing_of
    from vtuber.shows.faces.plot import Plot
    from vtuber.shows.faces.track import track_faces, write_faces

    _check(args)
    flags = {
        "smoothing": args.smoothing,
        "camera.field_of_view_deg": args.fov,
        "faces": args.faces,
        "tracker": args.tracker,
    }
    settings = load(args.settings, {n: value for n, value in flags.items() if value is not None})
    if args.plot is not None and settings.faces > 1:
        raise UserError("--plot draws what one face does; give --faces 1 with it")
    plot = Plot(args.plot) if args.plot is not None else None
    stop = threading.Event()
    on_stop(stop.set)
    faces = track_faces(
        args.input,
        predict_s=args.predict / 1000,
        smoothing=smoothing_of(settings),
        field_of_view_deg=settings.camera.field_of_view_deg,
        faces=settings.faces,
        tracker=settings.tracker,
        seconds=args.seconds,
        stop=stop,
        measured=plot.add_measured if plot is not None else None,
    )
    if plot is not None:
        faces = _shown(faces, plot)
    progress = _Progress()
    with _target(args.output, args.plot) as file:
        frames, found, trouble = write_faces(faces, file, progress.show)
    progress.end(frames, found, trouble)
    if plot is not None:
        plot.save()
        print(f"{args.plot} shows what the filter does", file=sys.stderr)
    return 0


def _shown(faces: Iterator[Face], plot: Plot) -> Iterator[Face]:
    for face in faces:
        plot.add_filtered(face)
        yield face


def _check(args: argparse.Namespace) -> None:
    from vtuber.shows.files import is_same_file

    if args.output is not None and is_same_file(Path(args.input), args.output):
        raise UserError(f"{args.output} is the input; name another file for the lines")


class _Progress:
    """One line on a terminal that counts on; elsewhere, one sentence at the end."""

    def __init__(self) -> None:
        self._begin_s = self._said_s = time.monotonic()
        self._is_shown = sys.stderr.isatty()

    def show(self, frames: int) -> None:
        now_s = time.monotonic()
        if self._is_shown and now_s - self._said_s > PROGRESS_S:
            self._said_s = now_s
            rate = frames / (now_s - self._begin_s)
            print(f"\r{frames} frames, {rate:.0f} a second ", end="", file=sys.stderr, flush=True)

    def end(self, frames: int, found: int, trouble: str) -> None:
        start = "\r\x1b[K" if self._is_shown else ""
        note = f"; {trouble}" if trouble else ""
        print(f"{start}{_counted(frames, found)}{note}", file=sys.stderr)


def _counted(frames: int, found: int) -> str:
    """Say what was found in so many frames.

    >>> _counted(1, 0), _counted(1, 1), _counted(9, 4)
    ('1 frame, no face in it', '1 frame, a face in it', '9 frames, a face in 4 of them')
    """
    if frames == 1:
        return f"1 frame, {'a' if found else 'no'} face in it"
    return f"{frames} frames, a face in {found} of them"
