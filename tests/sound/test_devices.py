"""PortAudio's troubles, on one of our own that fails where it is told to."""

import sys
import threading
import weakref

import pytest

from vtuber.core.errors import DeviceLost, UserError
from vtuber.runtime.clock import ManualClock
from vtuber.sound import devices
from vtuber.sound.microphone import Microphone
from vtuber.sound.speaker import Speaker


class PortAudioError(Exception):
    """As sounddevice's."""


class Library:
    """One device; `fails` is the call that raises, `meanwhile` what others do while one opens."""

    PortAudioError = PortAudioError

    class default:  # noqa: N801
        device = (0, 0)

    def __init__(self):
        self.fails, self.terminated, self.streams = "", 0, []
        self.meanwhile = lambda: None

    def call(self, name):
        if name == self.fails:
            raise PortAudioError(f"Error in {name}")

    def query_devices(self, index=None):
        self.call("query_devices")
        device = {"name": "box", "max_output_channels": 2, "max_input_channels": 1}
        return [device] if index is None else device

    def stream(self, **options):
        self.call("open")
        self.meanwhile()
        self.streams.append(Stream(self))
        return self.streams[-1]

    OutputStream = InputStream = stream

    def _terminate(self):
        self.terminated += 1

    def _initialize(self):
        self.call("initialize")


class Stream:
    active, latency = True, 0.1

    def __init__(self, library):
        self._library, self.closed = library, False

    def start(self):
        self._library.call("start")

    def abort(self, ignore_errors=True):
        """It is silent anyway."""

    def close(self, ignore_errors=True):
        self.closed = True


def pactl(*words):
    raise UserError("no pactl here")


@pytest.fixture
def library(monkeypatch):
    made = Library()
    monkeypatch.setitem(sys.modules, "sounddevice", made)
    monkeypatch.setattr(devices, "_open", weakref.WeakSet())
    return made


def stopped():
    stop = threading.Event()
    stop.set()
    return stop


def speaker():
    return Speaker("default", ManualClock(), pactl)


def microphone():
    return Microphone("default", ManualClock(), pactl)


@pytest.mark.parametrize("fails", ["query_devices", "open", "start"])
def test_a_speaker_that_portaudio_refuses_is_refused_in_words_and_closed(library, fails):
    library.fails = fails
    plays = speaker()
    with pytest.raises(UserError, match=f"Error in {fails}"):
        plays.open()
    assert all(stream.closed for stream in library.streams)
    assert plays.heard(0) == 0.0
    library.fails = ""
    plays.open()
    assert not library.streams[-1].closed


@pytest.mark.parametrize("fails", ["query_devices", "initialize", "start"])
def test_a_microphone_that_portaudio_refuses_is_refused_in_words_and_closed(library, fails):
    library.fails = fails
    with pytest.raises(UserError, match=f"Error in {fails}"):
        microphone().run(stopped())
    assert all(stream.closed for stream in library.streams)


@pytest.mark.parametrize("fails", ["query_devices", "initialize", "open", "start"])
def test_a_speaker_that_cannot_come_back_is_still_lost(library, fails):
    library.fails = fails
    with pytest.raises(DeviceLost, match=f"Error in {fails}"):
        speaker().keep(stopped())


@pytest.mark.parametrize("opens", [lambda: speaker().open(), lambda: microphone().run(stopped())])
def test_portaudio_is_not_ended_while_another_thread_opens_a_stream(library, opens):
    terminated = []

    def meanwhile():
        other = threading.Thread(target=devices.refresh)
        before = library.terminated
        other.start()
        other.join(0.1)
        terminated.append(library.terminated - before)

    library.meanwhile = meanwhile
    opens()
    assert terminated == [0]
