"""What the network is measured against does what it says, as well as it can."""

from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.bundle import load
from vtuber.warp.motion import Motion
from vtuber.warp.poses import random_controls
from vtuber.warp.references import ROTATIONS, Blendshapes, LeastSquares, _affine_weights
from vtuber.warp.trace import measure


@pytest.fixture(scope="module")
def motion() -> Motion:
    return Motion(measure(load(Path(__file__).parents[2] / "avatars" / "default")))


def poses(count: int, seed: int, **held: float):
    random = np.random.default_rng(seed)
    return [random_controls(random) | held for _ in range(count)]


def error(mover, motion: Motion, at) -> float:
    return float(np.mean([np.hypot(*(mover(c) - motion(c)[0]).T).mean() for c in at]))


def test_products_of_rotations_bring_blendshapes_far_nearer_to_a_turn(motion: Motion) -> None:
    train, held_out = poses(250, 1), poses(20, 2)
    linear, quadratic = (
        error(Blendshapes(motion, train, each), motion, held_out) for each in (False, True)
    )
    still = float(np.mean([np.hypot(*motion(c)[0].T).mean() for c in held_out]))
    assert quadratic < 0.8 * linear
    assert linear < 0.5 * still


def test_blendshapes_give_back_what_is_linear_when_nothing_turns(motion: Motion) -> None:
    nothing = dict.fromkeys((*ROTATIONS, "headX", "headY", "headZ"), 0.0)
    train = poses(250, 1, **nothing)
    brow = dict.fromkeys(train[0], 0.0) | {"brow_angry_left": 1.0}
    fitted, exact = Blendshapes(motion, train, False)(brow), motion(brow)[0]
    moved = motion.measured.of("brow", side="left")
    np.testing.assert_allclose(fitted[moved], exact[moved], atol=0.01)


def test_moving_least_squares_goes_through_its_landmarks_and_follows_any_affine_map() -> None:
    random = np.random.default_rng(3)
    marks, points = random.normal(size=(9, 2)), random.normal(size=(40, 2))
    matrix, shift = random.normal(size=(2, 2)), random.normal(size=2)
    weights = _affine_weights(marks, points)
    np.testing.assert_allclose(weights @ (marks @ matrix + shift), points @ matrix + shift, 1e-3)
    np.testing.assert_allclose(_affine_weights(marks, marks), np.eye(9), atol=0.02)


def test_moving_least_squares_knows_where_the_head_is_but_no_lids(motion: Motion) -> None:
    mover, face = LeastSquares(motion), motion.measured.of("face")
    rest = dict.fromkeys(poses(1, 1)[0], 0.0)
    turned = rest | {"head_roll": 12.0}
    exact = motion(turned)[0]
    assert np.abs(mover(turned) - exact)[face].mean() < 0.2 * np.abs(exact)[face].mean()
