"""A text in; a sound file, its visemes and words, or sound, out: speech without a show."""

from __future__ import annotations

import io
import json
import threading
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Utterance, Viseme, Word
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.pactl import pactl
from vtuber.shows.files import write_whole
from vtuber.shows.talk.voices import chain_of, context, plays_ready
from vtuber.sound.speakers import speaker_called
from vtuber.voice.chain import open_first
from vtuber.voice.conduct.gate import Gate

LOOK_S = 0.02  # between looks at whether all was heard


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A whole line as it was spoken."""

    samples: Float32[np.ndarray, " n"]  # 48 kHz
    visemes: tuple[Viseme, ...]
    words: tuple[Word, ...]

    def timing(self) -> dict[str, list[dict[str, Any]]]:
        """Give visemes and words as JSON has them; times in seconds."""
        return {
            "visemes": [
                {"t_s": round(v.t_s, 4), "viseme": v.viseme, "weight": round(v.weight, 3)}
                for v in self.visemes
            ],
            "words": [
                {"t_s": round(w.t_s, 4), "end_s": round(w.end_s, 4), "text": w.text}
                for w in self.words
            ],
        }


def pieces(
    line: Line, wish: str, say: Callable[[str], None], gate: Gate | None = None
) -> Iterator[Utterance]:
    """Speak a line by the first voice that works, and say which; notes of the line are said, too.

    `gate`: the conduct that it passes. Raises UserError for what cannot be spoken, or may not.
    """
    chain = chain_of(wish)
    gate = gate or Gate()
    ruling, _ = gate.judged(line, line.performer or "yours", is_fixed=plays_ready(chain))
    if ruling.blocked_by:
        raise UserError(f"it is not said: {ruling.blocked_by} blocks it")
    line = replace(line, text=ruling.tagged(line.text))
    opened = open_first(chain, context())
    say(opened.why)
    try:
        for piece in opened.voice.speak(line):
            if piece.note:
                say(piece.note)
            yield piece
    finally:
        opened.voice.close()


def gathered(found: Iterator[Utterance]) -> Spoken:
    """Put the pieces of a line together."""
    kept = list(found)
    return Spoken(
        np.concatenate([piece.samples for piece in kept]),
        tuple(viseme for piece in kept for viseme in piece.visemes),
        tuple(word for piece in kept for word in piece.words),
    )


def check_files(sound: Path | None, visemes: Path | None) -> None:
    """Refuse, before anything is spoken, files that cannot be written. Raises UserError."""
    if sound is not None and sound.suffix.lower() != ".wav":
        raise UserError(f"{sound}: sound is written as .wav; name it so")
    for path in (sound, visemes):
        if path is not None and (path.is_dir() or not path.parent.is_dir()):
            raise UserError(f"cannot write {path}: " + _why_not(path))
    if sound is not None and visemes is not None and sound.resolve() == visemes.resolve():
        raise UserError(f"{sound} cannot hold both; give --visemes a file of its own")


def _why_not(path: Path) -> str:
    return "it is a folder" if path.is_dir() else f"there is no folder {path.parent}; make it"


def write_sound(spoken: Spoken, path: Path) -> None:
    """Write 16-bit mono at 48 kHz, whole or not at all. Raises UserError."""
    pcm = np.round(np.clip(spoken.samples, -1, 1) * 32767).astype("<i2")
    packed = io.BytesIO()
    with wave.open(packed, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE_HZ)
        sound.writeframes(pcm.tobytes())
    write_whole(path, packed.getvalue())


def write_timing(spoken: Spoken, path: Path) -> None:
    """Write visemes and words, whole or not at all. Raises UserError."""
    text = json.dumps(spoken.timing(), ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text.encode())


def play(found: Iterator[Utterance], speaker_name: str, stop: threading.Event) -> Spoken:
    """Play pieces as they come, until all was heard. Raises UserError when nothing can play."""
    clock = SystemClock()
    try:
        speaker = speaker_called(speaker_name, clock, pactl)
        speaker.open()
    except UserError as error:
        raise UserError(f"{error}; or write a file: -o FILE.wav") from error
    kept, end = [], 0
    try:
        for piece in found:
            kept.append(piece)
            end = speaker.put(piece.samples) + len(piece.samples)
            if stop.is_set():
                break
        while speaker.heard(clock.now_ns()) < end and not stop.wait(LOOK_S):
            pass
        if stop.is_set():
            speaker.silence()
    finally:
        speaker.close()
    return gathered(iter(kept))
