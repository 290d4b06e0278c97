import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.sound import tape as tapes
from vtuber.sound.tape import Tape


def ramp(first, count):
    return (np.arange(first, first + count, dtype=np.float32) % 1000) / 1000


def read(tape, count):
    out = np.full(count, 9.0, np.float32)
    first, given = tape.read(out)
    assert not out[given:].any()
    return first, out[:given]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 300)), max_size=60))
def test_what_is_put_is_read_once_and_in_order_whatever_the_blocks(steps):
    tape, put, got = Tape(), 0, []
    for is_put, count in steps:
        if is_put:
            assert tape.put(ramp(put, count)) == put
            put += count
        else:
            first, samples = read(tape, count)
            assert first == sum(map(len, got))
            got.append(samples)
    got.append(read(tape, put)[1])
    assert np.array_equal(np.concatenate(got), ramp(0, put))


def test_a_long_line_makes_room_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr(tapes, "ROOM", 1024)
    monkeypatch.setattr(tapes, "HISTORY", 256)
    tape = Tape()
    tape.put(ramp(0, 700))
    assert np.array_equal(read(tape, 650)[1], ramp(0, 650))
    tape.put(ramp(700, 5000))
    assert np.array_equal(tape.copy(400, 700), ramp(400, 300))  # what was played is still there
    assert np.array_equal(read(tape, 6000)[1], ramp(650, 5050))


def test_a_cut_fades_to_nothing_and_what_comes_next_is_counted_from_there():
    tape = Tape()
    tape.put(np.ones(5000, np.float32))
    read(tape, 1000)
    assert tape.cut(960) == 1960
    assert tape.put(np.full(10, 0.5, np.float32)) == 1960
    first, samples = read(tape, 2000)
    assert first == 1000
    assert samples[0] == 1.0
    assert samples[959] == 0.0
    assert np.abs(np.diff(samples[:960])).max() < 0.0011  # no click
    assert np.array_equal(samples[960:], np.full(10, 0.5, np.float32))


@pytest.mark.parametrize("left", [0, 1, 100])
def test_a_cut_near_the_end_fades_what_is_left(left):
    tape = Tape()
    tape.put(np.ones(500 + left, np.float32))
    read(tape, 500)
    assert tape.cut(960) == 500 + left
    _, samples = read(tape, 960)
    assert len(samples) == left
    assert left < 2 or samples[-1] == 0.0


def test_a_cut_may_keep_what_comes_before_a_count():
    tape = Tape()
    tape.put(np.ones(5000, np.float32))
    read(tape, 1000)
    assert tape.cut(960, 4000) == 4000
    assert np.array_equal(read(tape, 4000)[1], np.ones(3000, np.float32))


def test_reading_does_not_wait_for_an_edit_but_gives_silence_and_stays():
    tape = Tape()
    tape.put(np.ones(100, np.float32))
    with tape._reading:
        reader = threading.Thread(target=lambda: read(tape, 50))
        reader.start()
        reader.join(5.0)
        assert not reader.is_alive()
        assert tape.at == 0
    assert read(tape, 50)[0] == 0
    assert tape.at == 50


def test_what_is_too_loud_is_limited():
    tape = Tape()
    tape.put(np.array([-3.0, 0.5, 3.0], np.float32))
    assert read(tape, 3)[1].tolist() == [-1.0, 0.5, 1.0]
