import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runtime.collector import TINY, Collector, begun, finish, picture, stall
from tests.shows.waiting import until
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.picture import Box, Picture
from vtuber.core.speech import Sound
from vtuber.runtime import outbox as outboxes
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.outbox import Outbox


@pytest.mark.parametrize(("beat_hz", "fps", "due"), [(60, 30, 60), (60, 25, 50), (30, 60, 60)])
def test_a_newest_sink_gets_its_own_rate_and_no_more_than_the_beat_has(beat_hz, fps, due):
    sink, outbox = begun("newest", fps)
    for beat in range(2 * beat_hz):
        before = outbox._next_slot
        outbox.offer(picture(beat), round(beat * 1e9 / beat_hz))
        if outbox._next_slot > before:
            assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert outbox.frames == len(sink.sent) == due
    assert outbox.dropped == 0
    gaps = set(np.diff(sink.sent))
    assert gaps <= {beat_hz // fps, beat_hz // fps + 1, 1}


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_beats_a_sink_takes_the_one_that_a_new_frame_moves(first):
    sink, outbox = begun("newest", 30)
    for beat in range(60):
        frame = (beat - first) // 2
        outbox.offer(Picture(TINY, Box(0, 0, 0, 0), frame, 0, beat), round(beat * 1e9 / 60))
        if len(sink.sent) < outbox._next_slot:
            assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert outbox.frames in (30, 31)
    assert {number % 2 for number in sink.sent[1:]} == {first}


def test_frames_that_are_all_new_do_not_exceed_the_rate():
    sink, outbox = begun("newest", 30)
    for beat in range(120):
        before = outbox._next_slot
        outbox.offer(Picture(TINY, Box(0, 0, 0, 0), beat, 0, beat), round(beat * 1e9 / 60))
        if outbox._next_slot > before:
            assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert outbox.frames in (60, 61)
    assert set(np.diff(sink.sent[2:])) == {2}


def test_a_beat_that_wavers_by_a_hair_loses_no_picture():
    sink, outbox = begun("newest", 30)
    for beat in range(60):
        outbox.offer(picture(beat), round(beat * 1e9 / 30 + (-1) ** beat * 400_000))
        assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert sink.sent == list(range(60))


def test_a_newest_sink_that_is_slow_gets_the_newest_and_the_loss_is_counted():
    sink, outbox = begun("newest", 30)
    stall(sink, outbox, 0, 0.0)
    for beat in range(1, 6):
        outbox.offer(picture(beat), round(beat * 1e9 / 30))
    sink.gate.set()
    for _ in range(2):
        assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert sink.sent == [0, 5]
    assert outbox.dropped == 4


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([(60, 30), (60, 25), (30, 30), (30, 60), (60, 24), (60, 60)]),
    st.lists(st.integers(1, 5), max_size=40),
)
def test_a_paced_sink_gets_exactly_its_rate_of_the_pictures_of_their_time(rates, steps):
    beat_hz, fps = rates
    sink, outbox = begun("paced", fps)
    beats = [0, *np.cumsum(steps).tolist()]  # a step above 1 is a late beat
    for beat in beats:
        outbox.offer(picture(beat), round(beat * 1e9 / beat_hz))
    end_s = (beats[-1] + 1) / beat_hz
    finish(outbox, beats[-1], end_s)
    count = round(end_s * fps)
    assert abs(len(sink.sent) - count) <= (fps < beat_hz)  # a slot that had begun is not cut
    assert sink.sent == sorted(sink.sent)
    for slot, shown in enumerate(sink.sent):
        ends = (slot + 1) * beat_hz / fps  # in beats
        assert shown < ends
        newer = [beat for beat in beats if shown < beat <= slot * beat_hz / fps]
        assert not newer, f"slot {slot} shows {shown} while {newer} were there"


def test_a_late_beat_shows_the_last_picture_again_and_not_the_next_before_its_time():
    sink, outbox = begun("paced", 30)
    for beat in (0, 1, 5):
        outbox.offer(picture(beat), round(beat * 1e9 / 30))
    finish(outbox, 5, 8 / 30)
    assert sink.sent == [0, 1, 1, 1, 1, 5, 5, 5]
    assert outbox.frames == 8
    assert outbox.dropped == 0


def test_a_paced_sink_that_stalls_loses_pictures_but_not_time(monkeypatch):
    monkeypatch.setattr(outboxes, "QUEUE_S", 0.1)  # three pictures
    sink, outbox = begun("paced", 30)
    stall(sink, outbox, 0, 0.0)
    for beat in range(1, 10):
        outbox.offer(picture(beat), round(beat * 1e9 / 30))
    assert len(outbox._queue) == 3
    sink.gate.set()
    finish(outbox, 9, 10 / 30)
    assert sink.sent == [0, 1, 2, 3, 3, 3, 3, 3, 3, 3]
    assert outbox.dropped == outbox.outrun == 6


