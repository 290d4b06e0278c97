"""The rooms' own benchmarks under one roof: names in, one report out, ratios held to a record.

Each is a file in `benchmarks/` that prints one JSON object; they use the tests' references, so they
are in a checkout and not in a wheel. A ratio is what we take by what something else takes in the
same run, so that a busy machine does not show in it: less is better.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vtuber.core.errors import UserError
from vtuber.runtime.program import Program

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks"
RECORD = FOLDER / "ratios.json"
WORSE = 1.15  # times its record
LIMIT_S = 900.0


@dataclass(frozen=True, slots=True)
class Room:
    """One benchmark, and what of its report is held."""

    file: str
    help: str
    ratios: Callable[[Mapping[str, Any]], dict[str, float]]
    words: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()  # instead of `words`


def _p50(report: Mapping[str, Any], *names: str) -> float:
    found = report["sinks"]["alpha"]
    for name in names:
        found = found[name]
    return float(found["p50"])


def _outputs(report: Mapping[str, Any]) -> dict[str, float]:
    ms = {name: row["cpu_ms"] for name, row in report["outputs"].items()}
    return {
        "alpha nut / PyAV's NUT": ms["alpha nut"] / ms["rival: PyAV's NUT"],
        "web page / cv2 PNG": ms["web page"] / ms["rival: cv2 PNG over the socket"],
    }


HELD_OUTPUTS = (
    "alpha nut",
    "rival: PyAV's NUT",
    "web page",
    "rival: cv2 PNG over the socket",
)


def _started(report: Mapping[str, Any], one: str, other: str) -> float:
    return float(report["cpu_s"][one] / report["cpu_s"][other])


ROOMS = {
    "track": Room(
        "tracking.py",
        "How well and how dearly a face is measured.",
        lambda r: {"tracker / mediapipe's mesh alone": r["cpu"]["ms"] / r["cpu"]["mesh_ms"]},
        quick=("--only", "cpu"),
    ),
    "render": Room(
        "render.py",
        "What a picture costs, and how sharp it is.",
        lambda r: {"draw / cv2.remap": r["draw_ms"]["1280x720"]["cpu_p50"] / r["cv2_ms"]},
        quick=("--quick", "--seconds", "0.5"),
    ),
    "warp": Room(
        "warp.py",
        "What moving the vertices costs.",
        lambda r: {"network / exact rig": r["network_ms"]["p50"] / r["rig_ms"]["p50"]},
        quick=("--poses", "600"),
    ),
    "outputs": Room(
        "outputs.py",
        "What each output costs, beside the libraries' own ways.",
        _outputs,
        quick=("--pictures", "30", "--only", *HELD_OUTPUTS),
    ),
    "pipeline": Room(
        "pipeline.py",
        "What a whole show costs: processor and memory.",
        lambda r: {"show / drawing alone": r["show_cpu_ms"] / r["draw_cpu_ms"]},
        quick=("--seconds", "5"),
    ),
    "film": Room(
        "film.py",
        "How fast a script becomes a film, and what each of its pictures costs.",
        lambda r: {"film / drawing alone": r["cpu_ms"] / r["draw_cpu_ms"]},
        quick=("--seconds", "3", "--jobs", "2"),
    ),
    "start": Room(
        "start.py",
        "How long it takes from the command to the first picture.",
        lambda r: {"first picture / libraries": _started(r, "first_picture", "libraries")},
        quick=("--runs", "1"),
    ),
    "latency": Room(
        "latency.py",
        "How late a motion is in a reader's pixels.",
        lambda r: {"latency / drawing": _p50(r, "latency_ms") / _p50(r, "stages", "draw")},
        quick=("--seconds", "6"),
    ),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark said."""

    name: str
    report: Mapping[str, Any]
    ratios: Mapping[str, float]
    seconds: float


