"""The speaker on a real PulseAudio, whose sink's monitor is recorded."""

import threading

import numpy as np
import pytest

from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.pactl import pactl
from vtuber.runtime.worker import Worker
from vtuber.sound.speaker import Speaker
from vtuber.sound.speakers import speaker_called

pytestmark = pytest.mark.alone

CLOCK = SystemClock()
MS = 1_000_000


def chirp(seconds):
    """Something that is like itself at one shift only, and begins and ends softly."""
    t = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    soft = np.minimum(1.0, np.minimum(t, t[::-1]) / 0.01)
    return (0.6 * soft * np.sin(2 * np.pi * (200 * t + 900 * t**2))).astype(np.float32)


def place(recorded, samples):
    """Find where in a recording samples begin."""
    size = len(recorded) + len(samples)
    product = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(samples, size))
    return int(np.fft.irfft(product, size)[: len(recorded)].argmax())


@pytest.fixture
def speaker(pulse):
    speakers = []

    def speaker(name="default", **options):
        speakers.append(Speaker(name, CLOCK, pactl, **options))
        speakers[-1].open()
        return speakers[-1]

    yield speaker
    for each in speakers:
        each.close()


@pytest.mark.parametrize(("offset_s", "later_ms"), [(0.0, 0), (0.15, 150), (-0.08, -80)])
def test_samples_arrive_without_clicks_when_it_says(pulse, speaker, record, offset_s, later_ms):
    plays, recorder = speaker(pulse.name, av_offset_s=offset_s), record(f"{pulse.name}.monitor")
    recorder.wait(SAMPLE_RATE_HZ)  # the stream's first blocks are uneven
    samples = chirp(1.0)
    cuts = np.cumsum([0, 1, 700, 959, 960, 961, 5000, 17, 20_000]).tolist()
    for begin, end in zip(cuts, [*cuts[1:], len(samples)], strict=True):
        assert plays.put(samples[begin:end]) == begin
    recorder.wait(round(1.8 * SAMPLE_RATE_HZ))
    recorded = recorder.samples
    begin = place(recorded, samples)
    wrong = recorded[begin : begin + len(samples)] - samples
    assert np.abs(wrong).max() < 1e-3  # 16 bits, and not one sample is missing
    assert plays.heard(CLOCK.now_ns()) == len(samples)
    sounds = plays.played(CLOCK.now_ns())
    assert np.array_equal(np.concatenate([sound.samples for sound in sounds]), samples)
    assert recorder.ns(begin) / MS - later_ms == pytest.approx(sounds[0].start_ns / MS, abs=39)


def test_silence_fades_within_20_ms(pulse, speaker, record):
    plays, recorder = speaker(), record(f"{pulse.name}.monitor")
    recorder.wait(SAMPLE_RATE_HZ // 2)
    plays.put(np.full(3 * SAMPLE_RATE_HZ, 0.5, np.float32))
    recorder.wait(SAMPLE_RATE_HZ // 2)
    asked_ns = CLOCK.now_ns()
    end = plays.silence()
    recorder.wait(SAMPLE_RATE_HZ // 2)
    loud = np.flatnonzero(recorder.samples > 0.499)
    heard = np.flatnonzero(recorder.samples > 0.001)
    assert (heard[-1] - loud[-1]) / SAMPLE_RATE_HZ == pytest.approx(0.020, abs=0.001)
    assert end == pytest.approx(heard[-1] - heard[0], abs=20)
    assert recorder.ns(heard[-1]) - asked_ns < 1500 * MS  # 200 on a machine of its own; else 2500
    assert plays.put(np.zeros(10, np.float32)) == end


def test_a_sink_is_found_by_its_name(pulse, speaker, record):
    module = pulse.ask("load-module", "module-null-sink", "sink_name=attic", "rate=48000").strip()
    try:
        plays = speaker("ATTI")
        here, there = record("attic.monitor"), record(f"{pulse.name}.monitor")
        plays.put(np.full(SAMPLE_RATE_HZ // 4, 0.5, np.float32))
        here.wait(SAMPLE_RATE_HZ)
        assert np.count_nonzero(here.samples > 0.4) == SAMPLE_RATE_HZ // 4
        assert not there.samples.any()
        plays.close()
    finally:
        pulse.ask("unload-module", module)


def test_a_name_that_nothing_has_is_answered_with_those_that_there_are(pulse):
    with pytest.raises(UserError, match=r"no speaker called 'roof'; .*room"):
        Speaker("roof", CLOCK, pactl).open()


def test_a_virtual_microphone_gives_what_is_played_and_goes_with_its_speaker(pulse, record):
    plays = speaker_called("mic", CLOCK, pactl)
    plays.open()
    try:
        recorder = record("vtuber_mic")
        plays.put(np.full(SAMPLE_RATE_HZ // 4, 0.5, np.float32))
        recorder.wait(SAMPLE_RATE_HZ)
        assert np.count_nonzero(recorder.samples > 0.4) == SAMPLE_RATE_HZ // 4
    finally:
        plays.close()
    assert "vtuber" not in pulse.ask("list", "short", "modules")


def test_a_microphone_that_a_killed_show_left_is_made_anew(pulse):
    dead = "device.description=vtuber vtuber.pid=4194999"  # above what Linux gives
    pulse.ask("load-module", "module-null-sink", "sink_name=vtuber", f"sink_properties='{dead}'")
    plays = speaker_called("mic", CLOCK, pactl)
    plays.open()
    assert "4194999" not in pulse.ask("list", "short", "modules")
    plays.close()
    assert "vtuber" not in pulse.ask("list", "short", "modules")


def test_a_device_that_goes_is_said_time_goes_on_and_it_comes_back(pulse, speaker, record):
    plays = speaker(pulse.name)
    record(f"{pulse.name}.monitor").wait(SAMPLE_RATE_HZ // 2)
    samples = chirp(2.0)
    plays.put(np.concatenate([np.zeros(4800, np.float32), samples[:48_000]]))
    pulse.stop()
    never = threading.Event()
    with pytest.raises(DeviceLost, match="the speaker room is gone"):
        plays.keep(never)
    with pytest.raises(DeviceLost):
        plays.keep(never)  # still gone
    until_ns = CLOCK.now_ns() + 10_000 * MS
    while plays.heard(CLOCK.now_ns()) < 52_800:
        assert CLOCK.now_ns() < until_ns, "time stands still"
    pulse.start()
    keeper = Worker("speaker", plays.keep)
    keeper.start()
    recorder = record(f"{pulse.name}.monitor")
    recorder.wait(2 * SAMPLE_RATE_HZ)
    plays.put(samples[48_000:])
    recorder.wait(2 * SAMPLE_RATE_HZ)
    keeper.ask_to_stop()
    assert keeper.join(10.0)
    assert keeper.error is None
    recorded = recorder.samples
    begin = place(recorded, samples[48_000:])
    assert np.abs(recorded[begin : begin + 48_000] - samples[48_000:]).max() < 1e-3
