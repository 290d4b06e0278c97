"""`vtuber run`: a live show."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber import plugins
from vtuber.cli.announcer import TerminalAnnouncer, announced_log
from vtuber.cli.arguments import positive
from vtuber.cli.signals import on_stop
from vtuber.control.terminal import give_back
from vtuber.core.errors import UserError
from vtuber.runtime import logfile
from vtuber.runtime.priority import hurried
from vtuber.shows.live.presets import LOW_POWER, QUALITY
from vtuber.warp.warpers import DEFAULT, WARPERS

if TYPE_CHECKING:
    from vtuber.runtime.meter import Note
    from vtuber.shows.live.show import Announcer, LiveShow


Say = Callable[[str], None]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = """\
examples:
  vtuber run --camera 0                          your webcam
  vtuber run --video me.mp4 --record show.mp4    a clip, and a film of the show
  vtuber run --avatar rowan --background navy    somebody else, before a colour
  vtuber run --output web --output virtualcam    exactly these outputs
  vtuber run --microphone default                your voice moves the mouth

Keys: h hide, c calibrate, m mirror, arrows move, + - zoom, [ ] rotate, r reset, o outfit, 0 \
neutral, 1-9 expressions, s skip what is said, x hush, q quit, ? lists them, with your own. \
Through a pipe: one command a line, such as `expression joy` or `avatar NAME`."""
    faces = parser.add_mutually_exclusive_group()
    faces.add_argument("--camera", metavar="0|URL", help="a webcam by number, or an IP camera")
    faces.add_argument(
        "--video",
        metavar="FILE[:loop=1]",
        help="a clip or a picture instead of a camera; `card`: a moving test card",
    )
    faces.add_argument("--replay", metavar="FILE", help="recorded faces instead of a camera")
    parser.add_argument(
        "--faces",
        type=int,
        choices=(1, 2),
        help="who perform in one picture; 2: the one on the left as you see yourselves is the "
        "first. Default: 1",
    )
    parser.add_argument(
        "--tracker",
        metavar="NAME[:options]",
        help=f"who finds faces: {', '.join(plugins.names('track'))}. Default: mediapipe",
    )
    parser.add_argument(
        "--avatar",
        action="append",
        metavar="NAME|PATH",
        help="default: default; a second one is for the second face",
    )
    parser.add_argument(
        "--background",
        metavar="COLOUR|FILE",
        help="behind the avatar, in every output: a colour, a picture or a video. Default: "
        "transparent",
    )
    parser.add_argument("--size", metavar="WxH", help="default: 1280x720")
    parser.add_argument("--fps", metavar="auto|N", help="default: auto, which is 60 or 30")
    presets = parser.add_mutually_exclusive_group()
    presets.add_argument(
        "--low-power",
        action="store_const",
        dest="preset",
        const=LOW_POWER,
        help="half of the processor: 960x540, 30 a second, no haste",
    )
    presets.add_argument(
        "--quality", action="store_const", dest="preset", const=QUALITY, help="1920x1080 at 60"
    )
    parser.add_argument("--warper", choices=WARPERS, help=f"default: {DEFAULT}")
    parser.add_argument(
        "--output",
        action="append",
        metavar="NAME[:options]",
        help=f"{', '.join(plugins.names('output'))}; repeatable. Default: web, alpha (for OBS), "
        "and a virtual camera if there is one",
    )
    parser.add_argument(
        "--record", metavar="FILE", help="also film it: .mp4, .mkv, .mov, .webm or .png"
    )
    parser.add_argument("--record-faces", type=Path, metavar="FILE", help="for --replay, later")
    parser.add_argument(
        "--record-script",
        type=Path,
        metavar="FILE.puppet",
        help="write the show down as a script, to perform again",
    )
    parser.add_argument(
        "--preview",
        action="store_true",
        help="show the camera's picture with what was found in it, on a page of this machine",
    )
    parser.add_argument(
        "--voice",
        metavar="NAME[:options]",
        help=f"who speaks: {', '.join(plugins.names('voice'))}; `vtuber voice list` says more",
    )
    parser.add_argument(
        "--speaker", metavar="NAME", help="where: default, silent, mic, or a device's name"
    )
    parser.add_argument(
        "--microphone",
        metavar="NAME",
        help="whose sound moves the mouth: default, or a name that `vtuber sounds` lists",
    )
    parser.add_argument("--seconds", type=positive, metavar="S", help="end after this long")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file (TOML)")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.add_argument(
        "--trace", type=Path, metavar="FILE", help="what every thread did when, for Perfetto (JSON)"
    )
    parser.add_argument(
        "--log",
        metavar="FILE|off",
        help=f"default: {logfile.default_path()}",
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="log the tracebacks of what failed"
    )


def run(args: argparse.Namespace) -> int:
    from vtuber.runtime.clock import SystemClock
    from vtuber.shows.live.crash import reported
    from vtuber.shows.live.show import Announcer
    from vtuber.shows.live.tracing import traced

    show: LiveShow | None = None
    with contextlib.ExitStack() as stack:
        if args.preset is not LOW_POWER:
            stack.enter_context(hurried())
        announcer = stack.enter_context(TerminalAnnouncer(sys.stderr if args.json else sys.stdout))
        if args.json or (sys.stdout.isatty() and sys.stderr.isatty()):  # the log is on the same
            stack.enter_context(announced_log(announcer))
        say, folder = _logged(args.log, announcer.say, stack)
        stack.enter_context(reported(folder, lambda: show.evidence() if show else None, say))
        note = stack.enter_context(traced(args.trace, SystemClock(), say)) if args.trace else None
        show = _show(args, Announcer(say, announcer.status), note)
        on_stop(show.stop.set)
        try:
            summary = show.run(args.seconds)
        finally:
            give_back()  # also when the thread that reads keys hangs
        if not args.json:
            say(_sentences(summary))
    if args.json:
        print(json.dumps(summary))
    return 1 if summary["failed"] else 0  # a film that is not whole


def _logged(asked: str | None, say: Say, stack: contextlib.ExitStack) -> tuple[Say, Path]:
    """Begin the log that was asked for; give what says and logs, and the folder of reports."""
    from vtuber.shows.live.crash import versions

    path = logfile.default_path() if asked in (None, "off") else Path(asked or "").expanduser()
    if asked == "off":
        return say, path.parent
    try:
        write = stack.enter_context(logfile.logged_to(path))
    except OSError as error:
        if asked is not None:
            raise UserError(f"cannot log to {path}: {error.strerror}; name another file") from error
        say(f"no log: cannot write {path}: {error.strerror}")
        return say, path.parent

    def both(sentence: str) -> None:
        say(sentence)
        write(sentence)

    write("; ".join(versions().splitlines()))
    return both, path.parent


def _show(args: argparse.Namespace, announcer: Announcer, note: Note | None) -> LiveShow:
    from vtuber.shows.live.assemble import Wishes, assemble

    avatars = args.avatar or ()
    faces = 2 if len(avatars) > 1 and args.faces is None else args.faces
    if len(avatars) > (faces or 2):
        raise UserError(f"--avatar is given {len(avatars)} times; there is one for each face")

    flags = dict(args.preset or {}) | {
        name: value
        for name, value in (
            *zip(("avatar", "second.avatar"), avatars, strict=False),
            ("faces", faces),
            ("tracker", args.tracker),
            ("background", args.background),
            ("size", args.size),
            ("fps", args.fps),
            ("warper", args.warper),
            ("outputs", args.output and tuple(args.output)),
            ("camera.device", args.camera),
            ("voice.engine", args.voice),
            ("voice.speaker", args.speaker),
            ("microphone", args.microphone),
        )
        if value is not None
    }
    wishes = Wishes(
        flags,
        args.settings,
        args.video,
        args.replay,
        args.record,
        args.record_faces,
        args.preview,
        args.record_script,
    )
    return assemble(wishes, announcer.say, announcer.status, note)


def _sentences(summary: dict[str, Any]) -> str:
    lines = [
        f"{summary['frames']} pictures in {summary['seconds']:.1f} s: {summary['fps']:.1f} a "
        f"second, {summary['late_beats']} skipped because they were late"
    ]
    track = summary["track"]
    if track["frames"]:
        lines.append(f"face found in {track['found']} of {track['frames']} frames")
    for name, sink in summary["sinks"].items():
        lines.append(
            f"{name}: {sink['frames']} pictures, {sink['dropped']} dropped, "
            f"{sink['delay_ms']:.0f} ms after the camera"
        )
    if obs := summary.get("obs"):
        did = f"{obs['scenes']} scenes, {obs['commands']} commands, {obs['woken']} woken"
        lines.append(f"OBS: {did}")
    steps = [
        f"{name} {stage['p50_ms']:.1f} ({stage['p95_ms']:.1f})"
        for name, stage in summary["stages"].items()
    ]
    if steps:
        lines.append(f"a step takes ms (19 of 20 stay below): {', '.join(steps)}")
    return "\n".join(lines)
