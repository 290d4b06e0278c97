"""Who speaks for whom in, all of a line, made in this process, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.shows.voices import chain_of
from vtuber.voice.chain import Opened, open_first


class Speakers:
    """The voices of a cast, each opened when it first speaks."""

    def __init__(
        self, wishes: Mapping[str, str], say: Callable[[str], None], context: VoiceContext
    ) -> None:
        """`wishes`: by performer, as `--voice` has it. `say` hears who speaks."""
        self._wishes, self._say, self._context = wishes, say, context
        self._opened: dict[str, Opened] = {}

    def __call__(self, line: Line) -> tuple[Utterance, ...]:
        """Speak a line. Raises UserError for a text that its voice cannot speak."""
        wish = self._wishes.get(line.performer, "")
        if wish not in self._opened:
            self._opened[wish] = open_first(chain_of(wish), self._context)
            self._say(self._opened[wish].why)
        pieces = tuple(self._opened[wish].voice.speak(line))
        for piece in pieces:
            if piece.note:
                self._say(piece.note)
        return pieces

    def close(self) -> None:
        for opened in self._opened.values():
            opened.voice.close()
