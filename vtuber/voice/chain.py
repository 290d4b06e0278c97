"""Voices that may be missing in, the first one that works here out, and one sentence about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from vtuber.core.errors import UserError
from vtuber.core.ports import Voice, VoiceContext


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
