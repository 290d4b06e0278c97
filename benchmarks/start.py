"""How long does the command take to start? Medians of whole processes, beside a bare Python.

    python benchmarks/start.py [--runs N] [--json]

`picture` is a show of one beat, from nothing to the picture handed to a sink, and its end.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time

PROGRAMS = {
    "python": ["-c", ""],
    "import_vtuber": ["-c", "import vtuber"],
    "help": ["-m", "vtuber", "--help"],
    "picture": ["-m", "vtuber", "run", "--output", "null", "--fps", "30", "--seconds", "0.03"],
}


def seconds(words: list[str]) -> float:
    """Run one program to its end."""
    started_s = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    return time.perf_counter() - started_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    medians = {}
    for name, words in PROGRAMS.items():
        seconds(words)  # warms the disk cache
        medians[name] = statistics.median(seconds(words) for _ in range(args.runs))
    if args.json:
        print(json.dumps({"start_s": {name: round(s, 3) for name, s in medians.items()}}))
        return
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    for name, median in medians.items():
        print(f"{name:14} {median:6.3f} s  {median / medians['python']:6.1f} x a bare Python")


if __name__ == "__main__":
    main()
