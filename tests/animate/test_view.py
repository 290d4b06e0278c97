import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.animate.view import LARGEST, SMALLEST, View
from vtuber.core.command import Hide, Move, ResetView, Rotate, Zoom
from vtuber.core.errors import UserError
from vtuber.core.scene import Placement

SECOND = 10**9
HOME = Placement(0.1, -0.1, 1.2, 5.0)


def rested(view, begin_ns=0):
    """Give where a view comes to rest."""
    for beat in range(61):
        placement = view.at(begin_ns + beat * SECOND // 60)
    return (placement.x, placement.y, placement.scale, placement.rotation_deg)


def test_it_stands_at_home_until_it_is_sent():
    view = View(HOME)
    assert rested(view) == pytest.approx((0.1, -0.1, 1.2, 5.0))


def test_it_glides_to_where_commands_send_it_and_back_home():
    view = View(HOME)
    rested(view)
    for command in (Move(0.3, 0.2), Zoom(1.5), Rotate(-15.0)):
        view.obey(command, SECOND)
    assert view.at(SECOND).x == pytest.approx(0.1)  # not at once
    assert rested(view, SECOND) == pytest.approx((0.4, 0.1, 1.8, -10.0), abs=1e-5)
    view.obey(ResetView(), 2 * SECOND)
    assert rested(view, 2 * SECOND) == pytest.approx((0.1, -0.1, 1.2, 5.0), abs=1e-5)


def test_another_home_is_gone_to():
    view = View(HOME)
    rested(view)
    view.obey(Move(1.0), SECOND)
    view.settle_at(Placement(scale=0.5))
    assert rested(view, SECOND) == pytest.approx((0.0, 0.0, 0.5, 0.0), abs=1e-5)


def test_the_way_is_the_same_at_any_rate_of_beats():
    ways = []
    for rate in (30, 60, 240):
        view = View(Placement())
        view.at(0)
        view.obey(Move(1.0), 0)
        view.obey(Zoom(2.0), 0)
        for beat in range(1, rate // 10 + 1):
            placement = view.at(beat * SECOND // rate)
        ways.append((placement.x, placement.scale))
    assert ways[0] == pytest.approx(ways[1], abs=1e-4) == ways[2]
    assert 0.5 < ways[0][0] < 0.95


@pytest.mark.parametrize("over_s", [None, 1.0])
def test_a_command_between_two_beats_counts_from_its_own_time(over_s):
    ends = []
    for beats_ns in ([0, SECOND // 2], [0]):
        view = View(Placement())
        for beat_ns in beats_ns:
            view.at(beat_ns)
            if beat_ns == 0:
                view.obey(Move(1.0, over_s=1.0), 0)
        view.obey(Move(0.0, to=True, over_s=over_s), SECOND // 2)
        ends.append(view.at(SECOND * 11 // 20).x)
    assert 0.1 < ends[0] < 0.5
    assert ends[1] == pytest.approx(ends[0])


def test_it_turns_the_short_way_round():
    view = View(Placement(rotation_deg=170.0))
    view.at(0)
    view.obey(Rotate(30.0), 0)
    on_its_way = view.at(SECOND // 20).rotation_deg
    assert on_its_way > 170 or on_its_way < -160
    assert rested(view, SECOND)[3] == pytest.approx(-160.0)


def test_what_is_given_a_time_begins_softly_and_is_there_then_and_not_before():
    view = View(HOME)
    view.at(0)
    for command in (
        Move(0.5, 0.4, to=True, over_s=2.0), Zoom(2.4, to=True, over_s=2.0),
        Rotate(-20.0, to=True, over_s=2.0),
    ):  # fmt: skip
        view.obey(command, 0)
    assert abs(view.at(SECOND // 100).x - 0.1) < 1e-4
    half = view.at(SECOND)
    assert (half.x, half.y, half.rotation_deg) == pytest.approx((0.3, 0.15, -7.5))
    assert half.scale == pytest.approx((1.2 * 2.4) ** 0.5)  # as evenly in as out
    assert view.at(2 * SECOND - SECOND // 100).x < 0.5
    there = view.at(2 * SECOND)
    assert (there.x, there.y, there.rotation_deg) == (0.5, 0.4, -20.0)
    assert there.scale == pytest.approx(2.4)


def test_over_no_time_is_at_once():
    view = View(HOME)
    view.at(0)
    view.obey(Move(0.5, to=True, over_s=0.0), 0)
    assert view.at(0).x == 0.5
    view.obey(ResetView(over_s=0.0), 0)
    assert (view.at(0).x, view.at(0).y) == (0.1, -0.1)


def test_each_of_place_size_and_turn_has_a_time_of_its_own():
    view = View(Placement())
    view.at(0)
    view.obey(Move(1.0, over_s=2.0), 0)
    view.obey(Zoom(2.0, over_s=0.5), 0)
    at = view.at(SECOND)
    assert (at.x, at.scale) == pytest.approx((0.5, 2.0))


def test_a_key_that_is_pressed_on_the_way_goes_on_from_there():
    view = View(Placement())
    view.at(0)
    view.obey(Move(1.0, over_s=2.0), 0)
    half = view.at(SECOND).x
    view.obey(Move(0.02), SECOND)
    assert view.at(SECOND).x == half
    assert rested(view, SECOND)[0] == pytest.approx(1.02, abs=1e-5)


def test_whole_turns_spin_when_they_are_given_a_time():
    view = View(Placement())
    view.at(0)
    view.obey(Rotate(360.0, over_s=1.0), 0)
    seen = [view.at(beat * SECOND // 100).rotation_deg for beat in range(101)]
    assert max(seen) > 170
    assert min(seen) < -170
    assert seen[-1] == pytest.approx(0.0)
    view.obey(Rotate(360.0), SECOND)
    assert view.at(SECOND + SECOND // 20).rotation_deg == pytest.approx(0.0)


def test_a_timed_turn_over_the_back_goes_on_the_way_that_it_went():
    view = View(Placement(rotation_deg=170.0))
    view.at(0)
    view.obey(Rotate(20.0), 0)  # a key: it glides to 190, which is -170
    assert 170 < view.at(SECOND // 100).rotation_deg < 180
    view.obey(Rotate(10.0, over_s=1.0), SECOND // 100)
    for beat in range(1, 101):
        angle = view.at((beat + 1) * SECOND // 100).rotation_deg
        assert angle > 170 or angle < -159
    assert angle == pytest.approx(-160.0)


TIMES = st.none() | st.floats(0, 2)


@given(st.lists(st.builds(Move, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), to=st.booleans(),
                          over_s=TIMES)
                | st.builds(Zoom, st.floats(1e-6, 1e6), to=st.booleans(), over_s=TIMES)
                | st.builds(Rotate, st.floats(-1e6, 1e6), to=st.booleans(), over_s=TIMES)
                | st.builds(ResetView, over_s=TIMES), max_size=12))  # fmt: skip
def test_no_command_loses_the_avatar(sent):
    view = View(Placement())
    for beat, command in enumerate(sent):
        view.obey(command, beat * SECOND // 2)
        view.at(beat * SECOND // 2)
    x, y, scale, rotation_deg = rested(view, len(sent) * SECOND // 2)
    assert max(abs(x), abs(y)) <= 2.0
    assert SMALLEST * 0.999 <= scale <= LARGEST * 1.001
    assert abs(rotation_deg) <= 180


@pytest.mark.parametrize("factor", [0.0, -1.0])
def test_a_zoom_to_nothing_is_refused(factor):
    with pytest.raises(UserError, match="cannot zoom by"):
        View(HOME).obey(Zoom(factor), 0)


def test_a_command_of_the_show_is_a_broken_promise():
    with pytest.raises(AssertionError):
        View(HOME).obey(Hide(), 0)
