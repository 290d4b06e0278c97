"""espeak-ng as a teacher: text in; sound, and when each phoneme of it begins, out.

Only training and measuring need it: the voice that was trained speaks without. Calls the system's
`libespeak-ng` by ctypes: 2.6 s of speech in 4 ms, where the program of the same name takes 100.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int16

from vtuber.core.errors import UserError
from vtuber.voice.bundled.phonemes import VOWELS, Phoneme, parse
from vtuber.voice.espeak_library import Heard, started

SAMPLE_RATE_HZ = 22_050
VOICE = "en-us+f3"  # 210 Hz in the median, bright, its peaks far from clipping


_UTF8 = 1
_EVENT_END, _EVENT_PHONEME = 0, 7
_RATE, _PITCH, _RANGE = 1, 3, 4


@dataclass(frozen=True, slots=True)
class Manner:
    """How espeak-ng speaks."""

    rate_wpm: int = 165
    pitch: int = 55  # 0..99
    lilt: int = 60  # 0..100: how far the pitch moves


PLAIN = Manner()


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A clause as espeak-ng says it."""

    samples: Int16[np.ndarray, " n"]  # 22,050 Hz
    sounds: tuple[Phoneme, ...]
    begins: tuple[int, ...]  # of each sound, in samples
    end: int  # of the last sound, in samples


class Teacher:
    """espeak-ng, opened once a process: the library holds its state in globals."""

    def __init__(self, voice: str = VOICE) -> None:
        self._library, rate = started()
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        if rate != SAMPLE_RATE_HZ:
            raise UserError(f"espeak-ng does not start (it answers {rate}): install it anew")
        self._voice = voice.encode()
        if self._library.espeak_SetVoiceByName(self._voice) != 0:
            raise UserError(f"espeak-ng has no voice {voice!r}; `espeak-ng --voices=en` lists them")
        self._pieces: list[np.ndarray] = []
        self._events: list[tuple[int, str]] = []
        self._callback = Heard(self._hear)  # kept: ctypes does not

    def phonemes(self, text: str) -> str:
        """Give a text's phonemes, with stress: `ð_ə k_w_ˈɪ_k`, words apart."""
        self._library.espeak_SetVoiceByName(self._voice)  # another may have set its own
        pointer = ctypes.pointer(ctypes.c_char_p(text.encode()))
        said = []
        while pointer.contents.value:
            spelled = self._library.espeak_TextToPhonemes(pointer, _UTF8, 2 | ord("_") << 8)
            said.append(spelled.decode())
        return " ".join(said).strip()

    def speak(self, clause: str, manner: Manner = PLAIN) -> Spoken:
        """Say one clause with its mark at the end, which makes the melody."""
        self._pieces.clear()
        self._events.clear()
        self._library.espeak_SetVoiceByName(self._voice)
        self._library.espeak_SetSynthCallback(self._callback)
        for which, value in (
            (_RATE, manner.rate_wpm), (_PITCH, manner.pitch), (_RANGE, manner.lilt),
        ):  # fmt: skip
            self._library.espeak_SetParameter(which, value, 0)
        text = clause.encode()
        self._library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None)
        samples = np.concatenate([*self._pieces, np.zeros(0, np.int16)])
        heard = [(at, name) for at, name in self._events if parse(name)]
        after = [at for at, name in self._events if not parse(name)]
        last = heard[-1][0] if heard else 0
        end = min([at for at in after if at > last], default=len(samples))
        sounds = _stressed([parse(name)[0] for _, name in heard], parse(self.phonemes(clause)))
        return Spoken(samples, sounds, tuple(at for at, _ in heard), end)

    def _hear(self, wave: object, count: int, events: object) -> int:
        if wave and count > 0:
            self._pieces.append(np.ctypeslib.as_array(wave, (count,)).copy())
        place = 0
        while events[place].type != _EVENT_END:  # type: ignore[index]
            event = events[place]  # type: ignore[index]
            if event.type == _EVENT_PHONEME:
                self._events.append((event.sample, event.id.string.decode("utf-8", "ignore")))
            place += 1
        return 0


def _stressed(heard: list[Phoneme], written: tuple[Phoneme, ...]) -> tuple[Phoneme, ...]:
    """Give what was heard the stress that is written: the events of espeak-ng carry none."""
    from difflib import SequenceMatcher

    names, marked = [p.ipa for p in heard], [p.ipa for p in written]
    stress = [p.stress for p in heard]
    for tag, a, a_end, b, b_end in SequenceMatcher(None, names, marked, False).get_opcodes():
        if tag == "equal" or a_end - a == b_end - b:
            stress[a:a_end] = [p.stress for p in written[b:b_end]]
    return tuple(
        Phoneme(name, said if name in VOWELS else 0)
        for name, said in zip(names, stress, strict=True)
    )
