"""How long does one picture take, and how sharp is it? Draws a moving avatar, prints both.

    python benchmarks/render.py [--json] [--quick] [--avatar NAME] [--seconds S] [--frames N]

CPU is that of all threads of the process, llvmpipe's among them. `draw_ms` is `Stage.draw`: the
warp, then the picture; `readback_ms` is part of it: what is left to do after the raster.
`advance_ms` is `Stage.advance` with 200 springs (`benchmarks/advance.py`), `cv2_ms` the least that
OpenCV takes for the picture of the 720p column (`benchmarks/remap.py`), CPU time.

`wake_late_ms` is how late another thread of Python wakes while pictures are drawn, wall time.

`looks_ms` is what tint, outline and shadow cost over the plain picture, CPU time at 720p.

`psnr_db` compares 720p with the tests' float64 renderer of the same meshes in 4 x 4 points a pixel,
in the box around the avatar; `supersampled_db` with OpenGL's own pictures of four times the width
and height, for each size. `longest_ms` is the worst beat's CPU time, draw and all, of a zoom over
two octaves, of a change into another avatar, of a fade to nothing and of an item of 2 megapixels
that appears on the head, beside the median of its beats. `--frames N` plays a show of so many more,
with expressions, swaps, items and fades, and prints by how many MB what the process holds grew
(what it has freed is given back to the system first: glibc keeps it, some 100 MB after a swap).
"""

from __future__ import annotations

import argparse
import ctypes
import dataclasses
import gc
import json
import os
import platform
import sys
import threading
import time

import advance  # beside this file
import numpy as np
import remap  # beside this file; it finds the tests

from tests.render.reference_mesh import supersampled
from vtuber import resources
from vtuber.avatar import bundle
from vtuber.avatar.avatar import Avatar
from vtuber.core.command import Hide, SetExpression
from vtuber.core.item import HideItem, ItemPicture, ShowItem
from vtuber.core.look import AS_DRAWN, WIDEST_OUTLINE, Look, Outline, Shadow
from vtuber.core.pose import Pose, PoseInput
from vtuber.core.scene import Actor, Placement, Scene
from vtuber.render.context import finish
from vtuber.render.renderer import GlRenderer
from vtuber.runtime.clock import SystemClock
from vtuber.stage import Inputs, Stage
from vtuber.warp.rig import Rig

SIZES_PX = ((1280, 720), (640, 720), (1920, 1080))
FACTOR = 4  # of supersampling
POSES = 48
LOOKS = {
    "plain": AS_DRAWN,
    "tint": Look((200, 180, 160)),
    "outline": Look(outline=Outline()),
    "widest_outline": Look(outline=Outline(WIDEST_OUTLINE)),
    "shadow": Look(shadow=Shadow()),
    "all": Look((200, 180, 160), 1.2, Outline(), Shadow()),
}


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    parser.add_argument("--seconds", type=float, default=3.0, help="per picture size")
    parser.add_argument("--quick", action="store_true", help="what a plain picture costs, alone")
    parser.add_argument("--frames", type=int, default=0, help="watch the memory over so many more")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    avatar = bundle.load(resources.avatar_path(flags.avatar))
    rig = Rig(avatar)
    poses = [performance(i / POSES) for i in range(POSES)]
    renderer = GlRenderer(SystemClock())
    renderer.load("avatar", avatar)
    report: dict[str, object] = {
        "machine": f"{os.cpu_count()} x {platform.processor() or platform.machine()}",
        "renderer": renderer.name,
        "avatar": repr(avatar),
        "triangles": sum(len(layer.mesh.triangles) for layer in avatar.layers),
        "draw_ms": {},
    }
    for size_px in SIZES_PX[: 1 if flags.quick else None]:
        scenes = [scene(avatar, pose, size_px, i) for i, pose in enumerate(poses)]
        timed = time_draws(renderer, rig, scenes, flags.seconds)
        report["draw_ms"]["{}x{}".format(*size_px)] = timed  # type: ignore[index]
        if size_px == SIZES_PX[0]:
            report["readback_ms"] = time_readback(renderer)
            report["wake_late_ms"] = time_wake(renderer, rig, scenes, flags.seconds)
        if size_px == SIZES_PX[0] and not flags.quick:
            report["looks_ms"] = time_looks(renderer, rig, scenes)
            report["longest_ms"] = {
                "zoom": time_zoom(renderer, avatar, rig),
                "change": time_change(renderer, avatar),
                "hide": time_hide(renderer, avatar, rig),
                "item": time_item(renderer, avatar),
            }
    report["cv2_ms"] = remap.cpu_ms(avatar, rig.warp(poses[3]), SIZES_PX[0])
    if not flags.quick:
        report["psnr_db"] = psnr_db(renderer, avatar, rig)
        report["supersampled_db"] = {
            "{}x{}".format(*size_px): sharpness_db(renderer, avatar, size_px, rig)
            for size_px in SIZES_PX
        }
        report["advance_ms"] = advance.measure(avatar)["advance_ms"]["p50"]
    if flags.frames:
        report["grown_mb"] = grown_mb(renderer, avatar, flags.frames)
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


