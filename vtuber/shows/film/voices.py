"""Who speaks for whom in, all of a line, made in this process, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.shows.talk.voices import chain_of
from vtuber.voice.chain import Voices


class Speakers:
    """The voices of a cast, each opened when it first speaks."""

    def __init__(
        self, wishes: Mapping[str, str], say: Callable[[str], None], context: VoiceContext
    ) -> None:
        """`wishes`: by performer, as `--voice` has it. `say` hears who speaks."""
        chains = {performer: chain_of(wish) for performer, wish in {"": "", **wishes}.items()}
        self._voices, self._say = Voices(chains, context), say
        self._said: set[str] = set()

    def __call__(self, line: Line) -> tuple[Utterance, ...]:
        """Speak a line. Raises UserError for a text that its voice cannot speak."""
        if not line.sound and (why := self._voices.of(line.performer).why) not in self._said:
            self._said.add(why)
            self._say(why)
        pieces = tuple(self._voices.speak(line))
        for piece in pieces:
            if piece.note:
                self._say(piece.note)
        return pieces

    def close(self) -> None:
        self._voices.close()
