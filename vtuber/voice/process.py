"""What the voice's own process runs: lines in, utterances and sentences out.

`make` fits `runtime.process.Service`: it opens the first voice of the chain that works and gives
what turns one task into results. Imports what is heavy; so nothing of the show calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.voice.chain import Candidate, open_first


@dataclass(frozen=True, slots=True)
class Introduce:
    """A task: say who speaks."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who speaks."""

    name: str
    why: str  # one sentence for the user


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line cannot be spoken, in one sentence for the user."""

    why: str


Task = Line | Introduce
Result = Utterance | Introduction | Refusal


def make(chain: Sequence[Candidate], context: VoiceContext) -> Callable[[Task], Iterator[Result]]:
    """Open a voice and give what answers tasks by it."""
    opened = open_first(chain, context)

    def answer(task: Task) -> Iterator[Result]:
        if isinstance(task, Introduce):
            yield Introduction(opened.voice.name, opened.why)
            return
        try:
            yield from opened.voice.speak(task)
        except UserError as error:
            yield Refusal(str(error))

    return answer
