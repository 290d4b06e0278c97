"""Marks: numbers that an avatar's face wears and that its pixels give back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.pose import BASE
from vtuber.settings import Settings
from vtuber.shows.bench.latency import learn_marks
from vtuber.shows.bench.marks import SIGNALS, Marks, gray, learn, pose_of, ungray
from vtuber.shows.bench.sources import drawn, read_number
from vtuber.shows.engine import PERFORMER, behaviour_of, load_avatar, open_stage
from vtuber.stage import Inputs

SIDE = 24


def picture(*shown: int) -> np.ndarray:
    """Draw a grey face with squares where signals are on; they touch, and cover 8 px each way."""
    rgba = np.full((SIDE, 5 * SIDE, 4), 90, np.uint8)
    rgba[..., 3] = 255
    for i in shown:
        rgba[8:16, i * SIDE : (i + 1) * SIDE, :3] = (230, 40, 90)
    return rgba


@given(st.integers(0, 2**31))
def test_a_code_is_undone_and_neighbours_differ_in_one_mark(number: int) -> None:
    assert ungray(gray(number)) == number
    assert (gray(number) ^ gray(number + 1)).bit_count() == 1


@given(st.integers(0, 2**32 - 1))
def test_a_drawn_frame_gives_its_number_back(number: int) -> None:
    assert read_number(drawn(number)) == number


def test_every_number_is_read_out_of_the_pixels_of_its_marks() -> None:
    marks = learn(picture(), [picture(i) for i in range(5)])
    assert marks.period == 32
    for number in range(64):
        on = [i for i in range(5) if gray(number % 32) >> i & 1]
        assert marks.number(picture(*on)) == number % 32


def test_a_mark_that_is_half_there_counts_and_one_that_is_less_does_not() -> None:
    marks = learn(picture(), [picture(i) for i in range(5)])
    full, none = picture(0).astype(float), picture().astype(float)
    for share, number in ((0.4, 0), (0.6, 1)):
        assert marks.number((none + share * (full - none)).astype(np.uint8)) == number


def test_a_signal_that_shows_nothing_is_left_out_and_so_are_pixels_that_are_not_opaque() -> None:
    faint = picture(1)
    faint[..., 3] = 128
    marks = learn(picture(), [picture(0), picture(), picture(2)])
    assert [mark.signal for mark in marks.marks] == [SIGNALS[0], SIGNALS[2]]
    assert not learn(picture(), [faint]).marks


def test_a_face_with_marks_leaves_nothing_to_idle_motion() -> None:
    pose = pose_of(("jawOpen",))
    given_names = {name for name, weight in zip(BASE.names, pose.weights, strict=True) if weight}
    assert {"eyeBlinkLeft", "headYaw", "headX", "sweat", "mouthSmileLeft"} <= given_names
    assert pose.values[BASE.index["jawOpen"]] == 1.0


@pytest.fixture(scope="module")
def learnt() -> tuple[Settings, Marks]:
    settings = Settings.model_validate({"size": "480x270", "fps": 30})
    return settings, learn_marks(settings, 30.0)


def test_the_default_avatar_wears_every_mark(learnt: tuple[Settings, Marks]) -> None:
    settings, marks = learnt
    assert tuple(mark.signal for mark in marks.marks) == SIGNALS
    from vtuber.core.face import Face
    from vtuber.runtime.clock import ManualClock

    stage, _ = open_stage(ManualClock(1), settings.size)
    try:
        stage.cast(PERFORMER, load_avatar("default"), behaviour_of(settings))
        for number in (0, 5, 21, 31):
            pose, now_ns = marks.pose(number), number * 10**10
            for beat in range(60):
                face = Face(now_ns + beat * 33_000_000, beat, True, pose)
                scene = stage.advance(face.captured_ns, Inputs({PERFORMER: face}))
            assert marks.number(stage.draw(scene).rgba) == number
    finally:
        stage.close()
