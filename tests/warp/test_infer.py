"""The network in a show: exact at rest, near the rig in every pose, light, and without torch."""

import dataclasses
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.pose import BASE, Parameter, Pose
from vtuber.warp.folds import folded, triangles_of
from vtuber.warp.guess import guess, guessed
from vtuber.warp.infer import LearnedMotion, Network
from vtuber.warp.lesson import Example
from vtuber.warp.motion import Motion
from vtuber.warp.net import Net
from vtuber.warp.poses import random_controls
from vtuber.warp.rig import Rig
from vtuber.warp.trace import measure
from vtuber.warp.weights import shipped

SHIPPED = sorted(p.parent for p in (Path(__file__).parents[2] / "avatars").glob("*/avatar.toml"))
BUSY = Pose.of({
    "headYaw": 20.0, "headPitch": 5.0, "headRoll": 5.0, "jawOpen": 0.4, "eyeBlinkLeft": 0.5,
    "mouthSmileLeft": 0.7, "bodyRoll": 2.0, "breath": 0.5,
})  # fmt: skip


@pytest.fixture(scope="module")
def default() -> Avatar:
    return load(SHIPPED[0])


@pytest.fixture(scope="module")
def network(default: Avatar) -> Network:
    return Network(default)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_rest_is_exactly_the_art_of_every_avatar_that_ships(path: Path) -> None:
    avatar = load(path)
    field = Network(avatar).warp(Pose.rest())
    shown = field.alpha > 0
    np.testing.assert_array_equal(field.positions_px[shown], avatar.vertices_px[shown])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_it_moves_an_avatar_that_ships_as_its_rig_does(path: Path) -> None:
    avatar = load(path)
    measured, random = measure(avatar), np.random.default_rng(5)
    network, rig = LearnedMotion(measured, avatar.style, shipped()), Motion(measured)
    px = measured_px(avatar)
    errors = []
    for _ in range(20):
        controls = random_controls(random)
        (one, alpha), (other, same) = network(controls), rig(controls)
        np.testing.assert_array_equal(alpha, same)
        errors.append(np.linalg.norm(one - other, axis=1)[alpha > 0] * px)
    assert np.concatenate(errors).mean() < 0.8
    assert np.quantile(np.concatenate(errors), 0.99) < 4.0


def measured_px(avatar: Avatar) -> float:
    half = (avatar.landmarks["cheek_left"][0] - avatar.landmarks["cheek_right"][0]) / 2
    return half * 512 / avatar.canvas_px[1]


def test_without_what_rig_says_it_is_nearer_the_rig_than_the_medians_are() -> None:
    ours, medians = [], []
    for seed in range(12):
        random = np.random.default_rng([77, seed])
        example = Example.drawn(random, 0.5, "bare")
        silent = guess_of(example)
        network = LearnedMotion(silent.measured, None, shipped())
        for _ in range(6):
            controls = random_controls(random)
            true, alpha = example.motion(controls)
            for errors, motion in ((ours, network), (medians, silent)):
                errors.append(np.linalg.norm(motion(controls)[0] - true, axis=1)[alpha > 0].mean())
    assert np.mean(ours) < 0.85 * np.mean(medians)


def guess_of(example: Example):
    return Motion(guessed(example.character.measured))


def test_it_hands_over_what_the_rig_hands_over(default: Avatar, network: Network) -> None:
    ours, rigs = network.warp(BUSY), Rig(default).warp(BUSY)
    for name in ("positions_px", "alpha", "order", "visible"):
        one, other = getattr(ours, name), getattr(rigs, name)
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
    for name in ("alpha", "order", "visible"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(rigs, name))


def test_what_swings_swings_as_on_the_rig(default: Avatar, network: Network) -> None:
    joints = 4 * len(default.strands.strands)
    sway = np.random.default_rng(0).normal(size=(joints, 2)).astype(np.float32) * 0.1
    sway[:, 1] = 0.0
    rig = Rig(default)
    ours = network.warp(Pose.rest(), sway).positions_px - network.warp(Pose.rest()).positions_px
    rigs = rig.warp(Pose.rest(), sway).positions_px - rig.warp(Pose.rest()).positions_px
    assert np.abs(rigs).max() > 5.0
    np.testing.assert_allclose(ours, rigs, atol=1e-3)


def test_a_pose_of_a_longer_space_warps_alike(network: Network) -> None:
    longer = Pose.of({"headYaw": 10.0}, BASE.extended([Parameter("earLeft")]))
    np.testing.assert_array_equal(
        network.warp(longer).positions_px, network.warp(Pose.of({"headYaw": 10.0})).positions_px
    )


def test_training_and_show_move_alike_within_a_twentieth_of_a_pixel() -> None:
    torch = pytest.importorskip("torch")
    from vtuber.warp.losses import predicted

    like = torch.zeros(())
    net = Net({name: like.new_tensor(w) for name, w in shipped().items()}, torch)
    random = np.random.default_rng(9)
    for told in ("rig", "bare"):
        example = Example.drawn(random, 0.6, told)
        measured, style = example.character.measured, example.character.measured.style
        if told == "bare":
            measured, style = guess_of(example).measured, None
        show = LearnedMotion(measured, style, shipped())
        poses = [random_controls(random) for _ in range(12)]
        there = predicted(net, example, poses, like)[0].numpy()
        here = np.stack([show(controls)[0] for controls in poses])
        assert np.abs(there - here).max() * example.character.px < 0.05


@pytest.mark.parametrize("turned", [1.0, 1.3])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_nothing_of_an_avatar_that_ships_folds(path: Path, turned: float) -> None:
    avatar = load(path)
    measured, triangles = measure(avatar), triangles_of(avatar)
    motion = LearnedMotion(measured, avatar.style, shipped())
    random, folds = np.random.default_rng(11), 0
    for _ in range(60):
        moved, alpha = motion(random_controls(random, turned))
        folds += folded(measured.points, measured.points + moved, triangles, alpha).sum()
    assert folds == 0


def test_layers_of_which_a_bundle_says_nothing_take_the_medians(default: Avatar) -> None:
    from vtuber.avatar.roles import ROLES

    bare = dataclasses.replace(
        default,
        style=None,
        layers=tuple(
            dataclasses.replace(layer, depth=ROLES[layer.role].depth, turn=ROLES[layer.role].turn)
            for layer in default.layers
        ),
    )
    gap = np.abs(Network(bare).warp(BUSY).positions_px - guess(bare).warp(BUSY).positions_px)
    assert gap.mean() < 3.0
    assert Network(bare).warp(Pose.rest()).visible.sum() > 20


def test_a_frame_takes_little_more_than_the_rigs(default: Avatar, network: Network) -> None:
    rig, ours, rigs = Rig(default), [], []
    for _ in range(60):
        for warper, times in ((network, ours), (rig, rigs)):
            began = time.thread_time()
            warper.warp(BUSY)
            times.append(time.thread_time() - began)
    assert np.median(ours) < 2.5 * np.median(rigs)  # 0.32 ms against 0.24


def test_a_show_imports_no_torch() -> None:
    code = (
        "import sys; from vtuber.avatar.bundle import load; "
        "from vtuber.warp.infer import Network; from vtuber.core.pose import Pose; "
        f"Network(load({str(SHIPPED[0])!r})).warp(Pose.of({{'jawOpen': 1.0}})); "
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