def test_the_queue_of_large_pictures_is_bounded_by_memory(monkeypatch):
    monkeypatch.setattr(outboxes, "QUEUE_BYTES", 2 * TINY.nbytes)
    sink, outbox = begun("paced", 30)
    stall(sink, outbox, 0, 0.0)
    for beat in range(1, 10):
        outbox.offer(picture(beat), round(beat * 1e9 / 30))
    assert len(outbox._queue) == 2
    sink.gate.set()
    finish(outbox)


def test_the_film_is_filled_to_the_end_of_the_show():
    sink, outbox = begun("paced", 30)
    outbox.offer(picture(0), 5_000_000_000)
    finish(outbox, 0, 7.0)
    assert sink.sent == [0] * 60
    assert sink.closed == 1


def test_a_show_that_never_had_a_picture_ends_with_an_empty_film():
    sink, outbox = begun("paced", 30)
    finish(outbox, None, 3.0)
    assert sink.sent == []
    assert sink.closed == 1


def test_a_newest_sink_is_not_filled_and_what_waits_at_the_end_is_let_go():
    sink, outbox = begun("newest", 30)
    stall(sink, outbox, 0, 0.0)
    outbox.offer(picture(1), 40_000_000)
    outbox.finish(picture(1), 10**10)
    sink.gate.set()
    assert outbox.worker.join(10.0)
    assert sink.sent == [0]
    assert sink.closed == 1


@pytest.mark.parametrize("error", [DeviceLost("unplugged"), ValueError("a fault of ours")])
@pytest.mark.parametrize("delivery", ["newest", "paced"])
def test_a_sink_that_fails_is_closed_and_opened_again_later(delivery, error):
    sink, outbox = begun(delivery, 30)
    sink.error = error
    outbox.offer(picture(0), 0)
    outbox.worker.join(10.0)
    assert sink.closed == 1
    assert outbox.worker.check(10**9).error is error
    for beat in range(1, 10):
        outbox.offer(picture(beat), round(beat * 1e9 / 30))

    sink.error = None
    outbox.worker.check(2 * 10**9)
    until(lambda: sink.opened == 2 and not outbox._queue)  # what waited meanwhile is dropped
    assert outbox.dropped == (9 if delivery == "paced" else 8 + 1)
    assert outbox.outrun == 0  # it was down, not slow
    outbox.offer(picture(10), round(10e9 / 30))
    assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert sink.sent == [10]
    assert (sink.opened, sink.closed) == (2, 2)


def test_a_sink_that_is_down_at_the_end_does_not_hold_the_show_up():
    sink, outbox = begun("paced", 30)
    sink.error = DeviceLost("the disk is full")
    outbox.offer(picture(0), 0)
    outbox.worker.join(10.0)
    finish(outbox, 0, 3.0)
    assert (sink.opened, sink.closed) == (1, 1)


def test_a_fault_at_the_opening_is_told_to_the_caller():
    class Locked(Collector):
        def open(self):
            raise DeviceLost("locked")

    outbox = Outbox("film", Locked("paced"), 30, Meter())
    with pytest.raises(DeviceLost, match="locked"):
        outbox.open()
    finish(outbox)


def test_the_delay_is_counted_from_the_frame_that_moved_the_picture():
    clock, sink = ManualClock(), Collector("newest")
    outbox = Outbox("page", sink, 30, Meter(), clock)
    assert outbox.delay_ms == 0
    outbox.open()
    clock.advance(0.1)
    captured_ns = clock.now_ns() - 25_000_000
    outbox.offer(Picture(TINY, Box(0, 0, 0, 0), captured_ns, 0, 1), clock.now_ns())
    assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert outbox.delay_ms == 25


def sound(number):
    return Sound(np.zeros(1, np.float32), number)


@pytest.mark.parametrize("delivery", ["newest", "paced"])
def test_sound_comes_before_the_pictures_that_came_after_it(delivery):
    sink, outbox = begun(delivery, 30)
    for beat in range(4):
        outbox.hear(sound(2 * beat + 1))
        outbox.hear(sound(2 * beat + 2))
        outbox.offer(picture(beat), round(beat * 1e9 / 30))
        assert sink.taken.acquire(timeout=10.0)
    outbox.hear(sound(9))
    finish(outbox)
    assert sink.sent == [-1, -2, 0, -3, -4, 1, -5, -6, 2, -7, -8, 3] + [-9] * (delivery == "paced")


@pytest.mark.parametrize(("delivery", "shown"), [("newest", [0, 5]), ("paced", [0, 1, 2, 3, 4, 5])])
def test_a_sink_that_is_slow_misses_no_sound(delivery, shown):
    sink, outbox = begun(delivery, 30)
    stall(sink, outbox, 0, 0.0)
    for beat in range(1, 6):
        outbox.hear(sound(beat))
        outbox.offer(picture(beat), round(beat * 1e9 / 30))
    sink.gate.set()
    for _ in shown:
        assert sink.taken.acquire(timeout=10.0)
    finish(outbox)
    assert [n for n in sink.sent if n < 0] == [-1, -2, -3, -4, -5]
    assert [n for n in sink.sent if n >= 0] == shown
    assert sink.sent.index(-5) < sink.sent.index(5)


