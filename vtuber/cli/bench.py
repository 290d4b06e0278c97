"""`vtuber bench`: what a show costs, and how late it is."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vtuber.cli.arguments import positive, size
from vtuber.core.errors import UserError
from vtuber.runtime.priority import hurried
from vtuber.shows.bench.rooms import ROOMS

SOAK = "Whether a show survives what may happen to it: a fault every 20 s."
LATENCY = "How late a motion is in the pixels that each output's reader gets."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "All but latency are benchmarks of a checkout: `vtuber bench render --quick`."
    whats = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, bench in BENCHES.items():
        bench.configure(whats.add_parser(name, help=bench.help, description=bench.help))


def run(args: argparse.Namespace) -> int:
    return BENCHES[args.what].do(args)


def _configure_latency(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sink",
        nargs="+",
        action="extend",
        metavar="NAME",
        help="null, alpha, web, virtualcam, record, or all; one run each. Default: alpha",
    )
    parser.add_argument("--size", type=size, default=(1280, 720), metavar="WxH")
    parser.add_argument("--fps", type=positive, default=60.0, metavar="N", help="default: 60")
    parser.add_argument("--seconds", type=positive, default=10.0, metavar="S", help="of each run")
    parser.add_argument("--avatar", default="default", metavar="NAME|PATH")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--video", metavar="FILE", help="a clip with a face, for the real tracker")
    source.add_argument("--camera", metavar="0|URL", help="a webcam, for the real tracker")
    parser.add_argument(
        "--camera-fps", type=positive, default=30.0, metavar="N",
        help="of the clip, or of the drawn camera; default: 30",
    )  # fmt: skip
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report with plots")
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def _latency(args: argparse.Namespace) -> int:
    from vtuber.shows.bench.ends import ENDS
    from vtuber.shows.bench.latency import Asked, measure

    sinks = tuple(args.sink or ("alpha",))
    if "all" in sinks:
        sinks = tuple(ENDS)
    asked = Asked(
        sinks, args.size, args.fps, args.seconds, args.avatar, args.video, args.camera,
        args.camera_fps,
    )  # fmt: skip
    if args.html is not None:
        _write(args.html, "")  # now, and not when all has been measured
    with hurried():  # as `vtuber run` does
        report = measure(asked, _told)
    if args.html is not None:
        from vtuber.shows.bench.page import html

        _write(args.html, html(report))
        _told(f"report: {args.html}")
    print(json.dumps(report) if args.json else _latencies(report))
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror or error}") from error


def _latencies(report: Mapping[str, Any]) -> str:
    asked, machine = report["asked"], report["machine"]
    lines = [
        f"{asked['size']} at {asked['fps']:g} a second, {asked['source']}, tracker: "
        f"{asked['tracker']}; {machine['cores']} cores, load {machine['load']}",
        "",
        f"{'ms to the reader':16}{'p50':>8}{'p95':>8}{'p99':>8}{'jitter':>8}{'waiting':>9}"
        f"{'late':>6}{'unseen':>8}  of",
    ]
    for name, told in report["sinks"].items():
        ranks = "".join(f"{told['latency_ms'].get(r, 0.0):8.1f}" for r in ("p50", "p95", "p99"))
        lines.append(
            f"{name:16}{ranks}{told['jitter_ms']:8.1f}{told['waiting']:9.0%}{told['late']:6}"
            f"{told['dropped']:8}  {told['frames']} frames"
        )
    for name, told in report["sinks"].items():
        lines += ["", *_stages(name, told)]
    return "\n".join(lines)


def _stages(name: str, told: Mapping[str, Any]) -> Sequence[str]:
    from vtuber.shows.bench.follow import STAGES

    lines = [f"{name:28}{'p50':>8}{'p95':>8}{'p99':>8}"]
    for stage, ranks in told["stages"].items():
        label = stage.replace("_", " ") + (" (waiting)" if STAGES[stage] else "")
        values = "".join(f"{ranks[r]:8.2f}" for r in ("p50", "p95", "p99"))
        lines.append(f"  {label:26}{values}")
    bare = told["bare_ticker"] or {}
    beats = bare.get("beats", 0) + bare.get("late_beats", 0)
    lines.append(
        f"  {told['fps']:.1f} beats a second, {told['late_beats']:.1%} late (a bare ticker: "
        f"{bare.get('late_beats', 0) / max(beats, 1):.1%}); {told['cpu_percent']:.0f} % of a core"
    )
    return lines


def _configure_room(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    held = parser.add_mutually_exclusive_group()
    held.add_argument(
        "--check", action="store_true", help="exit code 1 when a ratio is 15 %% above its record"
    )
    held.add_argument("--record", action="store_true", help="make these ratios the record")


def _rooms(args: argparse.Namespace) -> int:
    from vtuber.shows.bench import rooms

    names = tuple(ROOMS) if args.what == "all" else (args.what,)
    reports: dict[str, Any] = {}
    ratios: dict[str, float] = {}
    room_of: dict[str, str] = {}
    record = rooms.recorded()
    begin_s = time.perf_counter()
    for result in rooms.measure(names, args.quick, _told if len(names) > 1 else lambda words: None):
        reports[result.name] = result.report
        ratios |= result.ratios
        room_of |= dict.fromkeys(result.ratios, result.name)
        if not args.json:
            print("\n".join(_room(result, record)), flush=True)
    if len(names) > 1:
        _told(f"{len(names)} benchmarks in {time.perf_counter() - begin_s:.0f} s")
    worse = rooms.worse(ratios, record)
    if args.check and worse:  # a neighbour may have been to blame
        worse = rooms.worse(rooms.again(worse, room_of), record)
    said = [rooms.sentence(name, ratio, record[name]) for name, ratio in worse.items()]
    if args.json:
        print(json.dumps({"benchmarks": reports, "ratios": ratios, "worse": said}))
    if args.record:
        rooms.record(ratios)
    for sentence in said if args.check else ():
        print(sentence, file=sys.stderr)
    return 1 if args.check and worse else 0


def _room(result: Any, record: Mapping[str, float]) -> Sequence[str]:
    lines = [f"== {result.name}, {result.seconds:.0f} s"]
    lines += [f"{name}: {value}" for name, value in _flat(result.report)]
    for name, ratio in result.ratios.items():
        held = f" (record: {record[name]:g})" if name in record else ""
        lines.append(f"ratio {name}: {ratio:g}{held}")
    return [*lines, ""]


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, object]]:
    """Lay a tree out as lines.

    >>> _flat({"a": {"b": 1}, "c": 2})
    [('a.b', 1), ('c', 2)]
    """
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{name}.")
        else:
            found.append((before + name, value))
    return found


def _configure_soak(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=positive, default=30.0, metavar="N", help="default: 30")
    parser.add_argument("--video", type=Path, metavar="FILE", help="a clip with a face")
    parser.add_argument(
        "--only", nargs="+", metavar="FAULT", help='of all faults these: "avatars swapped"'
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def _soak(args: argparse.Namespace) -> int:
    from vtuber.shows.bench import rooms

    words = ["--video", str(args.video)] if args.video is not None else []
    words += ["--only", *args.only] if args.only else []
    report, lines = rooms.soak(args.minutes, words, None if args.json else _told)
    print(json.dumps(report) if args.json else lines)
    return 0 if report["is_well"] else 1


def _told(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Bench:
    """One thing that can be measured."""

    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    do: Callable[[argparse.Namespace], int]


BENCHES = {
    "latency": Bench(LATENCY, _configure_latency, _latency),
    **{
        name: Bench(room.help, _configure_room, _rooms)
        for name, room in ROOMS.items()
        if name != "latency"
    },
    "soak": Bench(SOAK, _configure_soak, _soak),
    "all": Bench("Every benchmark of the rooms, one after the other.", _configure_room, _rooms),
}
