"""How long does it take to move the vertices? The network that ships, beside the exact rig.

    python benchmarks/warp.py [--json] [--avatar NAME] [--poses N]

CPU time of one pose of a lively bar, each way in turn on the same poses. How near the network is to
the rig: `vtuber warp eval`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time

import numpy as np
from render import performance  # beside this file

from vtuber import resources
from vtuber.avatar.bundle import load
from vtuber.warp.warpers import warper_called

WAYS = {"network": "network", "rig": "rig"}
POSES, WARM_UP = 3000, 100


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    parser.add_argument("--poses", type=int, default=POSES)
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    avatar = load(resources.avatar_path(flags.avatar))
    warpers = {name: warper_called(called)(avatar) for name, called in WAYS.items()}
    times_ms: dict[str, list[float]] = {name: [] for name in WAYS}
    for i in range(WARM_UP + flags.poses):
        pose = performance(i / 48)
        for name, warper in warpers.items():
            began_ns = time.process_time_ns()
            warper.warp(pose)
            times_ms[name].append((time.process_time_ns() - began_ns) / 1e6)
    report: dict[str, object] = {
        "machine": f"{os.cpu_count()} x {platform.processor() or platform.machine()}",
        "vertices": len(avatar.vertices_px),
    }
    for name, values in times_ms.items():
        report[f"{name}_ms"] = {
            f"p{rank}": round(float(np.percentile(values[WARM_UP:], rank)), 4) for rank in (50, 99)
        }
    print(json.dumps(report, indent=None if flags.json else 2))


if __name__ == "__main__":
    main()