def measure(
    names: tuple[str, ...], is_quick: bool, say: Callable[[str], None] = lambda sentence: None
) -> Iterator[Result]:
    """Run benchmarks one after the other; `say` is told which. Raises UserError where there are
    none, or one fails.
    """
    if not all((FOLDER / ROOMS[name].file).is_file() for name in names):
        raise UserError(
            "the rooms' benchmarks are in a checkout of vtuber and not in what pip installs; "
            "clone it, or measure what a user sees: vtuber bench latency"
        )
    for number, name in enumerate(names, 1):
        room, begin_s = ROOMS[name], time.perf_counter()
        say(f"{name} ({number} of {len(names)}): {room.help}")
        words = room.quick if is_quick and room.quick else room.words
        report = _report_of(room.file, words)
        ratios = {what: round(ratio, 3) for what, ratio in room.ratios(report).items()}
        yield Result(name, report, ratios, round(time.perf_counter() - begin_s, 1))


def _report_of(file: str, words: tuple[str, ...]) -> Mapping[str, Any]:
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    with Program([sys.executable, str(FOLDER / file), "--json", *words], environment) as program:
        ended = program.wait(LIMIT_S)
    if ended is None:
        raise UserError(f"benchmarks/{file} did not end within {LIMIT_S:g} s")
    if ended.code:
        last = ended.err.strip().splitlines()[-1:] or [f"exit code {ended.code}"]
        raise UserError(f"benchmarks/{file} failed: {last[0]}")
    lines = ended.out.strip().splitlines()
    try:
        report: Mapping[str, Any] = json.loads(lines[-1] if lines else "")
    except ValueError as error:
        raise UserError(f"benchmarks/{file} printed no JSON object: {error}") from error
    return report


def soak(
    minutes: float, words: Sequence[str] = (), say: Callable[[str], None] | None = None
) -> tuple[Mapping[str, Any], str]:
    """Run the soak test for so long; give its report, and the same for people.

    `say` is told what is done to the show, as it is done.
    """
    script = FOLDER.parent / "tests" / "soak.py"
    if not script.is_file():
        raise UserError("the soak test is in a checkout of vtuber and not in what pip installs")
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    told = [sys.executable, str(script), "--minutes", str(minutes), "--json", *words]
    with Program(told, environment, say) as program:
        ended = program.wait(minutes * 60 + LIMIT_S)
    lines = ended.out.splitlines() if ended is not None else []
    if ended is None or not lines:
        last = ended.err.strip().splitlines()[-1:] if ended is not None else ["it did not end"]
        raise UserError(f"tests/soak.py failed: {''.join(last)}")
    report: Mapping[str, Any] = json.loads(lines[-1])
    return report, str(report["table"])


def recorded(path: Path | None = None) -> dict[str, float]:
    """Read the record; nothing when there is none yet. Raises UserError for a broken one."""
    path = path or RECORD
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): float(ratio) for name, ratio in table.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise UserError(f"cannot read the record {path}: {error}") from error


def record(ratios: Mapping[str, float], path: Path | None = None) -> None:
    """Put ratios into the record, beside those that are there."""
    path = path or RECORD
    table = {**recorded(path), **ratios}
    path.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def again(worse_ones: Mapping[str, float], names: Mapping[str, str]) -> dict[str, float]:
    """Measure once more what was worse, by the room of each ratio; the better one counts."""
    rooms = tuple(dict.fromkeys(names[ratio] for ratio in worse_ones))
    second = {k: v for result in measure(rooms, is_quick=True) for k, v in result.ratios.items()}
    return {name: min(ratio, second[name]) for name, ratio in worse_ones.items()}


def worse(ratios: Mapping[str, float], record: Mapping[str, float]) -> dict[str, float]:
    """Give the ratios that are more than 15 % above their record.

    >>> worse({"a / b": 0.6, "c / d": 1.1}, {"a / b": 0.5, "c / d": 1.0})
    {'a / b': 0.6}
    """
    return {n: ratio for n, ratio in ratios.items() if n in record and ratio > WORSE * record[n]}


def sentence(name: str, ratio: float, record: float) -> str:
    """Say what got worse.

    >>> sentence("a / b", 0.6, 0.5)
    'a / b: 0.6, 20 % worse than its record of 0.5'
    """
    return (
        f"{name}: {ratio:g}, {100 * (ratio / record - 1):.0f} % worse than its record of {record:g}"
    )
