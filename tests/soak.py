"""Does a show survive whatever may happen to it? A fault every 20 s, in a real one.

    python tests/soak.py [--minutes N] [--turn S] [--only FAULT ...] [--video CLIP] [--size WxH]
                         [--json]

`vtuber run` plays a clip through the real tracker to an alpha reader and into a film, and faults
take turns (FAULTS). What is asked: it never ends, the reader waits for no picture longer than 2 s,
each fault is said once, the film has every picture but those of a full disk, and memory, threads,
open files and what OpenGL holds are at the end what they were after the second round of faults.
That takes four rounds, 15 minutes: before, it is not measured, and the report says so. Linux only:
a full disk is a limit of file sizes, and a lost context is one of EGL that is destroyed.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))  # as a script it would find its own folder only

from tests.soakfaults import FAULTS, FPS, JUMP_S, SUSPENDED_S, Show  # noqa: E402

WITHIN_S = 2.0  # the show goes on, or fails over
MOST_GROWTH = 0.02  # of memory, from the first round of all faults to the last
COUNTED = ("threads", "files", "gl_objects")
LAST_WORDS = 20  # sentences, of a show that crashed
MOST_SAID = 30  # sentences in the report
DATA = Path(os.environ.get("VTUBER_TEST_DATA", REPOSITORY / "../shared/data"))


def main() -> int:
    """Read the flags, run, print; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--video", type=Path, default=DATA / "video" / "lp_d9.mp4")
    parser.add_argument("--turn", type=float, default=20.0, metavar="S", help="of one fault")
    parser.add_argument("--only", nargs="+", choices=tuple(FAULTS), default=tuple(FAULTS))
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    if not flags.video.is_file():
        parser.error(f"no clip at {flags.video}; name one with a face by --video")
    report = soak(flags.minutes * 60, flags.turn, flags.video.resolve(), flags.size, flags.only)
    lines = table(report)
    print(json.dumps(report | {"table": lines}) if flags.json else lines)
    return 0 if report["is_well"] else 1


def soak(seconds: float, turn_s: float, clip: Path, size: str, faults: Sequence[str]) -> dict:
    """Run a show for so long, with a fault every turn; give what came of it."""
    turns, held, left_s = [], [], seconds
    with tempfile.TemporaryDirectory() as name:
        show = Show(Path(name), clip, size, seconds)
        try:
            show.until_begun()
            begin_s = time.perf_counter()
            words = f"begun: a fault every {turn_s:g} s for {seconds / 60:g} minutes"
            print(words, file=sys.stderr, flush=True)
            for number, fault in enumerate(itertools.cycle(faults)):
                end_s = begin_s + (number + 1) * turn_s
                left_s -= JUMP_S * (fault == "clock jumped")
                if end_s - begin_s > left_s - 5 or show.process.poll() is not None:
                    break
                done = turn(show, fault, end_s)
                if show.process.poll() == 0:  # it was late, and the show is over
                    break
                turns.append(done)
                told(number * turn_s, done)
                with contextlib.suppress(psutil.Error):
                    held.append(show.held())
            out = last_words(show, seconds)
        finally:
            show.process.kill()
            show.process.wait()
        code = show.process.returncode
        log = (show.folder / "soak.log").read_text(errors="replace")
        pieces = [frames_of(path) for path in sorted(show.folder.glob("film*.mp4"))]
        crashes = [path.name for path in show.folder.glob("crash-*")]
        said = [sentence for _, sentence in show.said]
    summary = json.loads(out) if out.strip() else None
    rounds = len(faults)
    return judged(seconds, turns, held, summary, pieces, code, crashes, said, log, rounds)


def told(at_s: float, done: dict) -> None:
    """Tell who waits what was done."""
    back = f"all as before after {done['back_s']:.2f} s, " if done["back_s"] else ""
    line = f"{done['fault']}: {back}longest gap {done['gap_s']:.2f} s"
    print(f"{int(at_s) // 60:3}:{int(at_s) % 60:02}  {line}", file=sys.stderr, flush=True)


