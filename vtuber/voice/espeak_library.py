"""espeak-ng's library, by ctypes: a text in; 16-bit samples, phonemes and words with times out.

It comes with the package espeakng-loader or with the system's espeak-ng. It holds its state in
globals, so everybody who calls it sets all of theirs before (a voice takes 0.1 ms). 2.6 s of speech
take 4 ms.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Int16

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

# espeak_ng/speak_lib.h
_SYNCHRONOUS, _NO_EXIT, _PHONEMES, _IPA, _UTF8, _BY_CHARACTER = 2, 0x8000, 1, 2, 1, 1
_RATE, _PITCH = 1, 3
_END, _WORD, _PHONEME = 0, 1, 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A phoneme, or a word of the text, that begins here."""

    sample: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What espeak-ng made of a text."""

    samples: Int16[np.ndarray, " n"]  # of the library's rate
    phonemes: tuple[Mark, ...]  # IPA; "_:" and the like are pauses
    words: tuple[Mark, ...]


class _Identity(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("string", ctypes.c_char * 8))


class Event(ctypes.Structure):
    """What the library says of a moment of the sound (`espeak_EVENT`)."""

    _fields_ = (
        ("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text", ctypes.c_int),
        ("length", ctypes.c_int), ("audio_ms", ctypes.c_int), ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p), ("id", _Identity),
    )  # fmt: skip


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p), ("languages", ctypes.c_void_p), ("identifier", ctypes.c_char_p),
        ("numbers", ctypes.c_ubyte * 4), ("score", ctypes.c_int), ("spare", ctypes.c_void_p),
    )  # fmt: skip


Heard = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event)
)


class EspeakLibrary:
    """The library with one voice."""

    def __init__(self, voice: str) -> None:
        """Load it. Raises UserError where there is none, or it has no such voice."""
        self._library, self.sample_rate_hz = started()
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._voice = voice
        self._choose(voice)
        self._pieces: list[Int16[np.ndarray, " n"]] = []
        self._phonemes: list[Mark] = []
        self._words: list[tuple[int, int]] = []  # sample, where in the text
        self._callback = Heard(self._hear)  # ctypes does not keep it

    def say(self, text: str, rate_wpm: int, pitch: int) -> Said:
        """Say a text. `rate_wpm` 80..450; `pitch` 0..99, 50 is the voice's own."""
        self._pieces, self._phonemes, self._words = [], [], []
        self._choose(self._voice)
        self._library.espeak_SetSynthCallback(self._callback)
        self._library.espeak_SetParameter(_RATE, rate_wpm, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None)
        samples = np.concatenate([*self._pieces, np.zeros(0, np.int16)])
        return Said(samples, tuple(self._phonemes), tuple(_words(text, self._words)))

    def phonemes(self, text: str, voice: str) -> str:
        """Spell a text in IPA, with stress, phonemes apart by `_`. Raises UserError: no voice."""
        self._choose(voice)
        pointer = ctypes.pointer(ctypes.c_char_p(text.encode()))
        said = []
        while pointer.contents.value:
            spelled = self._library.espeak_TextToPhonemes(pointer, _UTF8, _IPA | ord("_") << 8)
            said.append(spelled.decode().strip())
        return " ".join(said)

    def languages(self) -> tuple[str, ...]:
        """Name the languages that it speaks."""
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        listed = self._library.espeak_ListVoices(None)
        found: list[str] = []
        place = 0
        while listed[place]:
            # a byte of priority goes before each language
            found.append(ctypes.string_at(listed[place].contents.languages + 1).decode())
            place += 1
        return tuple(found)

    def _choose(self, voice: str) -> None:
        name = voice.encode()
        if self._library.espeak_SetVoiceByName(name) == 0:
            return
        # A language that several voices speak, such as en-gb, is the name of none.
        language = _Voice(languages=ctypes.cast(ctypes.c_char_p(name), ctypes.c_void_p))
        if self._library.espeak_SetVoiceByProperties(ctypes.byref(language)) != 0:
            known = self.languages()
            near = nearest(voice, known)
            there = f"did you mean {near}?" if near else f"there is: {', '.join(known[:40])} ..."
            raise UserError(f"espeak-ng has no voice {voice!r}; {there}")

    def _hear(self, wave: object, count: int, events: object) -> int:
        if wave and count > 0:
            piece = np.ctypeslib.as_array(wave, (count,))
            self._pieces.append(piece.copy())
        place = 0
        while (event := events[place]).type != _END:  # type: ignore[index]
            if event.type == _PHONEME:
                name = event.id.string.decode("utf-8", "ignore")
                self._phonemes.append(Mark(event.sample, name))
            elif event.type == _WORD:
                self._words.append((event.sample, event.text - 1))
            place += 1
        return 0


def _words(text: str, found: list[tuple[int, int]]) -> Iterator[Mark]:
    """Give each word of the text once: espeak-ng makes several of a number."""
    begins = [match.span() for match in re.finditer(r"\S+", text)]
    for begin, end in begins:
        samples = [sample for sample, place in found if begin <= place < end]
        if samples:
            yield Mark(min(samples), text[begin:end])


def started() -> tuple[ctypes.CDLL, int]:
    """Load and start the first library that works; give it and its sample rate."""
    for library, data in _places():
        try:
            found = ctypes.CDLL(library)
            path = None if data is None else str(data).encode()
            rate = found.espeak_Initialize(_SYNCHRONOUS, 0, path, _PHONEMES | _IPA | _NO_EXIT)
        except (OSError, AttributeError):  # not for this machine, or something else of that name
            continue
        if rate > 0:
            return found, int(rate)
    raise UserError(
        "espeak-ng is not installed: pip install espeakng-loader, or install espeak-ng "
        "(apt-get install espeak-ng, brew install espeak-ng, its installer on Windows)"
    )


def _places() -> Iterator[tuple[str, Path | None]]:
    """Name libraries that may be there, and the folder of each one's data where we know it."""
    try:
        loader = importlib.import_module("espeakng_loader")
    except ImportError:
        pass
    else:
        yield loader.get_library_path(), Path(loader.get_data_path()).parent
    named = ctypes.util.find_library("espeak-ng")
    if named is not None:
        yield named, None
    if sys.platform == "win32":
        for root in (os.environ.get("PROGRAMFILES"), os.environ.get("PROGRAMFILES(X86)")):
            if root:
                yield str(Path(root, "eSpeak NG", "libespeak-ng.dll")), Path(root, "eSpeak NG")
    if sys.platform == "darwin":
        yield "/opt/homebrew/lib/libespeak-ng.dylib", None
