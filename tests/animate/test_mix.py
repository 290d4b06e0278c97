import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.animate.mix import Part, mix
from vtuber.core.pose import BASE, Parameter, Pose, PoseInput

SHARES = st.floats(0, 1, width=32)
VALUES = st.floats(0, 1, width=32)


def jaw(value, weight=1.0, gain=1.0):
    return Part(PoseInput.of({"jawOpen": value}, weight=weight), gain)


def test_nothing_mixed_is_the_default():
    space = BASE.extended([Parameter("tailUp", default=0.5)])
    assert np.array_equal(mix(space, []).values, Pose.rest(space).values)


def test_later_parts_lie_over_earlier_ones():
    assert mix(BASE, [jaw(0.2), jaw(0.9)])["jawOpen"] == pytest.approx(0.9)
    assert mix(BASE, [jaw(0.9), jaw(0.2)])["jawOpen"] == pytest.approx(0.2)


def test_what_a_part_does_not_give_shows_through():
    pose = mix(BASE, [jaw(0.5), Part(PoseInput.of({"headYaw": 20.0}))])
    assert (pose["jawOpen"], pose["headYaw"]) == (0.5, 20.0)


@given(VALUES, VALUES, SHARES, SHARES)
def test_a_part_counts_by_its_weight_times_its_gain(below, above, weight, gain):
    mixed = mix(BASE, [jaw(below), jaw(above, weight, gain)])["jawOpen"]
    assert mixed == pytest.approx(below + weight * gain * (above - below), abs=1e-5)


@given(st.lists(st.tuples(VALUES, SHARES, SHARES), max_size=6))
def test_a_mixed_value_lies_between_those_that_went_in(rows):
    mixed = mix(BASE, [jaw(*row) for row in rows])["jawOpen"]
    assert -1e-6 <= mixed <= max((value for value, _, _ in rows), default=0.0) + 1e-6


def test_values_stay_in_the_range_of_their_parameter():
    wild = PoseInput(np.full(len(BASE), 1e6, np.float32), np.ones(len(BASE), np.float32))
    assert np.array_equal(mix(BASE, [Part(wild)]).values, BASE.high)


def test_base_poses_and_longer_ones_mix_and_what_went_in_stays_as_it_was():
    space = BASE.extended([Parameter("tailUp")])
    longer, base = PoseInput.of({"tailUp": 1.0, "jawOpen": 0.5}, space), jaw(0.8)
    pose = mix(space, [Part(longer), base])
    assert (pose["tailUp"], pose["jawOpen"]) == (1.0, pytest.approx(0.8))
    assert base.source.values[BASE.index["jawOpen"]] == pytest.approx(0.8)
    assert not space.default.any()
