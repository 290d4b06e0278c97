"""Measures the warping network: weights in, a table of numbers and a picture of them out.

Who is moved: made-up characters of seeds that no training saw, the same beyond its proportions,
rolled designs, and the avatars that ship. `warp/evaluate.py` holds the measures; here are the
pictures, the times and the avatars, which other rooms give.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vtuber.avatar.avatar import Avatar
from vtuber.core.pose import Pose
from vtuber.image.alpha import alpha_box
from vtuber.image.metrics import psnr, rmse, ssim
from vtuber.resources import shipped_names
from vtuber.shows.avatars.easel import Easel, over_grey
from vtuber.shows.engine import load_avatar
from vtuber.warp.evaluate import (
    PICTURE_PX,
    Maker,
    Subject,
    judge,
    made_up,
    merged,
    movers_of,
    report,
    subject_of,
    without_turns,
)
from vtuber.warp.folds import folded
from vtuber.warp.infer import LearnedMotion, Network
from vtuber.warp.motion import Motion
from vtuber.warp.poses import random_controls
from vtuber.warp.trace import measure
from vtuber.warp.weights import SHIPPED, Weights, load

STRETCH = 0.15  # share by which the second set goes beyond the training's proportions
FURTHER = 1.3  # times the rotations of the training
_ROLLED_PX = 640  # height of rolled designs: fine enough for the curves of their lids
_FRAMES = 400

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is measured."""

    made_up: int = 24  # characters, and as many beyond the training's proportions
    rolled: int = 6
    poses: int = 24  # of each character
    pictures: int = 8  # of each avatar that ships, all controls; and as many expressions
    folds: int = 1000  # poses of each avatar that ships
    avatars: tuple[str, ...] = ()  # of those that ship; () is all
    seed: int = 0  # of all characters but those that ship, and of the poses


def evaluate(weights: Path | None, amount: Amount, told: Told) -> dict[str, Any]:
    """Measure weights (None: those that ship); `told` hears what is being done.

    Raises UserError where there are no weights.
    """
    path = weights or SHIPPED
    loaded, said = load(path)

    def network(measured, style):  # type: ignore[no-untyped-def]
        return LearnedMotion(measured, style, loaded)

    shipped = {name: load_avatar(name) for name in amount.avatars or shipped_names()}
    sets = {
        "made_up": made_up(amount.made_up, seed=amount.seed),
        "beyond_proportions": made_up(amount.made_up, STRETCH, amount.seed),
        "rolled": [subject_of(a.name, a) for a in _rolled(amount.rolled, amount.seed, told)],
        "shipped": [subject_of(name, avatar) for name, avatar in shipped.items()],
    }
    tallies = {
        name: judge(subjects, network, amount.poses, 1000 * amount.seed, told=told)
        for name, subjects in sets.items()
        if subjects
    }
    everybody = [subject for subjects in sets.values() for subject in subjects]
    further = judge(everybody, network, amount.poses // 2, 1, FURTHER, fitted=False, told=told)
    return {
        **report(merged(list(tallies.values()))),
        "folds": _folds(sets["shipped"], network, amount.folds, 1.0),
        "folds_further": _folds(sets["shipped"], network, amount.folds, FURTHER),
        "sets": {name: report(each) for name, each in tallies.items()},
        "rotations_times_1_3": report(further),
        "render": _rendered(shipped, network, amount.pictures, told),
        **_times(next(iter(shipped.values())), loaded),
        "weights_bytes": path.stat().st_size,
        "rest_error_px": max(_rest_error(avatar, loaded) for avatar in shipped.values()),
        "characters": {name: len(subjects) for name, subjects in sets.items()},
        "weights": said,
    }


def _rolled(count: int, seed: int, told: Told) -> list[Avatar]:
    """Draw designs that the dice roll, from a seed far from those of the examples."""
    from vtuber.design.dice import roll
    from vtuber.shows.avatars.make import new

    avatars, first = [], 7_000_000 + 1000 * seed
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            told(f"drawing {number}")
            avatars.append(load_avatar(str(new(f"{folder}/{number}", roll(number), _ROLLED_PX))))
    return avatars


def _folds(subjects: list[Subject], network: Maker, poses: int, turned: float) -> int:
    """Count the triangles that the network turns over, in all avatars and poses."""
    total = 0
    for subject in subjects:
        move, random = network(subject.measured, subject.style), np.random.default_rng(13)
        at = subject.measured.points
        for _ in range(poses):
            moved, alpha = move(random_controls(random, turned))
            total += int(folded(at, at + moved, subject.triangles, alpha).sum())
    return total


def _rendered(
    avatars: Mapping[str, Avatar], network: Maker, count: int, told: Told
) -> dict[str, dict[str, float]]:
    """Compare drawn pictures with those of the exact rig, inside the box of its silhouette."""
    found: dict[str, dict[str, list[float]]] = {}
    for name, avatar in avatars.items():
        told(f"drawing {name}")
        movers = movers_of(subject_of(name, avatar), network, 0, fitted=False)
        exact, random = Motion(measure(avatar)), np.random.default_rng(17)
        with Easel(avatar) as easel:
            for i in range(2 * count):
                controls = random_controls(random)
                kind = "full" if i % 2 else "expression"
                controls = controls if i % 2 else without_turns(controls)
                rgba = easel.rgba(exact(controls), PICTURE_PX)
                box = alpha_box(rgba)
                part = slice(box.top, box.bottom), slice(box.left, box.right)
                wanted = over_grey(rgba[part])
                for method, move in movers.items():
                    got = over_grey(easel.rgba(move(controls), PICTURE_PX)[part])
                    numbers = found.setdefault(method, {})
                    for what, value in (("ssim", ssim(wanted, got)), ("rmse", rmse(wanted, got)),
                                        ("psnr", min(psnr(wanted, got), 99.0))):  # fmt: skip
                        numbers.setdefault(f"{what}_{kind}", []).append(value)
    return {
        method: {name: float(np.mean(values)) for name, values in numbers.items()}
        for method, numbers in found.items()
    }


def _times(avatar: Avatar, weights: Weights) -> dict[str, float]:
    """Time frames and baking by this thread's CPU time; other work on the machine counts not."""
    random = np.random.default_rng(19)
    network = Network(avatar, weights)
    poses = [
        Pose.of({"headYaw": 25 * a, "headPitch": 15 * b, "jawOpen": abs(a), "eyeBlinkLeft": abs(b),
                 "eyeBlinkRight": abs(b), "mouthSmileLeft": abs(a), "browInnerUp": abs(b)})
        for a, b in random.uniform(-1, 1, (_FRAMES, 2))
    ]  # fmt: skip
    for pose in poses[:20]:
        network.warp(pose)
    frames = [_cpu_ms(lambda pose=pose: network.warp(pose)) for pose in poses]  # type: ignore[misc]
    measured = measure(avatar)
    bakes = [_cpu_ms(lambda: LearnedMotion(measured, avatar.style, weights)) for _ in range(9)]
    return {
        "frame_ms_p50": float(np.quantile(frames, 0.5)),
        "frame_ms_p99": float(np.quantile(frames, 0.99)),
        "bake_ms": float(np.median(bakes)),
        "vertices": len(avatar.vertices_px),
    }


def _cpu_ms(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1e3


def _rest_error(avatar: Avatar, weights: Weights) -> float:
    field = Network(avatar, weights).warp(Pose.rest())
    shown = field.alpha > 0
    return float(np.abs(field.positions_px - avatar.vertices_px)[shown].max())
