"""The turn that training differentiates is the turn that the show uses."""

import numpy as np
import pytest

from vtuber.warp.characters import character
from vtuber.warp.motion import Motion
from vtuber.warp.poses import random_controls
from vtuber.warp.turn import Turn


def test_many_turns_at_once_are_each_the_turn_of_the_rig() -> None:
    torch = pytest.importorskip("torch")
    from vtuber.warp.turns import Turns

    random = np.random.default_rng(6)
    measured = character(random, 0.4).measured
    turner, like = Motion(measured).turner, torch.zeros(())
    poses = [Turn.of(random_controls(random, turned=1.3)) for _ in range(20)]
    local = random.normal(size=(len(poses), len(measured.u), 2)).astype(np.float32) * 0.05
    depth = like.new_tensor(np.column_stack([turner.z, turner.head]))
    body = like.new_tensor([measured.style.narrowing, measured.style.body_depth])
    moved = Turns(turner, like)(like.new_tensor(local), depth, body, poses)
    for one, at, turn in zip(moved.numpy(), local, poses, strict=True):
        np.testing.assert_allclose(one, turner(at, turn), atol=2e-4)


def test_gradients_reach_depth_and_offsets() -> None:
    torch = pytest.importorskip("torch")
    from vtuber.warp.turns import Turns

    measured = character(np.random.default_rng(6), 0.4).measured
    turner, like = Motion(measured).turner, torch.zeros(())
    depth = like.new_tensor(np.column_stack([turner.z, turner.head])).requires_grad_()
    local = like.new_zeros((1, len(measured.u), 2)).requires_grad_()
    body = like.new_tensor([0.7, 0.5]).requires_grad_()
    turn = Turn.of({**random_controls(np.random.default_rng(1)), "head_yaw": 20.0, "body_yaw": 9.0})
    Turns(turner, like)(local, depth, body, [turn]).square().sum().backward()
    assert min(float(t.grad.abs().max()) for t in (depth, local, body)) > 0.0
