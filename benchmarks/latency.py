"""How late is a motion in the pixels that a reader gets? The alpha output, at 60 and 1280x720.

    python benchmarks/latency.py [--json] [--seconds S] [--video CLIP]

The same as `vtuber bench latency --sink alpha`, which says more. The clip with a face is the test
data's (VTUBER_TEST_DATA, default ../shared/data) unless another is named; without any, frames are
drawn and no tracker works.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from vtuber.runtime.priority import hurried
from vtuber.shows.bench.latency import Asked, measure

REPOSITORY = Path(__file__).resolve().parent.parent


def clip() -> str | None:
    """Find the test data's clip."""
    folder = Path(os.environ.get("VTUBER_TEST_DATA", REPOSITORY / "../shared/data"))
    path = folder / "video" / "lp_d9.mp4"
    return str(path) if path.is_file() else None


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--fps", type=float, default=60.0)
    parser.add_argument("--video", default=clip(), help="a clip with a face")
    flags = parser.parse_args()
    asked = Asked(fps=flags.fps, seconds=flags.seconds, video=flags.video)
    with hurried():
        report = measure(asked, lambda sentence: None)
    for name in ("frames", "stages"):  # each output has its own
        report.pop(name)
    print(json.dumps(report, indent=None if flags.json else 2))


if __name__ == "__main__":  # its readers are processes that import this file
    main()
