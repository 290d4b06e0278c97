import numpy as np
import pytest

from vtuber.capture.card import Capture, Options, draw_card
from vtuber.core.errors import SourceEnded, UserError
from vtuber.runtime.clock import ManualClock


def test_a_paced_card_keeps_its_rate_on_the_clock():
    clock = ManualClock(5_000)
    card = Capture(Options(fps=20), clock)
    card.open()
    frames = [card.read() for _ in range(5)]
    assert [frame.captured_ns - 5_000 for frame in frames] == [n * 50_000_000 for n in range(5)]
    assert [frame.sequence for frame in frames] == [0, 1, 2, 3, 4]
    assert clock.now_ns() == frames[-1].captured_ns


def test_an_unpaced_card_does_not_wait_but_keeps_its_stamps():
    clock = ManualClock()
    card = Capture(Options(fps=20, paced=False, frames=3), clock)
    card.open()
    assert [card.read().captured_ns for _ in range(3)] == [0, 50_000_000, 100_000_000]
    assert clock.now_ns() == 0
    with pytest.raises(SourceEnded):
        card.read()


def test_the_marker_walks_and_the_bars_are_rgb():
    first, later = draw_card(320, 240, 0), draw_card(320, 240, 45)
    assert first.shape == (240, 320, 3)
    assert first.dtype == np.uint8
    assert first.flags.c_contiguous
    row = 240 * 3 // 8
    assert (first[row, 5] == 255).all()
    assert (later[row, 5] == 191).all()
    assert (later[row, 160] == 255).all()
    assert tuple(first[2, 60]) == (191, 191, 0)  # yellow: red and green, no blue


@pytest.mark.parametrize(
    "wrong", [{"width": 0}, {"height": 10**6}, {"fps": 0}, {"fps": float("nan")}]
)
def test_a_card_of_no_size_or_rate_is_refused(wrong):
    with pytest.raises(UserError, match="give"):
        Capture(Options(**wrong), ManualClock())
