"""How good is the voice? One object of numbers, each beside what it must be.

    python benchmarks/voice.py [--json] [--only NAME ...] [--words FILE]

A measure is a function here that gives rows, and a line in MEASURES. Times are CPU times of one
thread: on a busy machine they stay what they are.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy and torch read it

import argparse
import functools
import json
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vtuber.voice.bundled import evaluate, weights
from vtuber.voice.bundled.teacher import Teacher
from vtuber.voice.bundled.voice import Bundled

SENTENCES = 30
WORDS = Path("/usr/share/dict/american-english")


@dataclass(frozen=True, slots=True)
class Row:
    """One number, what it must be, and what would be good."""

    name: str
    value: float
    must: float | None = None
    good: float | None = None
    is_more_better: bool = False

    @property
    def verdict(self) -> str:
        """Say how it compares: good, ok, or short."""
        for word, bound in (("good", self.good), ("ok", self.must)):
            if bound is not None and (self.value >= bound if self.is_more_better
                                      else self.value <= bound):  # fmt: skip
                return word
        return "" if self.must is None else "short"


@functools.cache
def bundled() -> Bundled:
    """Open the bundled voice once for all measures."""
    voice = Bundled()
    voice.open()
    for _ in voice.speak("This warms it up, twice over."):
        pass
    return voice


@functools.cache
def teacher() -> Teacher:
    """Open espeak-ng once for all measures."""
    return Teacher()


def understood() -> Iterator[Row]:
    """Have pocketsphinx tell held-out sentences apart; beside it, those of espeak-ng."""
    texts = evaluate.held_out(SENTENCES)
    ours = evaluate.identified(texts, [evaluate.spoken(bundled(), text) for text in texts])
    theirs = evaluate.identified(texts, [evaluate.taught(teacher(), text) for text in texts])
    yield Row(f"sentences of {SENTENCES} identified", ours, 27, 30, is_more_better=True)
    yield Row("the same said by espeak-ng", theirs)


def likeness() -> Iterator[Row]:
    """Compare the sound of held-out sentences with espeak-ng's; beside it, of another sentence."""
    texts = evaluate.held_out(SENTENCES)[:16]
    ours = [evaluate.spoken(bundled(), text) for text in texts]
    theirs = [evaluate.taught(teacher(), text) for text in texts]
    near = [evaluate.mel_cepstral_distance(*pair) for pair in zip(ours, theirs, strict=True)]
    far = [evaluate.mel_cepstral_distance(*pair) for pair in zip(ours, theirs[1:], strict=False)]
    yield Row("mel-cepstral distance to espeak-ng, dB", float(np.mean(near)), 1.8, 1.4)
    yield Row("that to another sentence", float(np.mean(far[:6])))


def spelling(words: Path) -> Iterator[Row]:
    """Compare letters to phonemes with espeak-ng's, on words that no training saw."""
    from vtuber.voice.bundled import train_spelling

    pairs = train_spelling.pronounced(teacher(), train_spelling.read_words(words))
    arrays, _ = weights.load(weights.SHIPPED / "spelling.safetensors")
    taught = {name: array.astype(np.float32) for name, array in arrays.items()}
    error = train_spelling.error(taught, pairs)
    yield Row("phoneme error on held-out words, %", 100 * error["phoneme_error"], 6.0, 3.0)
    yield Row("that with stress, %", 100 * error["phoneme_error_with_stress"])
    yield Row("held-out words with an error, %", 100 * error["word_error"])
    yield Row("phoneme error in sentences, %", 100 * evaluate.reading_error(teacher()))


def costs() -> Iterator[Row]:
    """Measure CPU time and size."""
    share, firsts = evaluate.cost(bundled(), evaluate.held_out(SENTENCES)[:12])
    yield Row("CPU s per s of speech, one thread", share, 0.10, 0.05)
    yield Row("text given to first piece, ms of CPU, median", 1000 * float(np.median(firsts)))
    files = [weights.SHIPPED / f"{name}.safetensors" for name in weights.NAMES]
    files += [weights.SHIPPED / "exceptions.txt"]
    size = sum(path.stat().st_size for path in files)
    yield Row("size in the repository, MB", size / 1e6, 4.0, 3.0)


