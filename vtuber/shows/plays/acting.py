"""A play in a live show: beats and hands in; commands, poses and mouths out.

The same player as a film's, on the show's own beat and voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from vtuber.core.command import Command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.keynames import same_key
from vtuber.core.nearest import none_such
from vtuber.core.pose import PoseInput
from vtuber.core.speech import Line, Mouth
from vtuber.core.steer import STEPS, Happen, PressKey, ScriptCommand, SteerScript
from vtuber.script.deeds import Cued
from vtuber.script.player import Player
from vtuber.script.spoken import Spoken
from vtuber.script.statements import On, Script, Wait
from vtuber.shows.plays.casting import Part, Play
from vtuber.shows.plays.performance import Voices
from vtuber.shows.talk.liveline import LiveLine
from vtuber.shows.talk.speech import Speech


class LiveVoices:
    """The show's voice, as a script speaks with it."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._lines: list[LiveLine] = []
        self._now_ns = 0

    def look(self, now_ns: int) -> None:
        """Notice what has been heard since the last beat."""
        self._now_ns = now_ns
        self._speech.look(self._lines, now_ns)
        self._lines = [line for line in self._lines if line.end_ns is None]

    def say(self, line: Line, at_ns: int) -> LiveLine:
        said = self._speech.say(line, (line.performer,))
        self._lines.append(said)
        return said

    def quiet_ns(self, since_ns: int) -> int | None:
        return None if self._lines else max(since_ns, self._now_ns)

    def skip(self) -> None:
        self._speech.skip(sorted({line.performer for line in self._lines}))

    def drop(self, spoken: Spoken, at_ns: int) -> None:
        for line in self._lines:
            if line is spoken:
                self._speech.drop(line)

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        """Give the mouths that move; the face of a script's line is the script's own affair.

        What is said beside the script, by a hand or a program, brings its face along.
        """
        moving = self._speech.mouths(now_ns)
        ours = {line.performer for line in self._lines if line.start_ns is not None}
        return {
            name: replace(mouth, expression="") if name in ours else mouth
            for name, mouth in moving.items()
        }


class Acting:
    """A play that is performed live. Used by the beat alone."""

    def __init__(
        self,
        play: Play,
        voices: Voices | LiveVoices,
        seed: int = 0,
        note: Callable[[Cued], None] = lambda cued: None,
    ) -> None:
        self._play, self._voices, self._seed, self._note = play, voices, seed, note
        self._player: Player | None = None  # it begins with the first beat
        self.poses: Mapping[str, PoseInput] = {}
        self.keys = frozenset(_keys_of(play.script))
        self.faces: Mapping[str, Face] = {}  # of recordings that the script plays

    @property
    def parts(self) -> Sequence[Part]:
        return self._play.parts

    @property
    def is_over(self) -> bool:
        """Tell whether the last line is said, and every gesture has gone out."""
        return self._player is not None and self._player.is_over and not self.poses

    def advance(self, now_ns: int) -> tuple[tuple[int, Command], ...]:
        """Play up to this beat; give what the show is to do, and when each was due."""
        if isinstance(self._voices, LiveVoices):
            self._voices.look(now_ns)
        if self._player is None:
            play = self._play
            self._player = Player(
                play.script, play.catalogue, self._voices, now_ns, self._seed, self._note
            )
        step = self._player.advance(now_ns)
        self.poses, self.faces = step.poses, step.faces
        return step.commands

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        return self._voices.mouths(now_ns)

    def obey(self, command: ScriptCommand, now_ns: int) -> str:
        """Do what a hand asks. Raises UserError for what is not there."""
        player = self._player
        if player is None:
            return ""
        match command:
            case Happen(event):
                return "" if player.happen("event", event, now_ns) else f"nothing waits for {event}"
            case PressKey(key):
                if not player.happen("key", key, now_ns):
                    return f"nothing waits for the key {key}"
            case SteerScript("pause"):
                player.pause(now_ns)
            case SteerScript("resume"):
                player.resume(now_ns)
            case SteerScript("skip"):
                player.skip(now_ns)
            case SteerScript("restart"):
                player.restart(now_ns)
            case SteerScript("jump", label):
                player.jump(label, now_ns)
            case SteerScript(step):
                raise UserError(none_such("the script", "step", step, STEPS))
        return ""


def _keys_of(script: Script) -> Iterator[str]:
    """Give the keys that a script ever waits for, each by its one name."""
    for statement in script.walk():
        match statement:
            case On(what="key", name=name) | Wait(until="key", name=name):
                yield same_key(name)
