"""The measures measure: what is exact has no error, what is not has one, and who is ranked how."""

import dataclasses

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.style import Style
from vtuber.warp.evaluate import (
    METHODS,
    Subject,
    Tally,
    judge,
    made_up,
    merged,
    report,
    stretched,
    subject_of,
    without_turns,
)
from vtuber.warp.measure import Measured
from vtuber.warp.motion import Motion
from vtuber.warp.poses import random_controls


@pytest.fixture(scope="module")
def subject(avatar: Avatar) -> Subject:
    odd = Style(face_radius=2.0, smile=1.6, lash_keep=0.5, gaze=0.24, mouth_open=0.7, muzzle=0.2)
    return subject_of("odd", dataclasses.replace(avatar, style=odd))


def perfect(measured: Measured, style: Style | None) -> Motion:
    return Motion(measured if style is None else dataclasses.replace(measured, style=style))


def test_the_exact_rig_has_no_error_and_every_rival_has_one(subject: Subject) -> None:
    numbers = report(judge([subject], perfect, 6))["vertex_px_512"]
    assert tuple(numbers) == METHODS
    assert numbers["network"] == {"mean": 0.0, "rms": 0.0, "p99": 0.0}
    assert 0.1 < numbers["guess"]["mean"] < numbers["quadratic"]["mean"]
    assert numbers["quadratic"]["mean"] < numbers["linear"]["mean"] < numbers["still"]["mean"]
    assert all(error["mean"] <= error["rms"] <= error["p99"] for error in numbers.values())


def test_a_network_that_is_told_nothing_gets_medians(subject: Subject) -> None:
    numbers = report(judge([subject], perfect, 4, fitted=False))["vertex_px_512"]
    assert numbers["network_no_rig"] == numbers["guess"]
    assert "linear" not in numbers


def test_errors_are_px_of_a_picture_512_high(subject: Subject, avatar: Avatar) -> None:
    def shifted(measured, style):
        exact = perfect(measured, style)
        return lambda controls: (exact(controls)[0] + (0.1, 0.0), exact(controls)[1])

    mean = report(judge([subject], shifted, 2, fitted=False))["vertex_px_512"]["network"]["mean"]
    half_face_px = (avatar.landmarks["cheek_left"][0] - avatar.landmarks["cheek_right"][0]) / 2
    assert mean == pytest.approx(0.1 * half_face_px * 512 / avatar.canvas_px[1], rel=1e-4)


def test_errors_of_alpha_and_folds_are_counted(subject: Subject) -> None:
    def inside_out(measured, style):
        return lambda controls: (-2.0 * measured.points * (1, 0), np.ones(len(measured.u)))

    told = report(judge([subject], inside_out, 2, fitted=False))
    assert told["alpha_error"]["network"] > 0.01
    assert told["folds"]["network"] == 2 * len(subject.triangles)
    assert told["alpha_error"]["guess"] == 0.0


def test_made_up_characters_are_new_and_the_same_each_time() -> None:
    one, again = made_up(2), made_up(2)
    np.testing.assert_array_equal(one[1].measured.points, again[1].measured.points)
    assert len(one[0].measured.u) != len(one[1].measured.u)


def test_a_stretched_character_is_another_that_still_rests(subject: Subject) -> None:
    tall = stretched(subject.measured, 1.2)
    assert tall.marks["chin"][1] == pytest.approx(1.2 * subject.measured.marks["chin"][1])
    assert tall.curves.lids["left"][0](np.array([0.4])) == pytest.approx(
        1.2 * subject.measured.curves.lids["left"][0](np.array([0.4]))
    )
    numbers = report(judge([dataclasses.replace(subject, measured=tall)], perfect, 2))
    assert numbers["vertex_px_512"]["network"]["mean"] == 0.0


def test_an_expression_is_a_pose_without_its_turns() -> None:
    controls = random_controls(np.random.default_rng(3))
    calm = without_turns(controls)
    assert any(controls[n] for n in ("head_yaw", "head_pitch", "head_roll"))
    assert not any(v for n, v in calm.items() if n.startswith(("head", "body")))
    assert {n for n in controls if controls[n] != calm[n]} <= {
        n for n in controls if n.startswith(("head", "body"))
    }


def test_sets_are_put_together_vertex_by_vertex() -> None:
    one, other = Tally(), Tally()
    one.add(np.array([1.0, 1.0, 1.0]), np.array(["face", "face", "nose"]), 0.0, 1)
    other.add(np.array([5.0]), np.array(["nose"]), 0.2, 2)
    both = merged([{"guess": one}, {"guess": other}])["guess"]
    assert both.numbers()["mean"] == 2.0
    assert both.by_role() == {"face": 1.0, "nose": 3.0}
    assert (both.folds, both.alpha_error()) == (3, 0.1)


def test_another_seed_is_other_characters_and_the_same_one_the_same() -> None:
    one, same, other = (made_up(1, seed=seed)[0].measured for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.points, same.points)
    assert one.style != other.style
