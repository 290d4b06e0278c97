"""Speech whose sounds are known every 10 ms: voices of espeak-ng, and read speech with alignments.

What trains and measures the ear of the microphone (`vtuber/sound/lips.py`).
"""

from __future__ import annotations

import itertools
import json
import random
import unicodedata
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.sound.features import HOP, RATE_HZ, Ear, Gate
from vtuber.voice.bundled.sentences import sentence
from vtuber.voice.espeak_library import EspeakLibrary
from vtuber.voice.resample import resampled

# espeak-ng's variants of a voice: half are pulse trains, klatt's are other sources
TRAINING = (
    "m1", "m2", "m3", "m4", "m5", "m6", "m8", "f1", "f2", "f3", "f4", "klatt", "klatt2", "klatt4",
    "klatt5", "klatt6", "adam", "Alex", "Alicia", "Andy", "Annie", "antonio", "aunty", "belinda",
    "boris", "caleb", "david", "Denis", "Diogo", "edward", "Gene", "gustave", "Henrique", "Hugo",
    "iven", "iven2", "Jacky", "john", "linda", "marcelo", "Marco", "Mario", "max", "Michael",
    "michel", "miguel", "Mike", "Nguyen", "pablo", "paul", "pedro", "quincy", "rob", "robert",
    "steph", "steph2", "Storm", "zac", "anika", "grandpa", "grandma", "norbert", "shelby",
    "travis", "victor",
)  # fmt: skip
UNSEEN = ("m7", "f5", "klatt3", "Andrea", "benjamin", "ed", "Lee", "sandro")
VOWELS = "AIUEO"
QUIET = 1e-3  # of full scale: -60 dB
SKIPPED = -1  # neither open nor closed, or a vowel without a shape of its own
_OF_IPA = {
    "a": "A", "ɑ": "A", "ɐ": "A", "ʌ": "A", "æ": "A",
    "i": "I", "ɪ": "I", "y": "I", "ᵻ": "I",
    "u": "U", "ʊ": "U", "ʉ": "U",
    "e": "E", "ɛ": "E", "ɜ": "E",
    "o": "O", "ɔ": "O", "ɒ": "O",
}  # fmt: skip
_NEUTRAL = "əɚ"
_HALF_OPEN = "lɹrjwhɾʔɫ"  # a mouth that is neither
# pocketsphinx' alphabet: ARPABET without stress
_OF_ARPABET = {
    "AA": "A", "AE": "A", "AY": "AI", "AW": "AU", "IY": "I", "IH": "I", "UW": "U", "UH": "U",
    "EH": "E", "EY": "EI", "AO": "O", "OW": "OU", "OY": "OI", "AH": "@", "ER": "@",
}  # fmt: skip
_HALF_OPEN_ARPABET = {"L", "R", "Y", "W", "HH"}


@dataclass(frozen=True, slots=True)
class Phone:
    """A sound: the vowels it goes through ("@" neutral), "-" closed, "?" neither."""

    kind: str
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """What was said, and what is known of it."""

    name: str
    samples: np.ndarray  # 48 kHz
    phones: tuple[Phone, ...]  # where they overlap, the later one counts


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What the ear made of it: every 10 ms."""

    found: np.ndarray  # (f, 13)
    is_loud: np.ndarray  # (f,)
    vowel: np.ndarray  # 0..4 or SKIPPED
    is_open: np.ndarray  # 1, 0 or SKIPPED


def kind_of(ipa: str) -> str:
    """Say what a sound of espeak-ng does with the mouth."""
    plain = [c for c in unicodedata.normalize("NFD", ipa) if c.isalpha() and c not in "ːˑ"]
    vowels = "".join(
        "@" if c in _NEUTRAL else _OF_IPA[c] for c in plain if c in _NEUTRAL + "".join(_OF_IPA)
    )
    if vowels:
        return vowels
    return "?" if plain and all(c in _HALF_OPEN for c in plain) else "-"


def synthetic(voice: str, count: int, seed: int) -> Iterator[Speech]:
    """Let a variant of espeak-ng's voice say sentences, each at its own speed and pitch."""
    chance = random.Random(f"{voice} {seed}")
    library = EspeakLibrary(f"en-us+{voice}")
    rate_hz = library.sample_rate_hz
    for _ in range(count):
        said = library.say(sentence(chance), chance.randint(120, 220), chance.randint(25, 80))
        if len(said.phonemes) < 3:
            continue
        samples = resampled(said.samples.astype(np.float32) / 32768, rate_hz)
        begins = [mark.sample / rate_hz for mark in said.phonemes]
        ends = [*begins[1:], len(said.samples) / rate_hz]
        kinds = [kind_of(mark.text) for mark in said.phonemes]
        phones = [*map(Phone, kinds, begins, ends), *_pauses(samples)]
        yield Speech(voice, samples, tuple(phones))


