"""How soon, and at what cost to the beat, does a show speak? Rows for `benchmarks/voice.py`.

    python benchmarks/voice_live.py [--json] [--engine bundled]

Wall-clock times, by the show's own path: the process, the pipe, the thread that feeds the speaker.
They want an idle machine; the beat is compared with a bare ticker of the same minute.
"""

from __future__ import annotations

import argparse
import json
import threading
from difflib import SequenceMatcher

import numpy as np

from vtuber.core.speech import Line
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.priority import hurried
from vtuber.runtime.ticker import Ticker
from vtuber.settings import VoiceSettings
from vtuber.shows.talk.speech import Speech
from vtuber.sound.silent import Speaker

FPS = 60.0
LINES = (
    "Hello there, chat!", "That was close.", "Thank you so much for the raid.", "Wait, what?",
    "I did not see that coming at all.", "Let us try the other door.", "Good night, everybody.",
    "You are the best.", "Is anybody still here?", "We have five minutes left.",
)  # fmt: skip
US = ("performer",)
START_S = 90.0  # a voice that has not started by then will not


class Stopwatch(Speaker):
    """A silent speaker that notes when it is given samples."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__(clock)
        self.first_ns: int | None = None
        self.given = threading.Event()

    def put(self, samples: np.ndarray) -> int:
        """Take samples, and look at the clock at the first that sound."""
        if self.first_ns is None and len(samples):
            self.first_ns = SystemClock().now_ns()
            self.given.set()
        return super().put(samples)


def _warm(engine: str, clock: SystemClock) -> tuple[Speech, Stopwatch]:
    speaker = Stopwatch(clock)
    speech = Speech(VoiceSettings(engine=engine), clock, lambda said: None, speaker=speaker)
    speech.say(Line("This warms it up."), US)
    if not speaker.given.wait(START_S):
        raise SystemExit(f"{engine} did not speak within {START_S:g} s")
    return speech, speaker


def first_samples(engine: str = "bundled", count: int = 30) -> list[float]:
    """Give the milliseconds from a line to the first sample that the speaker is handed."""
    clock = SystemClock()
    speech, speaker = _warm(engine, clock)
    nap = threading.Event()
    taken = []
    try:
        for place in range(count):
            while speech.lines < place + 1:
                nap.wait(0.01)
            speech.hush(US)  # nobody waits for the end of what was said
            speaker.first_ns = None
            speaker.given.clear()
            asked_ns = clock.now_ns()
            speech.say(Line(LINES[place % len(LINES)]), US)
            assert speaker.given.wait(START_S)
            assert speaker.first_ns is not None
            taken.append((speaker.first_ns - asked_ns) / 1e6)
    finally:
        speech.close()
    return taken


def late_beats(engine: str = "bundled", seconds: float = 20.0) -> tuple[float, float]:
    """Give the late beats in percent: of a bare ticker, and while a voice starts and speaks."""
    clock = SystemClock()
    bare = _ticked(clock, None, seconds / 2)
    speech = Speech(VoiceSettings(engine=engine), clock, lambda said: None, speaker=Speaker(clock))
    speech.begin()
    for line in LINES:
        speech.say(Line(line), US)
    try:
        speaking = _ticked(clock, speech, seconds)
    finally:
        speech.close()
    return (bare + _ticked(clock, None, seconds / 2)) / 2, speaking


def _ticked(clock: SystemClock, speech: Speech | None, seconds: float) -> float:
    """Beat for so long; give the share of intervals without a beat, in percent."""
    ticker = Ticker(clock, FPS)
    end_ns, beats = clock.now_ns() + round(seconds * 1e9), 0
    while clock.now_ns() < end_ns:
        now_ns = ticker.wait().deadline_ns
        beats += 1
        if speech is not None:
            speech.mouths(now_ns)
    return 100.0 * ticker.late_beats / (beats + ticker.late_beats)


def in_a_show(engine: str, fps: float, seconds: float = 20.0) -> tuple[float, float]:
    """Give the late beats in percent of a whole show of 720p: silent, and with a voice.

    The voice starts within the time that is measured, and speaks.
    """
    import av_sync

    from vtuber import plugins
    from vtuber.output import null
    from vtuber.settings import Settings

    def late(lines: tuple[str, ...], wait_s: tuple[float, float]) -> float:
        voice = VoiceSettings(engine=engine if lines else "", speaker="silent")
        settings = Settings(size="1280x720", fps=fps, voice=voice)
        output = plugins.Plugin("null", null.Output, null.Options(fps=round(fps)))
        summary = av_sync.played(settings, output, SystemClock(), lines, wait_s, seconds)
        return 100.0 * summary["late_beats"] / (summary["frames"] + summary["late_beats"])

    return late((), (seconds, 0.0)), late(LINES, (0.5, 1.0))


FINE, WINDOW = 64, 512  # samples: 2.9 ms and 23 ms, of the frames that sounds are aligned by


def onset_errors(count: int = 20) -> list[float]:
    """Give how much later phonemes of the bundled voice begin than its sound says, in ms.

    The truth is espeak-ng's own, of the same sentence, carried over by aligning both sounds
    (dynamic time warping of cepstra); what the alignment itself errs counts against us.
    """
    import librosa

    from vtuber.voice.bundled import evaluate
    from vtuber.voice.bundled.teacher import SAMPLE_RATE_HZ, Teacher
    from vtuber.voice.bundled.voice import Bundled

    voice, teacher = Bundled(), Teacher()
    voice.open()
    errors: list[float] = []
    for text in evaluate.held_out(count):
        pieces = list(voice.speak(text))
        ours = [phone for piece in pieces for phone in piece.phones if phone.sound != "sil"]
        sound = np.concatenate([piece.samples for piece in pieces])
        said = teacher.speak(text)
        truth = said.samples.astype(np.float32) / 32768
        frames = [evaluate.cepstra(one, FINE, WINDOW) for one in (sound, truth)]
        # Both are cut to what is loud.
        at, at_truth = (evaluate.loud(one)[0] / SAMPLE_RATE_HZ for one in (sound, truth))
        _, path = librosa.sequence.dtw(frames[0].T, frames[1].T)
        rows, columns = path.T
        counterparts = np.bincount(columns, rows) / np.bincount(columns)
        frame_s = FINE / SAMPLE_RATE_HZ
        match = SequenceMatcher(
            None, [p.sound for p in ours], [s.ipa for s in said.sounds], autojunk=False
        )
        for block in match.get_matching_blocks():
            for step in range(block.size):
                begin_s = said.begins[block.b + step] / SAMPLE_RATE_HZ - at_truth
                there = np.interp(begin_s / frame_s, np.arange(len(counterparts)), counterparts)
                there_s = there * frame_s + at
                errors.append(1000 * (ours[block.a + step].begin_s - there_s))
    return errors


def figures(engine: str = "bundled") -> dict[str, float]:
    """Measure all of it; as in `vtuber run`, the show goes before other programs where it may."""
    with hurried():
        firsts = first_samples(engine)
        bare, speaking = late_beats(engine)
        shows = {f"{fps:g}": in_a_show(engine, fps) for fps in (60.0, 30.0)}
    return {
        "first_sample_p50_ms": float(np.median(firsts)),
        "first_sample_p95_ms": float(np.percentile(firsts, 95)),
        "late_beats_bare_percent": bare,
        "late_beats_speaking_percent": speaking,
        **{f"late_beats_show_{fps}_percent": silent for fps, (silent, _) in shows.items()},
        **{f"late_beats_show_{fps}_speaking_percent": late for fps, (_, late) in shows.items()},
    }


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default="bundled")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    found = {name: round(value, 2) for name, value in figures(flags.engine).items()}
    print(json.dumps(found) if flags.json else "\n".join(f"{k}: {v:g}" for k, v in found.items()))


if __name__ == "__main__":
    main()
