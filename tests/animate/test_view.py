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
        view.obey(command)
    assert view.at(SECOND).x == pytest.approx(0.1)  # not at once
    assert rested(view, SECOND) == pytest.approx((0.4, 0.1, 1.8, -10.0), abs=1e-5)
    view.obey(ResetView())
    assert rested(view, 2 * SECOND) == pytest.approx((0.1, -0.1, 1.2, 5.0), abs=1e-5)


def test_another_home_is_gone_to():
    view = View(HOME)
    rested(view)
    view.obey(Move(1.0))
    view.settle_at(Placement(scale=0.5))
    assert rested(view, SECOND) == pytest.approx((0.0, 0.0, 0.5, 0.0), abs=1e-5)


def test_the_way_is_the_same_at_any_rate_of_beats():
    ways = []
    for rate in (30, 60, 240):
        view = View(Placement())
        view.at(0)
        view.obey(Move(1.0))
        view.obey(Zoom(2.0))
        for beat in range(1, rate // 10 + 1):
            placement = view.at(beat * SECOND // rate)
        ways.append((placement.x, placement.scale))
    assert ways[0] == pytest.approx(ways[1], abs=1e-4) == ways[2]
    assert 0.5 < ways[0][0] < 0.95


def test_it_turns_the_short_way_round():
    view = View(Placement(rotation_deg=170.0))
    view.at(0)
    view.obey(Rotate(30.0))
    on_its_way = view.at(SECOND // 20).rotation_deg
    assert on_its_way > 170 or on_its_way < -160
    assert rested(view, SECOND)[3] == pytest.approx(-160.0)


@given(st.lists(st.builds(Move, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
                | st.builds(Zoom, st.floats(1e-6, 1e6))
                | st.builds(Rotate, st.floats(-1e6, 1e6)), max_size=12))  # fmt: skip
def test_no_command_loses_the_avatar(sent):
    view = View(Placement())
    for command in sent:
        view.obey(command)
    x, y, scale, rotation_deg = rested(view)
    assert max(abs(x), abs(y)) <= 2.0
    assert SMALLEST * 0.999 <= scale <= LARGEST * 1.001
    assert abs(rotation_deg) <= 180


@pytest.mark.parametrize("factor", [0.0, -1.0])
def test_a_zoom_to_nothing_is_refused(factor):
    with pytest.raises(UserError, match="cannot zoom by"):
        View(HOME).obey(Zoom(factor))


def test_a_command_of_the_show_is_a_broken_promise():
    with pytest.raises(AssertionError):
        View(HOME).obey(Hide())