def last_words(show: Show, seconds: float) -> str:
    """Wait for the end of the show and give its summary; its sentences another thread reads."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        show.process.wait(seconds + 60)
    assert show.process.stdout is not None
    return show.process.stdout.read() if show.process.poll() is not None else ""


def turn(show: Show, name: str, end_s: float) -> dict:
    """Do one fault, and wait for the end of its turn."""
    do, words = FAULTS[name]
    begin_s = time.perf_counter()
    back_s = do(show)
    done_s = time.perf_counter()
    time.sleep(max(0.0, end_s - time.perf_counter()))
    seen = [at_s for at_s in show.seen_s if at_s >= begin_s - 1]
    gap_s = max((b - a for a, b in itertools.pairwise(seen)), default=float("inf"))
    if name == "suspended":
        gap_s = max(0.0, gap_s - SUSPENDED_S)
    return {
        "fault": name,
        "lasted_s": round(done_s - begin_s, 2),
        "back_s": round(back_s, 2),
        "gap_s": round(gap_s, 2),
        "said": show.count(words, begin_s),
    }


def frames_of(path: Path) -> int:
    """Count the pictures of a film, all of them at its rate; -1 for one that does not play."""
    import av

    try:
        with av.open(str(path)) as film:
            stream = film.streams.video[0]
            times = [packet.pts * stream.time_base for packet in film.demux(stream) if packet.size]
    except av.FFmpegError:
        return -1
    times.sort()
    even = all(abs(float(b - a) * FPS - 1) < 0.01 for a, b in itertools.pairwise(times))
    return len(times) if even else -1


def judged(
    seconds: float,
    turns: list[dict],
    held: list[dict[str, float]],
    summary: dict | None,
    pieces: list[int],
    code: int,
    crashes: list[str],
    said: list[str],
    log: str,
    rounds: int = len(FAULTS),
) -> dict:
    """Lay what was measured beside what is asked."""
    full = [one for one in turns if one["fault"] == "disk full"]
    wanted = round(seconds * FPS)
    lost = wanted - sum(pieces)
    # While the disk is full, until the next film is begun, and the seconds that were not on it yet.
    excepted = round(sum(one["lasted_s"] + 2.0 for one in full) * FPS)
    # The least of each whole round after the first two, in which malloc finds its size.
    begins = range(2 * rounds, len(held) - rounds + 1, rounds)
    lows = [{n: min(one[n] for one in held[i : i + rounds]) for n in held[i]} for i in begins]
    settled, end = (lows[0], lows[-1]) if lows else ({}, {})
    growth = {name: round(end[name] / value - 1, 4) for name, value in settled.items() if value}
    late = [one for one in turns if one["gap_s"] > WITHIN_S]
    often = [one for one in turns if one["said"] > 1]
    checks = {
        "no crash": code == 0 and not crashes and "Traceback" not in "".join(said),
        "no gap over 2 s": not late,
        "each fault said once": not often,
        "all came back": all(one["back_s"] < float("inf") for one in turns),
        "the film is whole": -1 not in pieces and 0 <= lost <= excepted,
        "memory flat": growth.get("rss_mb", 0.0) <= MOST_GROWTH,
        "threads, files and OpenGL flat": not any(growth.get(n, 0.0) > 0.05 for n in COUNTED),
    }
    return {
        "seconds": seconds,
        "faults": by_fault(turns),
        "film": {"pieces": pieces, "wanted": wanted, "lost": lost, "excepted": excepted},
        "crashes": len(crashes) + (code != 0),
        "held": {"settled": settled, "end": end, "growth": growth, "is_known": len(lows) > 1},
        "rss_mb": [round(one["rss_mb"]) for one in held],
        "swaps": sum("now: " in sentence for sentence in said),
        "exit_code": code,
        "summary": summary,
        "last_words": said[-LAST_WORDS:] if code else [],
        "tracebacks_in_log": log.count("Traceback"),
        "said": dict(Counter(said).most_common(MOST_SAID)),
        "checks": checks,
        "is_well": all(checks.values()),
    }


def finite(seconds: float) -> float | None:
    """Give None for what never came: JSON has no infinity."""
    return round(seconds, 2) if math.isfinite(seconds) else None


def by_fault(turns: list[dict]) -> dict[str, dict]:
    """Give for each fault how often it was done, and the worst that came of it."""
    found = {}
    for name in dict.fromkeys(one["fault"] for one in turns):
        mine = [one for one in turns if one["fault"] == name]
        backs = [one["back_s"] for one in mine]
        found[name] = {
            "turns": len(mine),
            "back_s": {"median": finite(median(backs)), "most": finite(max(backs))},
            "gap_s": finite(max(one["gap_s"] for one in mine)),
            "said": max(one["said"] for one in mine),
        }
    return found


def table(report: dict) -> str:
    """Lay the report out for people."""
    lines = [f"{'fault':18}{'turns':>6}{'back s':>8}{'at most':>9}{'longest gap s':>15}{'said':>6}"]
    for name, one in report["faults"].items():
        times = (one["back_s"]["median"], one["back_s"]["most"], one["gap_s"])
        shown = ("never" if time_s is None else f"{time_s:.2f}" for time_s in times)
        cells = "".join(f"{cell:>{wide}}" for cell, wide in zip(shown, (8, 9, 15), strict=True))
        lines.append(f"{name:18}{one['turns']:6}{cells}{one['said']:6}")
    film, held = report["film"], report["held"]
    lines.append(
        f"film: {film['wanted']} pictures wanted, {film['lost']} not there, of which a full disk "
        f"excuses {film['excepted']}; pieces: {film['pieces']}"
    )
    for name, value in held["settled"].items() if held["is_known"] else ():
        lines.append(
            f"{name}: {value:.0f}, at the end {held['end'][name]:.0f} "
            f"({held['growth'].get(name, 0.0):+.1%})"
        )
    lines.append(
        f"crashes: {report['crashes']}; exit code {report['exit_code']}; "
        f"avatars swapped: {report['swaps']}"
    )
    for name, ok in report["checks"].items():
        is_open = "flat" in name and not held["is_known"]
        word = "open  " if is_open else "ok    " if ok else "FAILED"
        lines.append(f"{word}  {name}" + (" (it takes four rounds of faults)" if is_open else ""))
    lines += [f"        {words}" for words in report["last_words"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
