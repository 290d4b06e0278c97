"""How fast does a script become a film? 1280x720, 30 a second, beside its drawing alone.

    python benchmarks/film.py [--json] [--seconds S] [--script FILE] [--jobs 1 2]

`x_real_time` is seconds of the film by seconds of waiting, from the script's text to the file that
plays, with the start of the processes that draw: 1 must be, 2 is good. `cpu_s` is for each second
of the film, of all processes; `x_of_idle_cores` is what this machine would make of it, were nobody
else on it and every core at work. `stages_ms` are medians for a picture in one process: `advance`
moves everybody, `draw` rasters (of which `read_back_ms` is the copy out of OpenGL), `convert` lays
it over the background, `encode` makes YUV and H.264 of it (x264 has threads of its own: what it
does beside us is in `cpu_ms` alone). `voice_s` is what a second of speech takes to make. The ratio
is `cpu_ms`, all that a picture of a film costs, by `draw_cpu_ms`, drawing alone in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.runtime.clock import SystemClock
from vtuber.shows.bench.machine import describe
from vtuber.shows.film.lines import KeptLines
from vtuber.shows.film.recorded import RecordedSpeech
from vtuber.shows.film.rehearsal import moment_ns
from vtuber.shows.film.render import Wish, begun, render
from vtuber.shows.film.segments import Drawer, Job
from vtuber.shows.plays.casting import Play, read_play
from vtuber.shows.plays.performance import Performance
from vtuber.shows.plays.scripted import Engine

DEMO = Path(__file__).resolve().parents[1] / "tests" / "script" / "demo" / "demo.puppet"
DRAWN = 300


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    parser.add_argument("--seconds", type=float, default=20.0, help="of the film")
    parser.add_argument("--script", type=Path, default=DEMO)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--voice", default="", help="of those who have none in the script")
    flags = parser.parse_args()
    play = read_play(flags.script)
    with tempfile.TemporaryDirectory() as folder:
        wish = Wish(Path(folder) / "film.mp4", seconds=flags.seconds, voice=flags.voice)
        report = {"machine": describe(), "size_px": wish.size_px, "fps": float(wish.fps)}
        report |= stages(play, replace(wish, path=Path(folder) / "stages.mp4"))
        report["jobs"] = {str(jobs): whole(play, replace(wish, jobs=jobs)) for jobs in flags.jobs}
    print(json.dumps(report, indent=None if flags.json else 2))


def whole(play: Play, wish: Wish) -> dict[str, float]:
    """Render the film as its user does; give how long that took."""
    before_s, begin_s = cpu_s(), time.perf_counter()
    path = render(play, wish)
    took_s, spent_s = time.perf_counter() - begin_s, cpu_s() - before_s
    film_s = min(wish.seconds or 0.0, seconds_of(path))
    path.unlink()
    return {
        "film_s": round(film_s, 2),
        "seconds": round(took_s, 2),
        "fps": round(film_s * float(wish.fps) / took_s, 1),
        "x_real_time": round(film_s / took_s, 2),
        "cpu_s": round(spent_s / film_s, 3),
        "x_of_idle_cores": round((os.cpu_count() or 1) * film_s / spent_s, 2),
    }


def stages(play: Play, wish: Wish) -> dict[str, object]:
    """Speak and draw the film in this process; give where the time goes."""
    begin_s = time.perf_counter()
    job, rehearsal = begun(play, wish)
    spoken_s = time.perf_counter() - begin_s
    said_s = sum(len(line.samples) for line in rehearsal.speech.lines) / SAMPLE_RATE_HZ
    with closing(Drawer(job)) as drawer:
        begin_s = time.process_time()
        for number in range(job.segments):
            for _ in drawer.draw(number):
                pass
        spent_s = time.process_time() - begin_s
    return {
        "voice_s": round(spoken_s / max(said_s, 1e-3), 3),
        "stages_ms": {name: told["p50_ms"] for name, told in drawer.meter.percentiles().items()},
        "cpu_ms": round(spent_s * 1e3 / job.frames, 2),
        **drawing(play, job),
    }


def drawing(play: Play, job: Job) -> dict[str, float]:
    """Draw the same pictures and keep none; give what drawing one costs, and reading it back."""
    times_ms, read_ms = [], []
    with Engine(None, job.size_px) as engine:
        engine._stage._renderer._clock = SystemClock()  # of its stamps: a film's own clock stands
        performance = Performance(play, RecordedSpeech(KeptLines(job.folder)), engine, job.seed)
        for frame in range(min(job.frames, DRAWN)):
            performance.go_to(moment_ns(frame, job.fps))
            begin_s = time.process_time()
            picture = engine.draw()
            times_ms.append((time.process_time() - begin_s) * 1e3)
            read_ms.append((picture.drawn_ns - picture.rastered_ns) / 1e6)
    return {
        "draw_cpu_ms": round(statistics.median(times_ms), 2),
        "read_back_ms": round(statistics.median(read_ms), 2),
    }


def seconds_of(path: Path) -> float:
    import av

    with av.open(str(path)) as film:
        return float(film.streams.video[0].frames / film.streams.video[0].average_rate)


def cpu_s() -> float:
    """Give the CPU time of this process and of those that have ended, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":  # those who draw are processes that import this file
    sys.exit(main())
