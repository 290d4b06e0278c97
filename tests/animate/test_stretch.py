"""Ranges: what is measured from one number to another shows from one to another."""

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vtuber.animate.retarget import Manner, Retarget
from vtuber.animate.stretch import Stretch, stretched
from vtuber.core.pose import BASE, PoseInput

SHARES = st.floats(0, 1)


@given(st.floats(-300, 300), st.floats(-2, 2), st.floats(0.01, 2), SHARES, SHARES)
def test_what_is_measured_within_shows_within_and_the_edges_meet(value, low, wide, to, end):
    stretch = Stretch("jawOpen", low, low + wide, to, end)
    assert min(to, end) - 1e-9 <= stretch(value) <= max(to, end) + 1e-9
    assert stretch(low) == to
    assert abs(stretch(low + wide) - end) < 1e-9


def test_only_the_named_values_change_and_nothing_is_changed_in_place():
    values = np.full(len(BASE), 0.5, np.float32)
    got = stretched(values, (Stretch("jawOpen", 0.0, 0.5, 0.0, 1.0),))
    assert got[BASE.index["jawOpen"]] == 1.0
    assert np.count_nonzero(got != values) == 1
    assert (values == 0.5).all()


def test_a_range_is_the_avatars_own_as_the_mirror_shows_it_and_what_was_measured_stays_to_see():
    retarget, winks = Retarget(), PoseInput.of({"eyeBlinkLeft": 0.5})
    plain = Manner(mirror=True)
    wider = dataclasses.replace(plain, ranges=(Stretch("eyeBlinkRight", 0.0, 0.5, 0.0, 1.0),))
    right = BASE.index["eyeBlinkRight"]
    assert retarget(winks, plain).values[right] == 0.5
    assert retarget(winks, wider).values[right] == 1.0
    assert retarget.measured[right] == 0.5