def test_a_sink_that_eats_no_sound_gets_none():
    sink = Collector("paced", eats=["picture"])
    outbox = Outbox("film", sink, 30, Meter())
    outbox.open()
    outbox.hear(sound(1))
    outbox.offer(picture(0), 0)
    finish(outbox)
    assert sink.sent == [0]


def test_a_sink_that_was_down_gets_no_sound_of_that_time(monkeypatch):
    monkeypatch.setattr(outboxes, "MOST_SOUNDS", 3)
    _, outbox = begun("newest", 30)
    for number in range(1, 6):
        outbox.hear(sound(number))
    assert [kept.start_ns for kept in outbox._sounds] == [3, 4, 5]
    outbox._open()
    assert not outbox._sounds
    finish(outbox)


def test_one_that_is_switched_off_closes_and_gets_nothing_until_it_is_on_again():
    sink, outbox = begun("newest", 60.0)
    outbox.offer(picture(0), 0)
    assert sink.taken.acquire(timeout=10)
    assert outbox.state == "on"
    outbox.switch_off(1)
    assert outbox.worker.join(10)
    assert (outbox.state, sink.closed, outbox.is_down) == ("off", 1, False)
    outbox.offer(picture(1), 10**9)
    outbox.switch_on()
    until(lambda: outbox.state == "on")
    outbox.offer(picture(2), 2 * 10**9)
    assert sink.taken.acquire(timeout=10)
    assert (sink.sent, sink.opened, outbox.dropped) == ([0, 2], 2, 0)
    outbox.finish(None, 0)
    assert outbox.worker.join(10)


def test_a_film_that_is_switched_off_has_what_was_due_and_the_next_begins_anew():
    sink, outbox = begun("paced", 10.0)
    outbox.offer(picture(0), 0)
    outbox.switch_off(300_000_000)  # three slots
    assert outbox.worker.join(10)
    assert sink.sent == [0, 0, 0]
    outbox.switch_on()
    until(lambda: outbox.state == "on")
    outbox.offer(picture(1), 60 * 10**9)  # a minute later: no picture of it is made up for
    outbox.switch_off(60 * 10**9 + 100_000_000)
    assert outbox.worker.join(10)
    assert sink.sent == [0, 0, 0, 1]


def test_one_that_still_closes_is_not_opened_and_one_that_fails_says_so():
    sink, outbox = begun("newest", 60.0)
    sink.gate.clear()
    outbox.offer(picture(0), 0)
    assert sink.is_busy.wait(10)
    outbox.switch_off(1)
    assert outbox.state == "closing"
    with pytest.raises(UserError, match="output film is still closing"):
        outbox.switch_on()
    sink.gate.set()
    assert outbox.worker.join(10)
    sink.error = DeviceLost("the cable is out")
    outbox.switch_on()
    until(lambda: outbox.state == "on")
    outbox.offer(picture(1), 10**9)
    assert outbox.worker.join(10)
    assert (outbox.state, str(outbox.worker.last_error)) == ("down", "the cable is out")


@pytest.mark.parametrize("delivery", ["newest", "paced"])
def test_what_is_shown_while_one_opens_again_is_not_due_to_it_and_not_lost(delivery):
    may_open = threading.Event()

    class Slow(Collector):
        def open(self):
            assert may_open.wait(30)
            super().open()

    may_open.set()
    sink = Slow(delivery)
    outbox = Outbox("film", sink, 10.0, Meter())
    outbox.open()
    outbox.switch_off(0)
    assert outbox.worker.join(10)
    may_open.clear()
    outbox.switch_on()
    for beat in range(9):
        outbox.hear(sound(beat))
        outbox.offer(picture(beat), beat * 10**8)
    assert (outbox.state, outbox.waiting) == ("opening", 0)
    may_open.set()
    until(lambda: outbox.state == "on")
    outbox.hear(sound(10))
    outbox.offer(picture(10), 10**9)
    assert sink.taken.acquire(timeout=10)
    finish(outbox, 10, 1.1)
    assert (sink.sent, outbox.dropped) == ([-10, 10], 0)


def test_one_that_is_down_and_switched_off_keeps_no_pictures():
    sink, outbox = begun("paced", 10.0)
    sink.error = DeviceLost("the disk is full")
    for beat in range(9):
        outbox.offer(picture(beat), beat * 10**8)
    assert outbox.worker.join(10)
    assert outbox.waiting
    outbox.switch_off(10**9)
    outbox.offer(picture(10), 10**9)
    assert (outbox.state, outbox.waiting) == ("off", 0)
