"""Phonemes in IPA and their times in, visemes out; letters, too, where a model reads those. Pure.

The 15 visemes are those of OVR LipSync. What has no shape of its own (h, a glottal stop) belongs to
the sound beside it; a diphthong is two shapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vtuber.core.speech import Viseme, VisemeName

# viseme: the sounds that look like it, longest first where one begins another
_SOUNDS: dict[VisemeName, str] = {
    "PP": "p b m ɓ ɸ",
    "FF": "f v ʋ ɱ",
    "TH": "θ ð",
    "DD": "t d ɾ ʈ ɖ",
    "kk": "k ɡ g ŋ x q c ɣ ɟ χ",
    "CH": "tʃ dʒ ʃ ʒ tɕ dʑ tʂ dʐ ɕ ʑ ʂ ʐ",
    "SS": "s z ts dz",
    "nn": "n l ɲ ɫ ɬ ɭ ʎ ɴ",
    "RR": "ɹ r ʁ ɻ ɽ",
    "aa": "a ɑ ɐ ʌ æ",
    "E": "e ɛ ə ɜ ɚ ɝ œ ø ɘ",
    "ih": "i ɪ ɨ y ʏ j ɥ ᵻ",
    "oh": "o ɔ ɒ ɤ ɞ",
    "ou": "u ʊ ʉ ɯ w ʍ ɰ",
}
VISEME_OF: dict[str, VisemeName] = {
    sound: viseme for viseme, sounds in _SOUNDS.items() for sound in sounds.split()
}
# A vowel that is said in passing opens the mouth less; guesses, tuned by eye.
_WEIGHTS = {"ə": 0.55, "ɐ": 0.6, "ɨ": 0.6, "ᵻ": 0.6, "ɪ": 0.8, "ɚ": 0.7}
_SHAPELESS = "hɦʔʕ"  # the mouth is where its neighbours have it
SILENCE = "sil"
_PIECES = re.compile("|".join(sorted(VISEME_OF, key=len, reverse=True)) + f"|[{_SHAPELESS}]")


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound and when it is heard, in seconds; a sound that is no letter is silence."""

    sound: str
    begin_s: float
    end_s: float


def shapes(sound: str) -> tuple[tuple[VisemeName, float], ...]:
    """Give the visemes of a sound and their weights; none for one that has no shape.

    >>> shapes("aɪ"), shapes("tʃ"), shapes("h")
    ((('aa', 1.0), ('ih', 0.8)), (('CH', 1.0),), ())
    """
    if sound == SILENCE:
        return ()
    plain = unicodedata.normalize("NFD", sound.lower())
    found = [
        (VISEME_OF[piece], _WEIGHTS.get(piece, 1.0))
        for piece in _PIECES.findall(plain)
        if piece in VISEME_OF
    ]
    return tuple(found) or _spelled(sound)


def _spelled(sound: str) -> tuple[tuple[VisemeName, float], ...]:
    """Read a syllable of a script that spells them (kana, hangul) off its Unicode name."""
    name = unicodedata.name(sound, "") if len(sound) == 1 else ""
    if name.startswith("CJK"):
        return (("aa", 0.8),)
    if not name.startswith(("HIRAGANA", "KATAKANA", "HANGUL")):
        return ()
    syllable = name.rsplit(" ", 1)[-1].lower()
    return tuple((VISEME_OF[p], 1.0) for p in _PIECES.findall(syllable) if p in VISEME_OF)[-2:]


def visemes(phones: Iterable[Phone]) -> tuple[Viseme, ...]:
    """Give the mouth for sounds in their order: one viseme from each on, silence after the last.

    >>> [(v.t_s, v.viseme) for v in visemes([Phone("h", 0.0, 0.1), Phone("aɪ", 0.1, 0.3)])]
    [(0.0, 'aa'), (0.2, 'ih'), (0.3, 'sil')]
    """
    return tuple(_merged(_shaped(phones)))


def _shaped(phones: Iterable[Phone]) -> Iterator[Viseme]:
    waiting_s: float | None = None  # since when a sound without a shape waits for the next
    end_s: float | None = None
    for phone in phones:
        if end_s is not None and phone.begin_s > end_s + 0.02:
            yield Viseme(end_s, "sil", 0.0)
        end_s = phone.end_s
        found = shapes(phone.sound)
        if not found:
            if any(character in _SHAPELESS for character in phone.sound):
                waiting_s = phone.begin_s if waiting_s is None else waiting_s
            else:
                waiting_s = None
                yield Viseme(phone.begin_s, "sil", 0.0)
            continue
        begin_s = phone.begin_s if waiting_s is None else waiting_s
        waiting_s = None
        step_s = (phone.end_s - phone.begin_s) / len(found)
        for place, (viseme, weight) in enumerate(found):
            yield Viseme(begin_s if place == 0 else phone.begin_s + place * step_s, viseme, weight)
    if end_s is not None:
        yield Viseme(end_s, "sil", 0.0)


def _merged(found: Iterable[Viseme]) -> Iterator[Viseme]:
    last: Viseme | None = None
    for viseme in found:
        if last is None or (viseme.viseme, viseme.weight) != (last.viseme, last.weight):
            yield viseme
            last = viseme
