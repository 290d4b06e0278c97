"""Do bad readers, garbage and a full disk slow a show down, or make it grow?

    python benchmarks/endurance.py [--minutes N] [--size WxH] [--nice N] [--json]

The outputs of a show, for OBS, the web page and a film, get pictures that were drawn before, 30 a
second, while everybody is as bad to them as they can be. Beside them runs a ticker that has nothing
to do. What is asked: no more beats are late than the ticker's, to within 1 in 100; memory is flat;
and one good reader gets its pictures throughout. The trouble takes turns, 20 s each:

calm        one good reader, as always
stalled     readers that connect and read nothing
dying       readers that come, read a little, and die
crowd       20 readers at once
garbage     noise on every port, half requests, endless heads, broken frames, foreign origins

The disk is full every few MB: no file may grow further (RLIMIT_FSIZE), so the film breaks off and
goes on in another file, again and again.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

FPS, TURN_S = 30, 20.0
WARM_S = 30.0  # until memory counts
MOST_LATE, MOST_GROWTH = 0.01, 0.03  # of beats, more than the ticker's; of memory
LEAST_GOOD = 0.9  # of the pictures that were sent, for the good reader
FILE_BYTES = 4 << 20
BEATS = """
import dataclasses, json, sys, time
from vtuber import Engine
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.ticker import Ticker
from vtuber.shows.live.sinks import Sinks, parse_outputs
from vtuber.shows.watch import Watch
seconds, width, height, *outputs = sys.argv[1:]
size, clock, pictures = (int(width), int(height)), SystemClock(), []
say = lambda sentence: print(sentence, file=sys.stderr, flush=True)
sinks = Sinks(parse_outputs(tuple(outputs), None, 30), size, clock, Meter(), say)
if outputs:
    with Engine(size_px=size) as engine:
        for _ in range(12):
            engine.wait(1 / 30)
            pictures.append(engine.draw())
sinks.open()
watch, ticker, late, last = Watch(sinks.watched, say), Ticker(clock, 30), [], -1
while last < float(seconds) * 30:
    beat = ticker.wait()
    late += [time.monotonic()] * (beat.index - last - 1)
    last = beat.index
    if outputs:
        picture = pictures[last % 12]
        now = {"captured_ns": beat.deadline_ns, "drawn_ns": beat.deadline_ns, "sequence": last}
        picture = dataclasses.replace(picture, **now)
        sinks.offer(picture, beat.deadline_ns)
        if last % 15 == 0:
            watch.look(beat.deadline_ns)
        if last == 0:
            say("begun")
