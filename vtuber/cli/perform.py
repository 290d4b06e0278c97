"""`vtuber perform`: a script, checked, live, or as a film."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from vtuber.cli.announcer import TerminalAnnouncer
from vtuber.cli.arguments import positive, rate, size, whole
from vtuber.cli.signals import on_stop
from vtuber.control.terminal import give_back
from vtuber.core.errors import UserError
from vtuber.warp.warpers import DEFAULT, WARPERS

if TYPE_CHECKING:
    from vtuber.shows.film.rehearsal import Rehearsal
    from vtuber.shows.film.render import Progress
    from vtuber.shows.plays.casting import Play


# One a core: a process draws on two threads, but encodes on what they leave of them.
JOBS = min(os.cpu_count() or 1, 8)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = """\
examples:
  vtuber perform news.puppet --check             every fault, as file:line:column
  vtuber perform news.puppet                     live
  vtuber perform news.puppet --camera 0          live, with your face for the first of the cast
  vtuber perform news.puppet --render news.mp4   a film, with subtitles beside it"""
    parser.add_argument(
        "script", type=Path, nargs="?", metavar="FILE", help="a .puppet, or its JSON twin"
    )
    parser.add_argument("--check", action="store_true", help="say every fault, and do nothing more")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of scripts")
    parser.add_argument(
        "--timeline", type=Path, metavar="FILE", help="when everything happens: .json or .svg"
    )
    parser.add_argument("--render", type=Path, metavar="FILM", help=".mp4 .mkv .mov .webm .png")
    live = parser.add_argument_group("live", "without --check, --timeline or --render it is live")
    live.add_argument("--camera", metavar="0|URL", help="a face that plays the first of the cast")
    live.add_argument("--video", metavar="CLIP", help="the same, from a film instead of a camera")
    live.add_argument("--replay", metavar="FILE", help="the same, from recorded faces")
    live.add_argument("--output", action="append", metavar="NAME", help="as for `vtuber run`")
    live.add_argument("--record", metavar="FILM", help="a film of the live show")
    live.add_argument(
        "--record-script", type=Path, metavar="FILE.puppet", help="write the show down as a script"
    )
    live.add_argument("--speaker", metavar="NAME", help="default, silent, mic, or a device's name")
    parser.add_argument("--size", type=size, default=(1280, 720), metavar="WxH")
    parser.add_argument("--fps", type=rate, default=Fraction(30), help="default: 30")
    parser.add_argument("--background", default="", metavar="COLOUR")
    parser.add_argument("--alpha", choices=("mov", "webm", "png"), default="", help="transparent")
    parser.add_argument("--seed", type=whole, default=0, help="of chance, if the script has none")
    parser.add_argument("--seconds", type=positive, help="end after so long, at the latest")
    parser.add_argument(
        "--jobs", type=whole, default=JOBS, help="processes that draw; default: cores"
    )
    parser.add_argument("--voice", default="", help="of those who have none in the script")
    parser.add_argument(
        "--no-emotion", action="store_true", help="a line without a direction shows no feeling"
    )
    parser.add_argument(
        "--settings", type=Path, metavar="FILE", help="a film takes its [conduct], a live show all"
    )
    parser.add_argument("--gestures", type=Path, action="append", default=[], metavar="FILE.toml")
    parser.add_argument("--warper", choices=WARPERS, default=DEFAULT, help=f"default: {DEFAULT}")


def run(args: argparse.Namespace) -> int:
    from vtuber.script.ending import may_not_end
    from vtuber.shows.plays.casting import FaultyScript, read_play
    from vtuber.shows.talk.conduct import conduct_of, warnings

    if args.schema:
        from vtuber.script.statements import Script

        print(json.dumps(Script.json_schema(), indent=1))
        return 0
    if args.script is None:
        raise UserError("name a script: vtuber perform FILE.puppet --check")
    try:
        play = read_play(args.script, args.gestures, not args.no_emotion)
    except FaultyScript as error:
        print(error, file=sys.stderr)
        return 2
    conduct = conduct_of(args.settings)
    if args.check:
        for warning in warnings(play.script, conduct):
            print(warning, file=sys.stderr)
        endless = may_not_end(play.script)
        if endless:
            print(f"it may not end, so its film needs --seconds: {endless}", file=sys.stderr)
        print(f"{args.script}: no fault in {len(list(play.script.walk()))} statements")
        return 0
    if not play.script.statements:
        raise UserError(f"{args.script} holds no statement; what is said is written: NAME: text")
    if args.render is None and args.timeline is None:
        return _live(args, play)
    from vtuber.shows.film.render import Wish, rehearsed, render
    from vtuber.shows.film.timeline import check_name, write_timeline

    wish = Wish(
        args.render or Path(), args.size, args.fps, args.alpha, args.background, args.seed,
        args.seconds, args.jobs, args.voice, args.warper, conduct=conduct,
    )  # fmt: skip
    bar = _Bar()

    def known(rehearsal: Rehearsal) -> None:
        if args.timeline is not None:
            write_timeline(rehearsal, args.timeline)
            bar.say(args.timeline)

    if args.timeline is not None:
        check_name(args.timeline)
    try:
        if args.render is None:
            known(rehearsed(play, wish, bar.say, bar))
        else:
            gestures = tuple(args.gestures)
            bar.say(render(play, wish, bar.say, bar, gestures, not args.no_emotion, known))
    except KeyboardInterrupt:
        print("\ninterrupted; the same command goes on from here", file=sys.stderr)
        return 130
    return 0


def _live(args: argparse.Namespace, play: Play) -> int:
    """Perform it in a live show, until its last line."""
    from vtuber.shows.live.assemble import Wishes, assemble

    voices = [part.voice for part in play.parts if part.voice]
    flags = {
        "size": args.size,
        "fps": float(args.fps),
        "warper": args.warper,
        "background": args.background or None,
        "outputs": args.output and tuple(args.output),
        "camera.device": args.camera,
        "voice.engine": args.voice or "".join(voices[:1]) or None,
        "voice.speaker": args.speaker,
        "voice.oldest_s": 3600.0,  # a line of a script waits as long as it takes
    }
    asked = {name: value for name, value in flags.items() if value is not None}
    with TerminalAnnouncer(sys.stdout) as announcer:
        wishes = Wishes(
            asked, args.settings, args.video, args.replay, args.record,
            record_script=args.record_script,
        )  # fmt: skip
        show = assemble(wishes, announcer.say, announcer.status, play=play)
        on_stop(show.stop.set)
        try:
            summary = show.run(args.seconds)
        finally:
            give_back()
    return 1 if summary["failed"] else 0


class _Bar:
    """Shows how far a film is, and how long it will take, where somebody looks."""

    def __init__(self) -> None:
        self._begun_s = time.perf_counter()
        self._first: float | None = None
        self._is_shown = False

    def __call__(self, progress: Progress) -> None:
        if not sys.stderr.isatty():
            return
        if progress.total is None:
            text = f"{progress.stage} {progress.done:.0f} s"
        else:
            text = self._left(progress, progress.total)
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
        self._is_shown = True

    def say(self, what: object) -> None:
        """Print something in the bar's place."""
        if self._is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._is_shown = False
        print(what, flush=True)

    def _left(self, progress: Progress, total: float) -> str:
        if self._first is None:
            self._first, self._begun_s = progress.done, time.perf_counter()
        rate = (progress.done - self._first) / max(1e-3, time.perf_counter() - self._begun_s)
        left = f", {(total - progress.done) / rate:.0f} s left" if rate else ""
        bar = ("#" * round(30 * progress.done / total)).ljust(30, ".")
        return f"[{bar}] {progress.done:.0f} of {total:.0f} s, {rate:.1f} x real time{left}"
