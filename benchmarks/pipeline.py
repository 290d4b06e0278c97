"""What does a whole show cost? Tracking, drawing and the alpha output at 30 a second, 1280x720.

    python benchmarks/pipeline.py [--json] [--seconds S] [--video CLIP]

`show_cpu_ms` is the CPU time of the whole program for each picture (the reader of the output is
another process), `draw_cpu_ms` that of drawing alone, in the same run. How long a show takes to
begin: `benchmarks/start.py`.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
from latency import clip  # beside this file

from vtuber.runtime.priority import hurried
from vtuber.shows.bench.latency import Asked, measure
from vtuber.shows.plays.scripted import Engine

FPS = 30.0
DRAWN, WARM_UP = 90, 20


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--video", default=clip(), help="a clip with a face")
    flags = parser.parse_args()
    with hurried():
        asked = Asked(fps=FPS, seconds=flags.seconds, video=flags.video)
        report = measure(asked, lambda sentence: None)
    alpha = report["sinks"]["alpha"]
    shown = {
        "machine": report["machine"],
        "tracker": report["asked"]["tracker"],
        "fps": report["fps"],
        "late_beats": report["late_beats"],
        "bare_ticker": report["bare_ticker"],
        "cpu_percent": report["cpu_percent"],
        "show_cpu_ms": round(report["cpu_percent"] * 10 / max(report["fps"], 1.0), 2),
        "draw_cpu_ms": draw_cpu_ms(),
        "latency_ms": alpha["latency_ms"],
        "peak_rss_mb": report["peak_rss_mb"],
    }
    print(json.dumps(shown, indent=None if flags.json else 2))


def draw_cpu_ms() -> float:
    """Draw a moving avatar again and again; give the median CPU time of a picture."""
    times_ms = []
    with Engine() as engine:
        for number in range(WARM_UP + DRAWN):
            engine.pose({"headYaw": 20 * float(np.sin(number / 10)), "jawOpen": 0.5})
            engine.wait(1 / FPS)
            began = time.process_time()
            engine.draw()
            times_ms.append((time.process_time() - began) * 1e3)
    return round(float(np.median(times_ms[WARM_UP:])), 2)


if __name__ == "__main__":  # its readers are processes that import this file
    main()
