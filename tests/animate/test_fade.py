import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.animate.fade import Fade

SECOND = 10**9


def test_it_stands_where_it_begins_and_arrives_in_its_time():
    fade = Fade(0.25)
    assert fade.at(0) == fade.at(10**12) == 0.25
    fade.to(1.0, 5 * SECOND, 2.0)
    assert fade.at(5 * SECOND) == 0.25
    assert fade.at(6 * SECOND) == pytest.approx(0.625)
    assert fade.at(7 * SECOND) == fade.at(10**12) == 1.0
    assert fade.target == 1.0


def test_it_starts_and_ends_softly():
    fade = Fade()
    fade.to(1.0, 0, 1.0)
    steps = [fade.at(SECOND * (n + 1) // 10) - fade.at(SECOND * n // 10) for n in range(10)]
    assert steps[0] < 0.03 > steps[-1]
    assert max(steps) < 0.15


def test_the_same_target_again_changes_nothing():
    one, other = Fade(), Fade()
    for fade in (one, other):
        fade.to(1.0, 0, 1.0)
    other.to(1.0, SECOND // 2, 5.0)
    assert one.at(SECOND * 3 // 4) == other.at(SECOND * 3 // 4)


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_no_time_is_at_once(seconds):
    fade = Fade()
    fade.to(1.0, SECOND, seconds)
    assert fade.at(SECOND) == 1.0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 2), st.floats(0.1, 2)), max_size=8))
def test_it_never_jumps_and_never_leaves_its_bounds_wherever_it_is_sent(journeys):
    fade, now_ns, last = Fade(), 0, 0.0
    for target, stay_s, fade_s in journeys:
        fade.to(target, now_ns, fade_s)
        for _ in range(round(stay_s * 100)):
            now_ns += SECOND // 100
            value = fade.at(now_ns)
            assert -1e-9 <= value <= 1.0 + 1e-9  # rounding
            assert abs(value - last) <= 1.5 * 0.01 / 0.1 + 1e-9
            last = value