def _pauses(samples: np.ndarray) -> Iterator[Phone]:
    """Find where nothing sounds: espeak-ng's marks may stand in the pause before a sound."""
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    edges = np.concatenate(([0], loud, [len(samples)]))
    for begin, end in itertools.pairwise(edges.tolist()):
        if end - begin > 0.02 * SAMPLE_RATE_HZ:
            yield Phone("-", begin / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ)


def read_speech(folder: Path) -> Iterator[Speech]:
    """Give read speech that has an alignment beside it (`*.phone.json` of pocketsphinx)."""
    for path in sorted(folder.glob("*.phone.json")):
        with wave.open(str(path).replace(".phone.json", ".wav")) as file:
            raw = np.frombuffer(file.readframes(file.getnframes()), np.int16)
            rate_hz = file.getframerate()
        phones = []
        for word in json.loads(path.read_text())["w"]:
            for phone in word.get("w", [word]):
                name = phone["t"]
                kind = _OF_ARPABET.get(name, "?" if name in _HALF_OPEN_ARPABET else "-")
                phones.append(Phone(kind, phone["b"], phone["b"] + phone["d"]))
        samples = resampled(raw.astype(np.float32) / 32768, rate_hz)
        yield Speech(path.name.split(".")[0], samples, tuple(phones))


def frames_of(speech: Speech) -> Frames:
    """Let the ear hear it, and label each frame by what is said at the middle of its window."""
    ear = Ear()
    found, levels = ear.hear(speech.samples)
    late = 0.5 * 0.025 + 31 / SAMPLE_RATE_HZ  # middle of the window, delay of the filter
    times = (np.arange(len(found)) + 1) * HOP / RATE_HZ - late
    vowel = np.full(len(found), SKIPPED)
    is_open = np.zeros(len(found), int)
    for phone in speech.phones:
        inside = (times >= phone.begin_s) & (times < phone.end_s)
        if phone.kind in "-?":
            is_open[inside] = 0 if phone.kind == "-" else SKIPPED
            vowel[inside] = SKIPPED
            continue
        is_open[inside] = 1
        part = (times[inside] - phone.begin_s) / (phone.end_s - phone.begin_s) * len(phone.kind)
        kinds = [phone.kind[int(p)] for p in part]
        vowel[inside] = [VOWELS.find(kind) for kind in kinds]  # "@" is not there: SKIPPED
    return Frames(found, Gate()(levels), vowel, is_open)


def stretched(speech: Speech, factor: float) -> Speech:
    """Play it faster or slower, so that pitch and throat change, too: another voice."""
    places = np.arange(0, len(speech.samples) - 1, factor)
    samples = np.interp(places, np.arange(len(speech.samples)), speech.samples)
    phones = (Phone(p.kind, p.begin_s / factor, p.end_s / factor) for p in speech.phones)
    return Speech(speech.name, samples.astype(np.float32), tuple(phones))


def in_a_room(speech: Speech, dice: np.random.Generator) -> Speech:
    """Put speech into a room before a microphone: echo, colour, noise, loudness."""
    samples = speech.samples
    size = round(SAMPLE_RATE_HZ * dice.uniform(0.02, 0.25))
    echo = dice.standard_normal(size) * np.exp(-6.9 * np.arange(size) / size)
    echo *= dice.uniform(0.0, 0.5) / np.sqrt((echo**2).sum())
    echo[0] += 1.0
    length = len(samples) + size
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(echo, length)
    hz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ)
    octaves = np.log2(np.maximum(hz, 50) / 1000)
    bumps = sum(
        dice.uniform(-6, 6) * np.exp(-0.5 * ((octaves - at) / 0.7) ** 2)
        for at in (-2, -1, 0, 1, 2, 3)
    )
    spectrum *= 10 ** ((dice.uniform(-4, 4) * octaves + bumps) / 20)
    if dice.random() < 0.3:  # a line, or a codec
        spectrum[hz > dice.uniform(3500, 7000)] = 0
    sound = np.fft.irfft(spectrum, length)[: len(samples)]
    loud = np.sqrt((sound**2).mean())
    noise = np.fft.irfft(
        np.fft.rfft(dice.standard_normal(length)) * np.maximum(hz, 50) ** dice.uniform(-1, 0),
        length,
    )[: len(samples)]
    sound += noise * loud / np.sqrt((noise**2).mean()) * 10 ** (-dice.uniform(15, 50) / 20)
    sound *= 10 ** (-dice.uniform(10, 36) / 20) / loud
    return Speech(speech.name, sound.astype(np.float32), speech.phones)
