"""How well the microphone reads lips: vowels, and whether the mouth is open, every 10 ms.

    python benchmarks/voice_microphone.py [--json]

Synthetic: 8 voices of espeak-ng that the network never heard, 12 sentences each, as they are.
Real: the read speech in `VTUBER_TEST_DATA`/speech, against its phone alignment. Open is every
vowel; closed is silence and every consonant but l r w j h, which are neither and do not count.
A schwa has no shape of its own: it counts as open, and not among the vowels.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from lips_corpus import UNSEEN, Speech, frames_of, read_speech, synthetic

from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.sound.lips import Lips

SENTENCES, TOGETHER, SEED = 12, 4, 2
HOP_SAMPLES = SAMPLE_RATE_HZ // 100
REAL = Path(os.environ.get("VTUBER_TEST_DATA", "../shared/data")) / "speech"


def scores(microphones: Iterable[list[Speech]]) -> tuple[float, float]:
    """Give the share of right vowels, and of frames rightly open or closed."""
    vowels, opens = [], []
    for speeches in microphones:
        lips = Lips()
        for speech in speeches:
            hops = np.pad(speech.samples, (0, -len(speech.samples) % HOP_SAMPLES))
            known = frames_of(replace(speech, samples=hops))
            is_open, shares = lips.hear(hops)
            told, counts = known.vowel >= 0, known.is_open >= 0
            vowels.append(shares[told].argmax(1) == known.vowel[told])
            opens.append((is_open > 0.5)[counts] == (known.is_open[counts] == 1))
    return float(np.concatenate(vowels).mean()), float(np.concatenate(opens).mean())


def figures() -> dict[str, float]:
    """Measure it all."""
    microphones = []
    for voice in UNSEEN:
        said = list(synthetic(voice, SENTENCES, SEED))
        microphones += [said[at : at + TOGETHER] for at in range(0, len(said), TOGETHER)]
    vowels, opens = scores(microphones)
    found = {"vowels_synthetic": round(vowels, 3), "open_synthetic": round(opens, 3)}
    if REAL.is_dir():
        vowels, opens = scores([[speech] for speech in read_speech(REAL)])
        found |= {"vowels_real": round(vowels, 3), "open_real": round(opens, 3)}
    lips, block = Lips(), np.zeros(SAMPLE_RATE_HZ // 100, np.float32)
    begin_s = time.process_time()
    for _ in range(500):
        lips.hear(block)
    found["cpu_us_per_10_ms"] = round((time.process_time() - begin_s) / 500 * 1e6, 1)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    asked, found = parser.parse_args(), figures()
    if asked.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
