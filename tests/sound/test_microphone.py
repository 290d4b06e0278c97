"""The microphone on a real PulseAudio: it hears the monitor of a sink that we play into."""

import threading

import numpy as np
import pytest

from tests.sound.voices import silence, vowel
from vtuber.core.errors import DeviceLost, UserError
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.pactl import pactl
from vtuber.runtime.worker import Worker
from vtuber.sound.microphone import Microphone
from vtuber.sound.speaker import Speaker

pytestmark = pytest.mark.alone

CLOCK = SystemClock()


def until(is_so, seconds=15.0):
    """Ask again and again."""
    never, end_ns = threading.Event(), CLOCK.now_ns() + round(seconds * 1e9)
    while not is_so():
        assert CLOCK.now_ns() < end_ns, "it never was so"
        never.wait(0.01)


def opening(microphone):
    shares = microphone.shares(CLOCK.now_ns())
    return -1.0 if shares is None else sum(share for _, share in shares)


def test_a_mouth_follows_what_the_microphone_hears(pulse):
    speaker = Speaker(pulse.name, CLOCK, pactl)
    speaker.open()
    microphone = Microphone(f"{pulse.name}.monitor", CLOCK, pactl)
    microphone.check()
    assert microphone.shares(CLOCK.now_ns()) is None  # nobody knows yet
    listens = Worker("microphone", microphone.run)
    listens.start()
    try:
        until(lambda: microphone.blocks > 50)
        assert opening(microphone) < 0.1
        sound = np.concatenate([silence(0.5), vowel("aa", 1.5), silence(2.0)])
        speaker.put(sound)
        until(lambda: opening(microphone) > 0.7)
        shares = dict(microphone.shares(CLOCK.now_ns()))
        assert max(shares, key=shares.get) == "aa"
        until(lambda: opening(microphone) < 0.1)
        assert microphone.shares(CLOCK.now_ns() + 1_000_000_000) is None  # too old
    finally:
        listens.ask_to_stop()
        assert listens.join(5.0)
        speaker.close()
    assert listens.error is None
    assert microphone.shares(CLOCK.now_ns()) is None


def test_a_microphone_that_nobody_has_is_refused_in_words(pulse):
    with pytest.raises(UserError, match=r"no microphone called 'shure'; .*room\.monitor"):
        Microphone("shure", CLOCK, pactl).check()


def test_a_microphone_that_goes_is_said_to_be_gone(pulse):
    microphone = Microphone(f"{pulse.name}.monitor", CLOCK, pactl)
    listens = Worker("microphone", microphone.run)
    listens.start()
    until(lambda: microphone.blocks > 10)
    pulse.stop()
    until(lambda: not listens.is_alive)
    pulse.start()
    assert isinstance(listens.error, DeviceLost)
    assert str(listens.error) == "the microphone room.monitor is gone"
