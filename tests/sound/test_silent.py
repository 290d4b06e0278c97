import threading

import numpy as np
import pytest

from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.runtime.clock import ManualClock
from vtuber.sound.silent import Speaker

MS = 1_000_000


def tone(seconds):
    return np.full(round(seconds * SAMPLE_RATE_HZ), 0.5, np.float32)


@pytest.fixture
def clock():
    return ManualClock(7_000 * MS)


def test_samples_are_heard_at_the_pace_of_the_clock(clock):
    speaker = Speaker(clock)
    assert speaker.put(tone(1.0)) == 0
    assert speaker.put(tone(0.5)) == 48_000
    heard = []
    for _ in range(5):
        heard.append(speaker.heard(clock.now_ns()))
        clock.advance(0.5)
    assert heard == [0, 24_000, 48_000, 72_000, 72_000]


def test_what_will_be_heard_is_known(clock):
    speaker = Speaker(clock)
    speaker.put(tone(0.05))
    ahead = [speaker.heard(clock.now_ns() + ms * MS) for ms in (0, 30, 100)]
    assert ahead == [0, 1440, 2400]
    assert speaker.heard(clock.now_ns()) == 0


def test_nothing_counts_while_nothing_is_queued(clock):
    speaker = Speaker(clock)
    speaker.put(tone(0.1))
    clock.advance(10.0)
    assert speaker.put(tone(0.1)) == 4800
    assert speaker.heard(clock.now_ns()) == 4800
    clock.advance(0.05)
    assert speaker.heard(clock.now_ns()) == 7200


@pytest.mark.parametrize("asks", [1, 3, 50])
def test_what_is_played_when_does_not_depend_on_who_asks(asks, clock):
    speaker, sounds = Speaker(clock), []
    speaker.put(tone(0.3))
    for _ in range(asks):
        clock.advance(0.6 / asks)
        speaker.heard(clock.now_ns())
        sounds += speaker.played(clock.now_ns())
    clock.sleep_until(7_600 * MS)
    speaker.put(tone(0.2))
    clock.advance(1.0)
    sounds += speaker.played(clock.now_ns())
    assert sum(len(sound.samples) for sound in sounds) == 24_000
    assert sounds[0].start_ns == 7_000 * MS
    last = sounds[-1]
    end_ns = last.start_ns + round(len(last.samples) * 1e9 / SAMPLE_RATE_HZ)
    assert end_ns == pytest.approx(7_800 * MS, abs=30_000)


def test_silence_fades_within_20_ms_and_the_count_goes_on_from_its_end(clock):
    speaker = Speaker(clock)
    speaker.put(tone(5.0))
    clock.advance(1.0)
    assert speaker.silence() == 48_960
    clock.advance(1.0)
    assert speaker.heard(clock.now_ns()) == 48_960
    assert speaker.put(tone(0.1)) == 48_960
    (sound,) = speaker.played(clock.now_ns())
    assert len(sound.samples) == 48_960
    assert sound.samples[47_999] == 0.5
    assert sound.samples[-1] == 0.0
    assert np.all(np.diff(sound.samples[48_000:]) <= 0)


def test_it_needs_no_keeping(clock):
    stop = threading.Event()
    stop.set()
    Speaker(clock).keep(stop)