def scene(avatar: Avatar, pose: Pose, size_px: tuple[int, int], sequence: int) -> Scene:
    """Put one performer into a picture."""
    actor = Actor("me", "avatar", pose, Placement(), hidden_layers=avatar.not_worn())
    return Scene(0, 0, sequence, size_px, (actor,))


def time_draws(
    renderer: GlRenderer, rig: Rig, scenes: list[Scene], seconds: float
) -> dict[str, float]:
    """Draw all poses over and over for some seconds, after one round of warming up."""
    for one in scenes:
        renderer.draw(one, (rig.warp(one.actors[0].pose),))
    wall_ms, cpu_ms, deadline = [], [], time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        for one in scenes:
            wall, cpu = time.perf_counter(), time.process_time()
            renderer.draw(one, (rig.warp(one.actors[0].pose),))
            wall_ms.append((time.perf_counter() - wall) * 1e3)
            cpu_ms.append((time.process_time() - cpu) * 1e3)
    times = {"wall": wall_ms, "cpu": cpu_ms}
    return {
        f"{name}_p{rank}": round(float(np.percentile(values, rank)), 2)
        for name, values in times.items()
        for rank in (50, 99)
    }


def time_looks(renderer: GlRenderer, rig: Rig, scenes: list[Scene]) -> dict[str, float]:
    """Draw each pose in every look, in turns; give what a look costs over none, the median."""
    taken_ms: dict[str, list[float]] = {name: [] for name in LOOKS}
    for one in scenes[::2]:
        field = (rig.warp(one.actors[0].pose),)
        for name, look in LOOKS.items():
            actor = dataclasses.replace(one.actors[0], look=look)
            began = time.process_time()
            renderer.draw(dataclasses.replace(one, actors=(actor,)), field)
            taken_ms[name].append((time.process_time() - began) * 1e3)
    plain = np.array(taken_ms.pop("plain"))
    more = {name: float(np.median(np.array(each) - plain)) for name, each in taken_ms.items()}
    return {name: round(ms, 1) for name, ms in {"plain": float(np.median(plain)), **more}.items()}


def time_wake(
    renderer: GlRenderer, rig: Rig, scenes: list[Scene], seconds: float
) -> dict[str, float]:
    """Draw all poses while another thread asks to be woken each millisecond; how late it is."""
    is_over, late_ms = threading.Event(), list[float]()

    def sleep() -> None:
        while not is_over.is_set():
            began = time.perf_counter()
            is_over.wait(0.001)
            late_ms.append((time.perf_counter() - began - 0.001) * 1e3)

    sleeper = threading.Thread(target=sleep)
    sleeper.start()
    time_draws(renderer, rig, scenes, seconds)
    is_over.set()
    sleeper.join()
    return {f"p{rank}": round(float(np.percentile(late_ms, rank)), 2) for rank in (50, 95)}


def time_zoom(renderer: GlRenderer, avatar: Avatar, rig: Rig) -> dict[str, float]:
    """Let an avatar that was just loaded shrink to a quarter."""
    for _ in renderer.load_by_steps("zoomed", renderer.prepare(avatar)):
        pass
    field, times_ms = (rig.warp(Pose.rest()),), []
    for i, size in enumerate(np.geomspace(1.0, 0.25, 30)):
        place = Placement(scale=float(size))
        actor = Actor("me", "zoomed", Pose.rest(), place, hidden_layers=avatar.not_worn())
        began = time.process_time()
        renderer.draw(Scene(0, 0, i, SIZES_PX[0], (actor,)), field)
        times_ms.append((time.process_time() - began) * 1e3)
    renderer.unload("zoomed")
    return worst_and_median(times_ms)


def time_change(renderer: GlRenderer, avatar: Avatar) -> dict[str, float]:
    """Load an avatar in steps while another is drawn, then cross-fade to it."""
    stage = Stage(renderer, Rig, SIZES_PX[0])
    stage.cast("me", avatar)
    now_ns, times_ms = 0, list[float]()
    steps = stage.change("me", stage.prepare(avatar), lambda: now_ns, over_s=0.3)
    for i in range(40):
        began = time.process_time()
        now_ns = i * 10**9 // 30
        if i > 5:
            next(steps, None)
        stage.draw(stage.advance(now_ns, Inputs()))
        times_ms.append((time.process_time() - began) * 1e3)
    return worst_and_median(times_ms[3:])


