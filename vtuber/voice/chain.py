"""Voices that may be missing in, the first one that works here out, and one sentence about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from vtuber.core.errors import UserError
from vtuber.core.ports import Voice, VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.voice.ready import ready


class Candidate(Protocol):
    """A voice that can be made: `plugins.Plugin`."""

    @property
    def name(self) -> str: ...

    def make(self, *context: object) -> Any:
        """Make it, not open yet. Raises UserError for options that cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A voice that is ready."""

    voice: Voice
    why: str  # one sentence: who speaks, and instead of whom


class Voices:
    """The voices of several performers, each opened when it first speaks; equal ones are one."""

    def __init__(self, chains: Mapping[str, Sequence[Candidate]], context: VoiceContext) -> None:
        """`chains`: by performer; that of "" is for all others."""
        self._chains, self._context = chains, context
        self._opened: dict[tuple[Candidate, ...], Opened] = {}

    def of(self, performer: str) -> Opened:
        """Give a performer's voice. Raises UserError when none of their chain works."""
        chain = tuple(self._chains[performer if performer in self._chains else ""])
        if chain not in self._opened:
            self._opened[chain] = open_first(chain, self._context)
        return self._opened[chain]

    def speak(self, line: Line) -> Iterator[Utterance]:
        """Speak a line by its performer's voice, or play the sound that it has.

        Raises UserError for what cannot be spoken.
        """
        if line.sound:
            return ready(Path(line.sound), line, self._context.lips)
        return iter(self.of(line.performer).voice.speak(line))

    def introduced(self) -> str:
        """Open all, and say who speaks: in one sentence, or one for each performer if they differ.

        Raises UserError as `of` does.
        """
        why = {name: self.of(name).why for name in self._chains if name or len(self._chains) == 1}
        if len(set(why.values())) == 1:
            return next(iter(why.values()))
        return "; ".join(f"{name}: {sentence}" for name, sentence in why.items())

    def close(self) -> None:
        for opened in self._opened.values():
            opened.voice.close()


def open_first(chain: Sequence[Candidate], context: VoiceContext) -> Opened:
    """Open the first voice of a chain that works. Raises UserError when none does."""
    faults: list[str] = []
    for voice in _made(chain, context, faults):
        try:
            voice.open()
        except UserError as error:
            faults.append(f"{voice.name} cannot speak: {error}")
            continue
        return Opened(voice, _sentence(voice.name, faults))
    raise UserError("; ".join(faults))


def _made(chain: Sequence[Candidate], context: VoiceContext, faults: list[str]) -> Iterator[Voice]:
    for candidate in chain:
        try:
            yield candidate.make(context)
        except UserError as error:
            faults.append(f"{candidate.name} cannot speak: {error}")


def _sentence(name: str, faults: list[str]) -> str:
    if not faults:
        return f"the voice is {name}"
    return f"the voice is {name}, because {'; '.join(faults)}"
