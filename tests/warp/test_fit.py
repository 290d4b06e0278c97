"""Learning from drawings: nothing of what is met already, and no pose that teaches nothing."""

from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.bundle import load
from vtuber.core.errors import UserError
from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import Fold
from vtuber.warp.fit import STEPS, Example, Moved, learn
from vtuber.warp.infer import LearnedMotion, told
from vtuber.warp.measure import Measured
from vtuber.warp.weights import shipped


@pytest.fixture(scope="module")
def character() -> tuple[Measured, LearnedMotion]:
    avatar = load(Path(__file__).parents[2] / "avatars" / "default")
    measured = told(avatar)
    return measured, LearnedMotion(measured, avatar.style, shipped())


def flat(grey: float) -> np.ndarray:
    return np.full((6, 4, 3), grey, np.float32)


def brow_height(moved: Moved, height_px: int) -> np.ndarray:
    """Draw a picture that is the lighter the higher all vertices are."""
    return flat(0.5 - 4.0 * float(moved[0][:, 1].mean()))


def test_of_a_drawing_that_cannot_be_met_nothing_is_learned(character) -> None:
    steps = []
    examples = [Example({"browInnerUp": 1.0}, lambda height_px: flat(0.2))]
    fit, taught = learn(*character, examples, lambda moved, height_px: flat(0.5), steps.append)
    assert taught == [False]
    assert not fit.lessons
    assert [step.step for step in steps] == list(range(len(STEPS)))


def test_a_drawing_is_met_by_what_moves_its_picture(character) -> None:
    plain = brow_height(character[1](Fold(BASE)(Pose.of({"browInnerUp": 1.0}))), 1)
    examples = [Example({"browInnerUp": 1.0}, lambda height_px: plain + 0.02)]
    fit, taught = learn(*character, examples, brow_height, lambda step: None)
    assert taught == [True]
    assert fit.lessons[0].pose == {"browInnerUp": 1.0}


def test_a_pose_that_moves_nothing_is_refused_in_words(character) -> None:
    with pytest.raises(UserError, match="moves neither face nor head"):
        learn(*character, [Example({}, lambda height_px: flat(0.2))], brow_height, print)
