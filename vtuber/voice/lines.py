"""A line in, its pieces out: what all engines share. They only say one clause after the other.

Tags, styles, clauses, pauses and what cannot be read are settled here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Utterance, Viseme, Word
from vtuber.voice.bleep import bleep
from vtuber.voice.clauses import clauses
from vtuber.voice.scripts import clean, has_words, reader_of, scripts_in, split_by
from vtuber.voice.styles import Style, limited, style_called
from vtuber.voice.tags import MOST_CHARACTERS, passages

QUIET = 0.003  # amplitude: below it is the silence that an engine adds by itself
MOST_SILENCE = SAMPLE_RATE_HZ  # samples at once
LATIN = frozenset({"LATIN"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """What an engine says at one go."""

    text: str
    speed: float = 1.0  # 0.5..2
    pitch: float = 0.0  # semitones up
    energy: float = 1.0  # factor of the loudness


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A piece of a phrase. All times count from the phrase's first sample."""

    samples: Float32[np.ndarray, " n"]  # 48 kHz
    visemes: tuple[Viseme, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """One phrase of a line, the pauses about it, and the style that its face has."""

    before_s: float
    phrase: Phrase
    after_s: float
    style: str
    is_bleep: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as a voice will say it."""

    steps: tuple[_Step, ...]
    note: str  # for the user: what is not said, and why; else ""


def read(
    line: Line,
    voice: str,
    scripts: frozenset[str] | None = LATIN,
    can_say: Callable[[str], bool] = has_words,
) -> Reading:
    """Take a line apart. `scripts`: what the voice reads; None is everything.

    Raises UserError when nothing of the line can be said.
    """
    if len(line.text) > MOST_CHARACTERS:
        raise UserError(
            f"a line of {len(line.text):,} characters is too long; {MOST_CHARACTERS:,} are the most"
        )
    found, faults = passages(line)
    steps: list[_Step] = []
    left_out: list[str] = []
    pause_s = 0.0
    for passage in found:
        pause_s += passage.pause_s
        style = style_called(passage.style)
        if passage.is_bleep:
            steps.append(_Step(pause_s, Phrase(passage.text), 0.0, passage.style, is_bleep=True))
            pause_s = 0.0
            continue
        for clause in clauses(passage.text):
            text, foreign = clean(clause.text), ""
            if scripts is not None:
                text, foreign = split_by(text, scripts)
            left_out += [foreign] if foreign else []
            if text and can_say(text):
                phrase = _phrase(text, passage.speed, style)
                steps.append(_Step(pause_s, phrase, clause.pause_s / phrase.speed, passage.style))
                pause_s = 0.0
    notes = [*faults, *_notes(left_out, voice)]
    if not steps:
        raise UserError("; ".join(notes) or f"there is nothing to say in {line.text[:40]!r}")
    return Reading(tuple(steps), "; ".join(notes))


def _phrase(text: str, speed: float, style: Style) -> Phrase:
    return Phrase(text, limited(speed * style.speed), style.pitch, style.energy)


def _notes(left_out: list[str], voice: str) -> list[str]:
    if not left_out:
        return []
    foreign = " ".join(left_out)
    shown = foreign if len(foreign) <= 20 else foreign[:20] + "..."
    reader = reader_of(foreign)
    other = f"--voice {reader} can" if reader else "choose one that can: `vtuber voice list`"
    return [f"the voice {voice} cannot read {scripts_in(foreign)} ({shown}); {other}"]


def spoken(
    line: Line,
    voice: str,
    say: Callable[[Phrase], Iterator[Chunk]],
    scripts: frozenset[str] | None = LATIN,
    can_say: Callable[[str], bool] = has_words,
) -> Iterator[Utterance]:
    """Speak a line by an engine that says phrases. Raises UserError when nothing can be said."""
    reading = read(line, voice, scripts, can_say)
    at = 0  # samples so far
    note, last = reading.note, Viseme(0.0, "sil", 0.0)
    for step, then in zip(reading.steps, (*reading.steps[1:], None), strict=True):
        if step.before_s > 0:
            yield from _silence(step.before_s, at, step.style)
            at += round(step.before_s * SAMPLE_RATE_HZ)
        begin, quiet = at, 0
        chunks = iter([_bleeped(step.phrase)]) if step.is_bleep else say(step.phrase)
        runs_on = then is not None and then.is_bleep and step.phrase.text[-1:].isalnum()
        if runs_on:
            chunks = _shortened(chunks)
        for chunk in chunks:
            piece = _piece(chunk, at, begin, step.style, note)
            yield piece
            note, last = "", (last, *piece.visemes)[-1]
            at += len(chunk.samples)
            quiet = _quiet_after(quiet, chunk.samples)
        rest_s = step.after_s - quiet / SAMPLE_RATE_HZ
        if then is not None and rest_s > 0 and not runs_on:
            yield from _silence(rest_s, at, step.style)
            at += round(rest_s * SAMPLE_RATE_HZ)
    end_s = at / SAMPLE_RATE_HZ
    shut = () if last.viseme == "sil" else (Viseme(max(end_s, last.t_s), "sil", 0.0),)
    yield Utterance(np.zeros(0, np.float32), end_s, shut, is_last=True, note=note)


def _shortened(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Leave out the quiet behind the last word of a phrase that goes on: up to 0.4 s."""
    held, at = np.zeros(0, np.float32), 0
    for chunk in chunks:
        samples = np.concatenate([held, chunk.samples])
        loud = np.flatnonzero(np.abs(samples) > QUIET)
        said = max((round(word.end_s * SAMPLE_RATE_HZ) for word in chunk.words), default=0)
        end = max(int(loud[-1]) + 1 if len(loud) else 0, said - at)
        yield replace(chunk, samples=samples[:end])
        held, at = samples[end:], at + len(samples[:end])


def _bleeped(phrase: Phrase) -> Chunk:
    """Sound a tone instead of a word, with closed lips; its word is the asterisks."""
    samples = bleep(len(phrase.text))
    word = Word(0.0, len(samples) / SAMPLE_RATE_HZ, phrase.text)
    return Chunk(samples, (Viseme(0.0, "PP"), Viseme(word.end_s, "sil", 0.0)), (word,))


def _piece(chunk: Chunk, at: int, begin: int, style: str, note: str) -> Utterance:
    shift_s = begin / SAMPLE_RATE_HZ
    return Utterance(
        np.clip(chunk.samples, -1.0, 1.0),
        at / SAMPLE_RATE_HZ,
        tuple(replace(viseme, t_s=viseme.t_s + shift_s) for viseme in chunk.visemes),
        tuple(replace(w, t_s=w.t_s + shift_s, end_s=w.end_s + shift_s) for w in chunk.words),
        style=style,
        note=note,
    )


def _quiet_after(quiet: int, samples: Float32[np.ndarray, " n"]) -> int:
    """Count the samples of silence at the end, when so many were there before these."""
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    return quiet + len(samples) if len(loud) == 0 else len(samples) - 1 - int(loud[-1])


def _silence(seconds: float, at: int, style: str) -> Iterator[Utterance]:
    """Give a pause from a sample on, in pieces: who breaks it off waits for none of the rest."""
    end = at + round(seconds * SAMPLE_RATE_HZ)
    for begin in range(at, end, MOST_SILENCE):
        samples = np.zeros(min(MOST_SILENCE, end - begin), np.float32)
        yield Utterance(samples, begin / SAMPLE_RATE_HZ, style=style)
