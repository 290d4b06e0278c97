"""How far the mouth is from the sound: pictures of a live show against what its speaker plays.

    python benchmarks/av_sync.py [--json] [--fps 60] [--seconds 20]

A PulseAudio of our own, whose sink's monitor is recorded; a live show whose voice plays syllables
at known places. A syllable begins to sound in the recording, and the mouth is half open in a
picture that an output gets: the difference is the error, < 0 where the mouth is first. What stands
behind the output (OBS, a virtual camera) comes on top, and is what `av_offset_ms` is for.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import wave
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for the tests' PulseAudio
from tests.sound.pulse import Pulse, Recorder
from vtuber import plugins
from vtuber.core.command import CalibrationName, Command, Quit, Say
from vtuber.core.face import Face
from vtuber.core.picture import Picture
from vtuber.core.ports import StopEvent
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.output import null
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.priority import hurried
from vtuber.settings import Settings, VoiceSettings
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import Sinks
from vtuber.shows.talk.speech import Speech
from vtuber.sound.devices import refresh

SIZE = (480, 480)
SETTLES_S = 4.0  # the stream of a new speaker
VOWEL_S, PAUSE_S = 0.18, (0.12, 0.30)


class Still:
    """An `Intake` of a performer who looks ahead and keeps their mouth shut."""

    greeting, watched, frames, found, is_ready, has_ended = "", (), 0, 0, True, False
    _ahead = PoseInput(BASE.default, np.ones(len(BASE), np.float32))

    def open(self) -> None: ...

    def wait_until_ready(self, stop: threading.Event) -> None: ...

    def face(self, now_ns: int, performer: int = 1) -> Face:
        return Face(now_ns, now_ns, True, self._ahead)

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None: ...

    def looked(self) -> None: ...

    def close(self) -> None: ...


class Keys:
    """Hands that have lines said, once the show plays, and end the show after them."""

    def __init__(
        self,
        emit: Callable[[Command], bool],
        speech: Speech,
        lines: Sequence[str],
        wait_s: tuple[float, float],
    ) -> None:
        """`wait_s`: before the lines, and when the last one is made."""
        self._emit, self._speech = emit, speech
        self._lines, self._wait_s = lines, wait_s

    def run(self, stop: StopEvent) -> None:
        stop.wait(self._wait_s[0])
        for line in self._lines:
            self._emit(Say(line))
        while self._speech.lines < len(self._lines) and not stop.wait(0.1):
            pass
        stop.wait(self._wait_s[1])
        self._emit(Quit())

    def rebind(self, keys: Mapping[str, str]) -> None: ...

    def press(self, key: str) -> None: ...


def syllables(folder: Path, seconds: float) -> np.ndarray:
    """Write a sound of vowels after silence, and its visemes; give when each vowel begins."""
    dice = np.random.default_rng(7)
    begins, t_s = [], 0.4
    while t_s < seconds - 0.5:
        begins.append(t_s)
        t_s += VOWEL_S + dice.uniform(*PAUSE_S)
    samples = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
    t = np.arange(round(VOWEL_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tone = 0.3 * sum(np.sin(2 * np.pi * 150 * k * t) / k for k in range(1, 9))
    visemes = [{"t_s": 0.0, "viseme": "sil", "weight": 0.0}]
    for begin_s in begins:
        at = round(begin_s * SAMPLE_RATE_HZ)
        samples[at : at + len(t)] = tone
        visemes.append({"t_s": begin_s, "viseme": "aa", "weight": 1.0})
        visemes.append({"t_s": begin_s + VOWEL_S, "viseme": "PP", "weight": 1.0})
    with wave.open(str(folder / "syllables.wav"), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    (folder / "syllables.json").write_text(json.dumps({"visemes": visemes}))
    return np.array(begins)


def watch(
    fps: float, seconds: float, folder: Path
) -> tuple[np.ndarray, np.ndarray, dict[str, Any]]:
    """Play a show; give the times in ns of its pictures, how open its mouth is, its summary."""
    clock, seen = SystemClock(), []

    class Watch(null.Output):
        def send(self, picture: Picture) -> None:
            now_ns = clock.now_ns()
            rgb = picture.rgba[250:310, 200:280, :3].astype(int)
            dark = (rgb[..., 0] < 190) & (rgb[..., 1] < 130)  # the cavity, the tongue, the lips
            seen.append((now_ns, int(dark.sum())))

    settings = Settings(
        size=f"{SIZE[0]}x{SIZE[1]}",
        fps=fps,
        physics=0,
        voice=VoiceSettings(engine=f"wav:{folder}", speaker="room"),
    )
    output = plugins.Plugin("null", Watch, null.Options(fps=round(fps)))
    summary = played(settings, output, clock, ["syllables"], (SETTLES_S, seconds + 1.0), seconds)
    times, inside = np.array(seen).T
    return times, inside, summary


def played(
    settings: Settings,
    output: plugins.Plugin,
    clock: SystemClock,
    lines: Sequence[str],
    wait_s: tuple[float, float],
    seconds: float,
) -> dict[str, Any]:
    """Play a whole show, without a camera, in which lines are said; give its summary."""
    meter = Meter()

    def quiet(what: object) -> None: ...

    speech = Speech(settings.voice, clock, quiet)
    show = LiveShow(
        settings,
        Still(),
        Sinks([output], settings.size, clock, meter, print),
        meter,
        clock,
        Announcer(quiet, quiet),
        lambda stop: Direction(
            settings,
            None,
            lambda keys, emit: Keys(emit, speech, lines, wait_s),
            quiet,
            stop,
            clock,
            speech=speech,
        ),
    )
    return show.run(seconds + 60.0)


def measured(fps: float, seconds: float) -> dict[str, float]:
    """Give the errors in ms.

    As in `vtuber run`, the show goes before other programs where it may; so does PulseAudio, which
    is real-time elsewhere.
    """
    with tempfile.TemporaryDirectory() as name, hurried():
        folder = Path(name)
        pulse = Pulse(folder)
        os.environ["PULSE_SERVER"], os.environ["PULSE_COOKIE"] = pulse.address, name + "/cookie"
        pulse.start()
        refresh()
        recorder = Recorder("room.monitor")
        try:
            begins = syllables(folder, seconds)
            times, inside, summary = watch(fps, seconds, folder)
            heard = recorder.samples
            loud = np.flatnonzero(np.abs(heard) > 0.05)
            starts = loud[np.flatnonzero(np.diff(loud, prepend=-(10**9)) > 4800)]
            sounds = np.array([recorder.ns(start) for start in starts])
        finally:
            recorder.close()
            pulse.stop()
    shut, wide = np.percentile(inside, 2), np.percentile(inside, 98)
    is_open = inside > (shut + wide) / 2
    opens = times[np.flatnonzero(is_open & ~np.roll(is_open, 1))]
    nearest = opens[np.abs(opens[None] - sounds[:, None]).argmin(1)]
    error_ms = (nearest - sounds) / 1e6
    error_ms = error_ms[np.abs(error_ms) < 1000 * PAUSE_S[0]]  # others are another syllable's
    beats = summary["frames"] + summary["late_beats"]
    return {
        "syllables": len(begins),
        "seen_and_heard": len(error_ms),  # fewer where late beats swallow a closed mouth
        "error_median_ms": round(float(np.median(error_ms)), 1),
        "error_abs_p95_ms": round(float(np.percentile(np.abs(error_ms), 95)), 1),
        "sound_first_most_ms": round(float(max(error_ms.max(), 0.0)), 1),
        "mouth_first_most_ms": round(float(max(-error_ms.min(), 0.0)), 1),
        "late_beats": round(summary["late_beats"] / beats, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fps", type=float, default=60.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    figures = measured(asked.fps, asked.seconds)
    if asked.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