def time_hide(renderer: GlRenderer, avatar: Avatar, rig: Rig) -> dict[str, float]:
    """Fade an avatar to nothing, in a picture size that was not there before."""
    size_px, pose = (1280, 722), Pose.rest()
    field, whole = (rig.warp(pose),), scene(avatar, pose, size_px, 0)
    for _ in range(3):
        renderer.draw(whole, field)
    times_ms = []
    for opacity in np.linspace(0.95, 0.05, 15):
        actor = dataclasses.replace(whole.actors[0], opacity=float(opacity))
        began = time.process_time()
        renderer.draw(dataclasses.replace(whole, actors=(actor,)), field)
        times_ms.append((time.process_time() - began) * 1e3)
    return worst_and_median(times_ms)


def worst_and_median(times_ms: list[float]) -> dict[str, float]:
    return {"cpu_max": round(max(times_ms), 2), "cpu_p50": round(float(np.median(times_ms)), 2)}


def psnr_db(renderer: GlRenderer, avatar: Avatar, rig: Rig) -> float:
    """Compare a picture with the one of the float64 renderer."""
    pose = performance(0.2)
    field, size_px = rig.warp(pose), SIZES_PX[0]
    picture = renderer.draw(scene(avatar, pose, size_px, 0), (field,))
    box = picture.alpha_box
    wanted = supersampled(avatar, field, size_px, box, hidden=avatar.not_worn(), factor=FACTOR)
    error = wanted * 255 - picture.rgba[box.top : box.bottom, box.left : box.right]
    return round(float(10 * np.log10(255.0**2 / np.mean(error**2))), 1)


def time_item(renderer: GlRenderer, avatar: Avatar) -> dict[str, float]:
    """Show a large item in steps, then let it be seen for a while."""
    stage = Stage(renderer, Rig, SIZES_PX[0])
    stage.cast("me", avatar)
    command = ShowItem("item", at="head", over_s=0.0)
    prop = stage.prepare_item(ItemPicture((np.full((1440, 1440, 4), 255, np.uint8),)))
    steps, times_ms = stage.bring(command, prop, lambda: 0), []
    for i in range(40):
        began = time.process_time()
        if i > 5 and next(steps, stage) is stage:
            stage.obey(command, 0)
        stage.draw(stage.advance(i * 10**9 // 60, Inputs()))
        times_ms.append((time.process_time() - began) * 1e3)
    return worst_and_median(times_ms[3:])


def grown_mb(renderer: GlRenderer, avatar: Avatar, frames: int) -> float:
    """Play a show of many pictures with all that may happen; give by how much the process grew."""
    import psutil

    stage = Stage(renderer, Rig, SIZES_PX[0])
    stage.cast("me", avatar)
    moving = ItemPicture(tuple(np.full((2, 200, 200, 4), 255, np.uint8)), (10**8, 2 * 10**8))

    def happen(i: int, now_ns: int) -> None:
        """Let one thing happen at this beat, of each kind every so often."""
        show = ShowItem(f"item {i // 250 % 3}", at=("head", "hand", "canvas")[i // 250 % 3])
        if i % 1000 == 500:
            for _ in stage.change("me", stage.prepare(avatar), lambda: now_ns, over_s=0.3):
                pass
        if i % 250 == 0:
            for _ in stage.bring(show, stage.prepare_item(moving), lambda: now_ns):
                pass
            stage.obey(show, now_ns)
        if i % 250 == 200:
            stage.obey(HideItem(show.name), now_ns)
        if i % 50 == 0:
            known = ["neutral", *avatar.expressions]
            stage.obey(SetExpression(known[i // 50 % len(known)]), now_ns)
        if i % 400 in (100, 130):
            stage.obey(Hide(over_s=0.2), now_ns)

    def play(first: int, count: int) -> None:
        for i in range(first, first + count):
            now_ns = i * 10**9 // 60
            happen(i, now_ns)
            values = PoseInput.of(performance(i / POSES).as_dict())
            one = stage.advance(now_ns, Inputs(scripts={"me": values}))
            stage.draw(dataclasses.replace(one, size_px=SIZES_PX[i // 500 % 2]))

    def held_mb() -> float:
        gc.collect()
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).malloc_trim(0)
        return float(psutil.Process().memory_info().rss / 1e6)

    play(0, 2000)
    before = held_mb()
    play(2000, frames)
    return round(held_mb() - before, 1)


def sharpness_db(renderer: GlRenderer, avatar: Avatar, size_px: tuple[int, int], rig: Rig) -> float:
    """Compare a few pictures with supersampled ones; give the mean PSNR."""
    found = []
    for phase in (0.0, 0.2, 0.7):
        pose = performance(phase)
        field = (rig.warp(pose),)
        width, height = size_px
        large = renderer.draw(scene(avatar, pose, (FACTOR * width, FACTOR * height), 0), field).rgba
        rows = large.reshape(height, FACTOR, width, FACTOR, 4)
        picture = renderer.draw(scene(avatar, pose, size_px, 0), field)
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