sinks.close(picture if outputs else None, beat.deadline_ns)
print(json.dumps({"late": late, "sinks": sinks.report()}))
"""
READER = """
import socket, sys, time
taken, size = 0, int(sys.argv[2])
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sender:
    room = bytearray(1 << 20)
    while count := sender.recv_into(room):
        taken += count
        if sys.argv[3] == "tell":
            print(time.monotonic(), taken // size, flush=True)
"""


def main() -> int:
    """Read the flags, run, print; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--nice", type=int, default=0, help="below 0: before other programs")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    os.nice(flags.nice)
    report = endure(flags.minutes * 60, flags.size)
    print(json.dumps(report) if flags.json else table(report))
    return 0 if report["is_well"] else 1


def endure(seconds: float, size: str) -> dict:
    """Run everything for so long; give what came of it."""
    width, height = size.split("x")
    alpha, web, picture_bytes = free_port(), free_port(), int(width) * int(height) * 4
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        film = Path(folder) / "film.mp4"
        outputs = [f"alpha:port={alpha}", f"web:port={web}", f"record:path={film}"]
        troubled = stack.enter_context(beating(seconds, width, height, *outputs))
        until_open(web)
        ticker = stack.enter_context(beating(seconds, width, height))
        good = stack.enter_context(program(READER, str(alpha), str(picture_bytes), "tell"))
        got: list[str] = []
        listener = threading.Thread(target=lambda: got.extend(good.stdout or ()), daemon=True)
        listener.start()
        begin_s = time.monotonic()
        memory = under_fire(troubled, Targets(alpha, web, picture_bytes), seconds)
        reports = [json.loads(one.communicate()[0]) for one in (troubled, ticker)]
        good.kill()
        listener.join(5)
        pieces = len(list(Path(folder).glob("film*.mp4")))
    lines = [(float(line.split()[0]), int(line.split()[1])) for line in got if line.endswith("\n")]
    return judged(seconds, begin_s, reports, memory, lines, pieces)


def judged(
    seconds: float,
    begin_s: float,
    reports: list[dict],
    memory: dict[str, list[float]],
    got: list[tuple[float, int]],
    pieces: int,
) -> dict:
    """Lay what was measured beside what is asked."""
    troubled, ticker = (len(report["late"]) / (seconds * FPS) for report in reports)
    by_turn = [late_by_turn(report["late"], begin_s, seconds) for report in reports]
    samples = [mb for turn in memory.values() for mb in turn]
    calm = memory["calm"]
    begin, end = calm[len(calm) // 8], calm[-1]
    (first_s, _), (end_s, pictures) = (got[0], got[-1]) if got else ((0.0, 0), (seconds, 0))
    gaps_s = [later[0] - one[0] for one, later in itertools.pairwise(got)]
    good, sent = (
        pictures / max(end_s - first_s, 1.0),
        reports[0]["sinks"]["alpha"]["frames"] / seconds,
    )
    return {
        "seconds": seconds,
        "late": {"under_fire": round(troubled, 4), "ticker": round(ticker, 4)},
        "late_by_turn": {name: [turns[name] for turns in by_turn] for name in TROUBLES},
        "memory_mb": {"begin": begin, "end": end, "most": max(samples)},
        "good_reader": {
            "pictures_a_second": round(good, 1),
            "of_those_sent": round(good / sent, 3),
            "longest_gap_s": round(max(gaps_s, default=seconds), 2),
        },
        "sinks": reports[0]["sinks"],
        "film_pieces": pieces,
        "is_well": troubled - ticker <= MOST_LATE
        and end - begin <= MOST_GROWTH * begin
        and good >= LEAST_GOOD * sent,
    }


def late_by_turn(late_s: list[float], begin_s: float, seconds: float) -> dict[str, float]:
    """Give the share of late beats during each trouble."""
    counts = dict.fromkeys(TROUBLES, 0)
    spans = dict.fromkeys(TROUBLES, 0.0)
    names = list(TROUBLES)
    for turn in range(int(seconds / TURN_S) + 1):
        spans[names[turn % len(names)]] += max(0.0, min(TURN_S, seconds - turn * TURN_S))
    for moment_s in late_s:
        turn = int(max(0.0, moment_s - begin_s) / TURN_S)
        counts[names[turn % len(names)]] += 1
    return {name: round(counts[name] / max(spans[name] * FPS, 1), 4) for name in names}


def beating(seconds: float, *words: str) -> contextlib.AbstractContextManager[subprocess.Popen]:
    """Run beats with outputs, whose files cannot grow beyond a few MB."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))

    return program(BEATS, str(seconds), *words, preexec_fn=limit)


@contextlib.contextmanager
def program(code: str, *words: str, **more) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, **more
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Targets:
    """The ports of a show, and the size of its pictures."""

    def __init__(self, alpha: int, web: int, picture_bytes: int) -> None:
        self.alpha, self.web, self.picture_bytes = alpha, web, picture_bytes


def under_fire(process: subprocess.Popen, at: Targets, seconds: float) -> dict[str, list[float]]:
    """Let every trouble take its turn, again and again; give the show's memory in MB by turn."""
    asked = psutil.Process(process.pid)
    memory: dict[str, list[float]] = {name: [] for name in TROUBLES}
    begin_s, turn = time.monotonic(), 0
    while process.poll() is None:
        name = list(TROUBLES)[turn % len(TROUBLES)]
        stop = threading.Event()
        trouble = threading.Thread(target=TROUBLES[name], args=(at, stop))
        trouble.start()
        end_s = begin_s + (turn + 1) * TURN_S
        while process.poll() is None and time.monotonic() < end_s:
            time.sleep(1.0)
            if time.monotonic() - begin_s > min(WARM_S, seconds / 4):
                with contextlib.suppress(psutil.Error):
                    rss = asked.memory_info().rss
                    memory[name] += [round(rss / 2**20, 1)] * bool(rss)  # 0: it has just ended
        stop.set()
        trouble.join()
        turn += 1
    return memory


def calm(at: Targets, stop: threading.Event) -> None:
    stop.wait()


def stalled(at: Targets, stop: threading.Event) -> None:
    """Connect, and read nothing."""
    with contextlib.ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(connected(at.alpha))
            web = stack.enter_context(connected(at.web))
            web.sendall(b"GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n")
            stack.enter_context(socket_of_page(at.web))
        stop.wait()


def dying(at: Targets, stop: threading.Event) -> None:
    """Come, read a little, and die by a reset."""
    while not stop.wait(0.2):
        for open_one in (lambda: connected(at.alpha), lambda: socket_of_page(at.web)):
            with contextlib.suppress(OSError), open_one() as one:
                one.recv(random.randrange(1, 100_000))
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def crowd(at: Targets, stop: threading.Event) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(program(READER, str(at.alpha), str(at.picture_bytes), "quiet"))
        stop.wait()


def garbage(at: Targets, stop: threading.Event) -> None:
    """Say what nobody should say."""
    noise = random.Random(0)
    while not stop.wait(0.05):
        port = noise.choice((at.alpha, at.web))
        words = noise.choice(
            (
                noise.randbytes(noise.randrange(1, 5000)),
                b"GET / HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n\r\n",
                b"GET /pictures HTTP/1.1\r\nX: " + b"y" * 20_000,
                b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n",
                b"\0" * 70_000,
            )
        )
        with contextlib.suppress(OSError), connected(port) as one:
            one.sendall(words)
            one.settimeout(0.05)
            one.recv(1000)
        with contextlib.suppress(OSError), socket_of_page(at.web) as page:
            page.sendall(noise.randbytes(200))


TROUBLES: dict[str, Callable[[Targets, threading.Event], None]] = {
    "calm": calm,
    "stalled": stalled,
    "dying": dying,
    "crowd": crowd,
    "garbage": garbage,
}


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def socket_of_page(port: int) -> socket.socket:
    """Open the page's web socket by hand."""
    one = connected(port)
    one.sendall(
        b"GET /pictures HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    return one


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def until_open(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError):
            connected(port).close()
            return
        time.sleep(0.1)
    raise SystemExit("the show did not open its port within a minute")


def table(report: dict) -> str:
    """Lay the report out for people."""
    late, memory, good = report["late"], report["memory_mb"], report["good_reader"]
    load = os.getloadavg()[0]
    lines = [
        f"{report['seconds']:.0f} s on {os.cpu_count()} cores, load {load:.0f} at the end",
        f"beats late: {late['under_fire']:.2%} under fire, {late['ticker']:.2%} of a bare ticker",
        f"memory: {memory['begin']} MB, at the end {memory['end']}, at most {memory['most']}",
        f"a good reader meanwhile: {good['pictures_a_second']} pictures a second, "
        f"{good['of_those_sent']:.1%} of those sent, longest gap {good['longest_gap_s']} s",
    ]
    for name, (ours, bare) in report["late_by_turn"].items():
        lines.append(f"  {name}: {ours:.2%} late, {bare:.2%} of the ticker")
    for name, sink in report["sinks"].items():
        lines.append(f"{name}: {sink['frames']} pictures, {sink['dropped']} dropped")
    lines.append(f"the film is in {report['film_pieces']} pieces")
    lines.append("all is well" if report["is_well"] else "NOT WELL")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
