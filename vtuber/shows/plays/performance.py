"""A play and its voices in, an engine that plays it, moment by moment, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from vtuber.core.errors import UserError
from vtuber.core.speech import Mouth
from vtuber.script.deeds import Cued
from vtuber.script.player import Player
from vtuber.script.spoken import Speech
from vtuber.shows.plays.casting import Play
from vtuber.shows.plays.scripted import Engine


class Voices(Speech, Protocol):
    """The voices of a performance."""

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        """Give the mouths that move at this moment, by performer."""
        ...


class Performance:
    """One performance of a play: goes from moment to moment, and draws those that are wanted."""

    def __init__(
        self,
        play: Play,
        voices: Voices,
        engine: Engine,
        seed: int = 0,
        note: Callable[[Cued], None] = lambda cued: None,
        say: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        """Put the cast on the engine's stage. `say` hears what a command answers, or why not."""
        self.engine, self._voices, self._say = engine, voices, say
        for part in play.parts:
            engine.cast(part.avatar, part.name, part.behaviour)
        start_ns = engine.clock.now_ns()
        self.player = Player(play.script, play.catalogue, voices, start_ns, seed, note)

    def go_to(self, now_ns: int) -> None:
        """Play up to a moment; moments are given in their order."""
        step = self.player.advance(now_ns)
        for at_ns, command in step.commands:
            self.engine.clock.sleep_until(at_ns)
            try:
                answer = self.engine.do(command)
            except UserError as error:  # a picture that is gone since the script was checked
                answer = str(error)
            if answer:
                self._say(answer)
        self.engine.clock.sleep_until(now_ns)
        self.engine.take(step.poses, self._voices.mouths(now_ns), step.faces)
