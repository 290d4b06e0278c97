"""`vtuber bench latency` finds its marks in what a real virtual camera gives."""

import json
import subprocess
import sys


def test_marks_are_found_in_the_pictures_of_a_virtual_camera() -> None:
    words = ["--sink", "virtualcam", "--size", "320x240", "--fps", "10", "--seconds", "6", "--json"]
    ended = subprocess.run(
        [sys.executable, "-m", "vtuber", "bench", "latency", *words],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)["sinks"]["virtualcam"]
    print(told["latency_ms"], told["frames"], told["dropped"])
    assert told["frames"] > 20
    assert 1 < told["latency_ms"]["p50"] < 3000
