"""How long does one beat of the heart take? Plays faces to an avatar that hangs on 200 springs.

    python benchmarks/advance.py [--json] [--avatar NAME] [--springs N]

CPU time of `Stage.advance` at 60 beats a second with 30 faces a second: filters of the performer,
idle motion, mix and physics. Nothing is drawn. `physics_ms` is the part of the springs.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import platform
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from vtuber import resources
from vtuber.animate.physics import Physics
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.avatar.strands import JOINTS
from vtuber.core.face import Face
from vtuber.core.picture import Picture
from vtuber.core.pose import Pose, PoseInput
from vtuber.core.scene import Scene, WarpField
from vtuber.stage import Inputs, Stage
from vtuber.warp.rig import Rig

BEATS, WARM_UP = 3000, 300


class NoRenderer:
    """Stands where the renderer would; nothing is drawn here."""

    def prepare(self, avatar: Avatar) -> Any: ...

    def load_by_steps(self, key: str, prepared: Any) -> Iterator[None]:
        yield

    def unload(self, key: str) -> None: ...

    def draw(self, scene: Scene, fields: tuple[WarpField, ...]) -> Picture:
        raise AssertionError("nothing is drawn here")

    def close(self) -> None: ...


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    parser.add_argument("--springs", type=int, default=200, help="at least so many")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    report = measure(load(resources.avatar_path(flags.avatar)), flags.springs)
    print(json.dumps(report, indent=None if flags.json else 2))


def measure(avatar: Avatar, springs: int = 200) -> dict[str, Any]:
    """Time the beats of an avatar that gets more locks until it has so many springs."""
    hairy = with_springs(avatar, springs)
    stage = Stage(NoRenderer(), Rig, (1280, 720))
    stage.cast("me", hairy)
    beats = [(round(i / 60 * 1e9), face(i)) for i in range(BEATS)]
    physics = Physics(hairy.strands)
    poses = [Pose.of(head(i)) for i in range(BEATS)]
    return {
        "machine": f"{os.cpu_count()} x {platform.processor() or platform.machine()}",
        "avatar": repr(avatar),
        "springs": len(hairy.strands.strands) * JOINTS,
        "advance_ms": cpu_ms(lambda i: stage.advance(beats[i][0], Inputs({"me": beats[i][1]}))),
        "physics_ms": cpu_ms(lambda i: physics.advance(beats[i][0], poses[i])),
    }


def with_springs(avatar: Avatar, springs: int) -> Avatar:
    """Hang copies of its hair onto an avatar, each on springs of its own."""
    hair = [layer for layer in avatar.layers if layer.group]
    layers, copies = list(avatar.layers), 0
    while len(avatar.strands.strands) * JOINTS < springs:
        copy = hair[copies % len(hair)]
        layers.append(dataclasses.replace(copy, name=f"more_{copies}", group=f"more_{copies}"))
        avatar, copies = dataclasses.replace(avatar, layers=tuple(layers)), copies + 1
    return avatar


def head(beat: int) -> dict[str, float]:
    """Give a head that is never still."""
    swing = math.tau * beat / 60
    return {
        "headYaw": 20 * math.sin(swing),
        "headPitch": 6 * math.sin(2 * swing),
        "headRoll": 8 * math.cos(swing),
        "jawOpen": 0.5 + 0.5 * math.sin(5 * swing),
    }


def face(beat: int) -> Face:
    """Give the newest face of a camera of 30 frames a second."""
    seen = beat // 2 * 2
    return Face(round(seen / 60 * 1e9), seen // 2, True, PoseInput.of(head(seen)))


def cpu_ms(do: Any) -> dict[str, float]:
    """Do something at each beat; median and 99th percentile of its CPU time."""
    times_ms = []
    for beat in range(BEATS):
        began = time.process_time_ns()
        do(beat)
        times_ms.append((time.process_time_ns() - began) / 1e6)
    kept = times_ms[WARM_UP:]
    return {f"p{rank}": round(float(np.percentile(kept, rank)), 3) for rank in (50, 99)}


if __name__ == "__main__":
    main()
