"""`vtuber track`: what a face does, frame by frame."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import IO

from vtuber.cli.arguments import positive
from vtuber.core.errors import UserError

PROGRESS_S = 0.5


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write one JSON line per frame: frame, t_s, found, pose (every named value: degrees, cm "
        "and 0..1; absolute, not mirrored, filtered), track_ms."
    )
    parser.add_argument("input", metavar="INPUT", help="a clip, a picture, or a camera: 0 or URL")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: standard output"
    )
    parser.add_argument(
        "--predict", type=positive, default=0.0, metavar="MS", help="lead the head by this much"
    )
    parser.add_argument("--seconds", type=positive, metavar="S", help="stop after this long")
    parser.add_argument(
        "--smoothing", type=float, default=1.0, metavar="N", help="0 none, 1 as measured, 2 calmer"
    )
    parser.add_argument(
        "--fov", type=positive, default=63.0, metavar="DEG", help="the camera's vertical view"
    )


def run(args: argparse.Namespace) -> int:
    if not 0 <= args.smoothing <= 10:
        raise UserError(f"--smoothing is {args.smoothing:g}; give 0 to 10")
    if args.output is None:
        _write(args, sys.stdout)
        return 0
    part = args.output.with_name(args.output.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            _write(args, file)
        os.replace(part, args.output)
    except OSError as error:
        raise UserError(f"cannot write {args.output}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return 0


def _write(args: argparse.Namespace, file: IO[str]) -> None:
    from vtuber.shows.track import track
    from vtuber.track.facelog import face_row

    begin_s = said_s = time.monotonic()
    frames = found = first_ns = newest_ns = 0

    def is_enough() -> bool:
        return args.seconds is not None and (newest_ns - first_ns) / 1e9 >= args.seconds

    is_shown = sys.stderr.isatty()
    for face in track(
        args.input,
        predict_s=args.predict / 1000,
        smoothing=args.smoothing,
        field_of_view_deg=args.fov,
        is_enough=is_enough,
    ):
        if not frames:
            first_ns = face.captured_ns
        newest_ns = face.captured_ns
        frames += 1
        found += face.found
        file.write(json.dumps(face_row(face, first_ns), separators=(",", ":")) + "\n")
        if is_shown and time.monotonic() - said_s > PROGRESS_S:
            said_s = time.monotonic()
            rate = frames / (said_s - begin_s)
            print(f"\r{frames} frames, {rate:.0f} a second ", end="", file=sys.stderr, flush=True)
    end = "\r" if is_shown else ""
    print(f"{end}{frames} frames, a face in {found} of them", file=sys.stderr)
