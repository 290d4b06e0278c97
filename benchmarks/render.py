"""How long does one picture take, and how sharp is it? Draws a moving avatar, prints both.

    python benchmarks/render.py [--json] [--avatar NAME] [--seconds S]

CPU is that of all threads of the process, llvmpipe's among them. Warps are made beforehand: this
times the renderer; `advance_ms` is `Stage.advance` with 200 springs (`benchmarks/advance.py`).
`readback_ms` is part of the draw: what is left to do after the raster.
`longest_ms` is the CPU time of the worst beat, draw and all, of a zoom over two octaves and of a
change into another avatar, beside the median of its beats; `psnr_db` compares with pictures of four
times the width and height, averaged, in the box around the avatar.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time

import advance  # beside this file
import numpy as np

from vtuber import resources
from vtuber.avatar import bundle
from vtuber.avatar.avatar import Avatar
from vtuber.core.pose import Pose
from vtuber.core.scene import Actor, Placement, Scene, WarpField
from vtuber.render.context import finish
from vtuber.render.renderer import GlRenderer
from vtuber.runtime.clock import SystemClock
from vtuber.warp.rig import Rig

SIZES_PX = ((1280, 720), (640, 720), (1920, 1080))
FACTOR = 4  # of supersampling
POSES = 48


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    parser.add_argument("--seconds", type=float, default=3.0, help="per picture size")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    avatar = bundle.load(resources.avatar_path(flags.avatar))
    rig = Rig(avatar)
    poses = [performance(i / POSES) for i in range(POSES)]
    fields = [rig.warp(pose) for pose in poses]
    renderer = GlRenderer(SystemClock())
    renderer.load("avatar", avatar)
    report: dict[str, object] = {
        "machine": f"{os.cpu_count()} x {platform.processor() or platform.machine()}",
        "renderer": renderer.name,
        "avatar": repr(avatar),
        "triangles": sum(len(layer.mesh.triangles) for layer in avatar.layers),
        "draw_ms": {},
    }
    for size_px in SIZES_PX:
        scenes = [scene(pose, size_px, i) for i, pose in enumerate(poses)]
        timed = time_draws(renderer, scenes, fields, flags.seconds)
        report["draw_ms"]["{}x{}".format(*size_px)] = timed  # type: ignore[index]
        if size_px == SIZES_PX[0]:
            report["readback_ms"] = time_readback(renderer)
            report["longest_ms"] = {
                "zoom": time_zoom(renderer, avatar, rig),
                "change": time_change(renderer, avatar, rig),
            }
    report["psnr_db"] = {
        "{}x{}".format(*size_px): sharpness_db(renderer, size_px, rig) for size_px in SIZES_PX
    }
    report["advance_ms"] = advance.measure(avatar)["advance_ms"]["p50"]
    renderer.close()
    print(json.dumps(report, indent=None if flags.json else 2))


def performance(phase: float) -> Pose:
    """Give the pose at a phase 0..1 of one lively bar: turn, nod, gaze, blink, speech."""
    swing = 2 * np.pi * phase
    blink = float(np.clip(8 * np.cos(2 * swing) - 7, 0, 1))
    look = float(np.sin(swing + 1))
    return Pose.of(
        {
            "headYaw": 22 * np.sin(swing),
            "headPitch": 10 * np.sin(2 * swing),
            "headRoll": 8 * np.cos(swing),
            "jawOpen": float(np.clip(np.sin(5 * swing), 0, 1)),
            "eyeBlinkLeft": blink,
            "eyeBlinkRight": blink,
            "eyeLookOutLeft": max(look, 0),
            "eyeLookInRight": max(look, 0),
            "eyeLookInLeft": max(-look, 0),
            "eyeLookOutRight": max(-look, 0),
            "mouthSmileLeft": 0.5 + 0.5 * np.cos(swing),
            "mouthSmileRight": 0.5 + 0.5 * np.cos(swing),
            "breath": 0.5 + 0.5 * np.sin(swing),
        }
    )


def scene(pose: Pose, size_px: tuple[int, int], sequence: int) -> Scene:
    """Put one performer into a picture."""
    return Scene(0, 0, sequence, size_px, (Actor("me", "avatar", pose, Placement()),))


def time_draws(
    renderer: GlRenderer, scenes: list[Scene], fields: list[WarpField], seconds: float
) -> dict[str, float]:
    """Draw all poses over and over for some seconds, after one round of warming up."""
    for one, field in zip(scenes, fields, strict=True):
        renderer.draw(one, (field,))
    wall_ms, cpu_ms, deadline = [], [], time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        for one, field in zip(scenes, fields, strict=True):
            wall, cpu = time.perf_counter(), time.process_time()
            renderer.draw(one, (field,))
            wall_ms.append((time.perf_counter() - wall) * 1e3)
            cpu_ms.append((time.process_time() - cpu) * 1e3)
    times = {"wall": wall_ms, "cpu": cpu_ms}
    return {
        f"{name}_p{rank}": round(float(np.percentile(values, rank)), 2)
        for name, values in times.items()
        for rank in (50, 99)
    }


def time_zoom(renderer: GlRenderer, avatar: Avatar, rig: Rig) -> dict[str, float]:
    """Let an avatar that was just loaded shrink to a quarter."""
    for _ in renderer.load_by_steps("zoomed", renderer.prepare(avatar)):
        pass
    field, times_ms = (rig.warp(Pose.rest()),), []
    for i, size in enumerate(np.geomspace(1.0, 0.25, 30)):
        actor = Actor("me", "zoomed", Pose.rest(), Placement(scale=float(size)))
        began = time.process_time()
        renderer.draw(Scene(0, 0, i, SIZES_PX[0], (actor,)), field)
        times_ms.append((time.process_time() - began) * 1e3)
    renderer.unload("zoomed")
    return worst_and_median(times_ms)


def time_change(renderer: GlRenderer, avatar: Avatar, rig: Rig) -> dict[str, float]:
    """Load an avatar in steps while another is drawn, then draw the new one."""
    prepared, pose = renderer.prepare(avatar), Pose.rest()
    field, times_ms = (rig.warp(pose),), []
    steps = renderer.load_by_steps("new", prepared)
    keys = ["avatar"] * 20 + ["new"] * 5
    for i, key in enumerate(keys):
        began = time.process_time()
        for _ in steps if key == "new" else (next(steps, None),):
            pass
        renderer.draw(Scene(0, 0, i, SIZES_PX[0], (Actor("me", key, pose, Placement()),)), field)
        times_ms.append((time.process_time() - began) * 1e3)
    renderer.unload("new")
    return worst_and_median(times_ms)


def worst_and_median(times_ms: list[float]) -> dict[str, float]:
    return {"cpu_max": round(max(times_ms), 2), "cpu_p50": round(float(np.median(times_ms)), 2)}


def sharpness_db(renderer: GlRenderer, size_px: tuple[int, int], rig: Rig) -> float:
    """Compare a few pictures with supersampled ones; give the mean PSNR."""
    found = []
    for phase in (0.0, 0.2, 0.7):
        pose = performance(phase)
        field = (rig.warp(pose),)
        width, height = size_px
        large = renderer.draw(scene(pose, (FACTOR * width, FACTOR * height), 0), field).rgba
        rows = large.reshape(height, FACTOR, width, FACTOR, 4)
        picture = renderer.draw(scene(pose, size_px, 0), field)
        box = picture.alpha_box
        part = np.s_[box.top : box.bottom, box.left : box.right]
        error = rows.mean((1, 3), dtype=np.float32)[part] - picture.rgba[part]
        found.append(10 * np.log10(255.0**2 / np.mean(error**2)))
    return round(float(np.mean(found)), 1)


def time_readback(renderer: GlRenderer) -> float:
    """Read the last picture again and again, when nothing is left to draw."""
    times_ms = []
    with renderer._context:
        finish()
        for _ in range(200):
            began = time.perf_counter()
            renderer._targets.read()  # type: ignore[union-attr]
            times_ms.append((time.perf_counter() - began) * 1e3)
    return round(float(np.median(times_ms)), 3)


if __name__ == "__main__":
    main()
