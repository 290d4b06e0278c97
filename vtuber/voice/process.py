"""What the voice's own process runs: lines in, utterances and sentences out.

`make` fits `runtime.process.Service`: it opens everybody's voice and gives what turns one task into
results. Several voices share the process, and so the libraries: torch alone takes 400 MB. Imports
what is heavy; so nothing of the show calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.voice.chain import Candidate, Voices


@dataclass(frozen=True, slots=True)
class Introduce:
    """A task: say who speaks."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who speaks, in one sentence for the user."""

    why: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line cannot be spoken, in one sentence for the user."""

    why: str


Task = Line | Introduce
Result = Utterance | Introduction | Refusal


def make(
    chains: Mapping[str, Sequence[Candidate]], context: VoiceContext
) -> Callable[[Task], Iterator[Result]]:
    """Open the voices, of each chain the first that works, and give what answers tasks by them.

    `chains`: by performer; that of "" is for all others.
    """
    voices = Voices(chains, context)
    why = voices.introduced()

    def answer(task: Task) -> Iterator[Result]:
        if isinstance(task, Introduce):
            yield Introduction(why)
            return
        try:
            yield from voices.speak(task)
        except UserError as error:
            yield Refusal(str(error))

    return answer
