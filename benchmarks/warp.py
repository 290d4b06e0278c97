"""What does it cost to move the vertices? The network that ships, beside the exact rig.

    python benchmarks/warp.py [--json] [--avatar NAME] [--poses N]

CPU time of one pose of a lively bar, each way in turn on the same poses; and the memory that each
adds to a process that has loaded the avatar, each in processes of its own. How near the network is
to the rig: `vtuber warp eval`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time

import numpy as np
import psutil
from render import performance  # beside this file

from vtuber import resources
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.warp.warpers import warper_called

WAYS = ("network", "rig")
POSES, WARM_UP = 3000, 100
PROCESSES, MOVES = 5, 200  # for memory, of each way; poses of each


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    parser.add_argument("--poses", type=int, default=POSES)
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    parser.add_argument("--resident", metavar="WAY", help="print the bytes of a process, no more")
    flags = parser.parse_args()
    avatar = load(resources.avatar_path(flags.avatar))
    if flags.resident:
        print(resident(avatar, flags.resident))
        return
    warpers = {name: warper_called(name)(avatar) for name in WAYS}
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
    without, *held = (memory(flags.avatar, way) for way in ("none", *WAYS))
    report["adds_mb"] = {
        name: round((bytes_ - without) / 1e6, 1) for name, bytes_ in zip(WAYS, held, strict=True)
    }
    print(json.dumps(report, indent=None if flags.json else 2))


def resident(avatar: Avatar, way: str) -> int:
    """Move an avatar and give what this process holds then, in bytes; by the way `none` not."""
    import vtuber.stage  # noqa: F401  what a show imports anyway is not the warp's

    warper = None if way == "none" else warper_called(way)(avatar)
    for i in range(MOVES):
        pose = performance(i / 48)
        if warper is not None:
            warper.warp(pose)
    return int(psutil.Process().memory_info().rss)


def memory(avatar: str, way: str) -> float:
    """Give the median of what fresh processes hold that move an avatar, in bytes."""
    command = [sys.executable, __file__, "--avatar", avatar, "--resident", way]
    told = [subprocess.run(command, check=True, capture_output=True) for _ in range(PROCESSES)]
    return float(np.median([int(one.stdout) for one in told]))


if __name__ == "__main__":
    main()