def soundness() -> Iterator[Row]:
    """Look for what an ear would mind: clipping, clicks where pieces meet, the wrong loudness."""
    found = evaluate.soundness(bundled(), evaluate.held_out(SENTENCES)[:12])
    yield Row("loudness, LUFS", found.loudness_lufs)
    yield Row("highest peak", found.peak, 1.0)
    yield Row("where pieces meet: difference to the sound made whole, dB", found.joins_db, -60.0)
    yield Row("voiced frames that hum instead of singing, %", 100 * found.hum)
    yield Row("spectral flatness, over espeak-ng's", found.flatness / found.flatness_taught)


def microphone() -> Iterator[Row]:
    """See how well lips are read off speech."""
    import voice_microphone

    found = voice_microphone.figures()
    unseen = "microphone, on unseen synthetic voices: "
    yield Row(unseen + "vowels", found["vowels_synthetic"], 0.68, 0.75, is_more_better=True)
    yield Row(unseen + "open or closed", found["open_synthetic"], 0.93, 0.95, is_more_better=True)
    if "open_real" in found:
        real = "microphone, on real speech: open or closed"
        yield Row(real, found["open_real"], 0.85, 0.90, is_more_better=True)
    yield Row("microphone: CPU per 10 ms, us", found["cpu_us_per_10_ms"])


def lips_and_sound() -> Iterator[Row]:
    """Compare a live show's pictures with the sound of its speaker; wants an idle machine."""
    import av_sync

    found = av_sync.measured(60.0, 20.0)
    yield Row("mouth against sound, ms, p95", found["error_abs_p95_ms"], 45, 20)
    yield Row("sound first by at most, ms", found["sound_first_most_ms"], 45, 20)


def live() -> Iterator[Row]:
    """Speak by a show's own path; wants an idle machine."""
    import voice_live

    found = voice_live.figures()
    yield Row("line to first sample at the speaker, ms, p95", found["first_sample_p95_ms"], 120, 50)
    yield Row("that, median", found["first_sample_p50_ms"])
    extra = found["late_beats_speaking_percent"] - found["late_beats_bare_percent"]
    yield Row("late beats of 60 fps over a bare ticker's, %", max(0.0, extra), 2.0, 0.5)
    for fps in (60, 30):
        alone, late = (found[f"late_beats_show_{fps}{how}_percent"] for how in ("", "_speaking"))
        yield Row(f"late beats of a whole show of 720p at {fps}, with a voice, %", late)
        yield Row("that, over one without a voice", max(0.0, late - alone), 2.0, 0.5)


def onsets() -> Iterator[Row]:
    """Compare when phonemes begin with espeak-ng's truth, carried over by alignment."""
    import voice_live

    late_ms = np.array(voice_live.onset_errors())
    yield Row(
        "viseme onset against phoneme truth, ms, p95",
        float(np.percentile(abs(late_ms), 95)),
        25,
        15,
    )
    yield Row("that, median", float(np.median(abs(late_ms))))
    yield Row("viseme later than its sound, ms, median", float(np.median(late_ms)))


MEASURES: dict[str, Callable[..., Iterator[Row]]] = {
    "understood": understood, "likeness": likeness, "spelling": spelling, "costs": costs,
    "soundness": soundness, "microphone": microphone, "lips_and_sound": lips_and_sound,
    "live": live, "onsets": onsets,
}  # fmt: skip


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=[*MEASURES], metavar="NAME",
                        help=f"of: {', '.join(MEASURES)}")  # fmt: skip
    parser.add_argument("--words", type=Path, default=WORDS, help="a word list; default: Debian's")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    report: dict[str, object] = {
        "machine": f"{os.cpu_count()} x {platform.processor() or platform.machine()}"
    }
    for name in flags.only:
        print(f"{name} ...", file=sys.stderr, flush=True)
        measure = functools.partial(spelling, flags.words) if name == "spelling" else MEASURES[name]
        for row in measure():
            report[row.name] = round(row.value, 4)
            if not flags.json:
                bound = f"(must {row.must:g}, good {row.good})" if row.must is not None else ""
                print(f"{row.name:60} {row.value:9.3f}  {row.verdict:5} {bound}")
    if flags.json:
        print(json.dumps(report))


if __name__ == "__main__":
    main()
