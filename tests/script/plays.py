"""A show without a picture or a sound: what a script says and does, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from vtuber.core.command import Command
from vtuber.core.conduct import Ruling
from vtuber.core.face import Face
from vtuber.core.pose import PoseInput
from vtuber.core.speech import Line, Word
from vtuber.script import statements as records
from vtuber.script.deeds import Cued, Manner
from vtuber.script.gestures import Gesture
from vtuber.script.orders import command_of
from vtuber.script.parse import parse
from vtuber.script.player import Player
from vtuber.script.spoken import Spoken

S = 1_000_000_000
NOD = Gesture(name="nod", seconds=1.0, curves={"headPitch": ((0, 0), (0.5, -12), (1, 0))})
WORD_S, LATENCY_S = 0.25, 0.1


class Said:
    """A line of the voice below: it takes a quarter of a second for each word."""

    def __init__(self, line: Line, start_ns: int, blocked_by: str = "") -> None:
        self.line, self.start_ns, self.is_gone = line, start_ns, bool(blocked_by)
        self.blocked_by = blocked_by
        texts = re.sub(r"\[.*?\]", " ", line.text).split()
        self.words = tuple(Word(i * WORD_S, (i + 1) * WORD_S, text) for i, text in enumerate(texts))
        self.end_ns = start_ns + round(len(texts) * WORD_S * S)

    def ruling(self, text):
        return Ruling(blocked_by=self.blocked_by)


class Voices:
    """A voice that knows at once when each word will be heard."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.free_ns = 0
        self.blocks = False

    def say(self, line: Line, at_ns: int) -> Said:
        if self.blocks:
            self.said.append(Said(line, at_ns, "a rule"))
            return self.said[-1]
        said = Said(line, max(at_ns + round(LATENCY_S * S), self.free_ns))
        self.said.append(said)
        self.free_ns = said.end_ns
        return said

    def quiet_ns(self, since_ns: int) -> int | None:
        return max(self.free_ns, since_ns)

    def skip(self) -> None:
        self.free_ns = 0

    def drop(self, spoken: Spoken, at_ns: int) -> None:
        for said in self.said:
            if said is spoken and said.end_ns > at_ns:
                said.end_ns, said.is_gone = at_ns, True
                self.free_ns = at_ns

    def break_off(self, at_ns: int) -> None:
        self.said[-1].end_ns, self.said[-1].is_gone = at_ns, True


class Plain:
    """What words mean here: nod is a gesture, all else a command."""

    cast: ClassVar = {"Mika": None, "Bo": None}

    def faces(self, path: str, performer: int) -> Iterator[Face]:
        """Give a face each tenth of a second, whose number counts on; ten for the first."""
        for n in range({1: 10, 2: 5}[performer]):
            yield Face(n * S // 10, n, True, PoseInput.of({"jawOpen": 0.1 * n}))

    def manner(self, say: records.Say) -> Manner:
        words = {d.word: d.amount for d in say.directions}
        return Manner(speed=1.2 if "fast" in words else 1.0, expression="joy" * ("happy" in words))

    def cue(self, who: str, cue: str) -> Gesture | tuple[Command, ...]:
        return (
            NOD
            if cue == "nod"
            else (command_of(cue if cue[:5] == "event" else f"{who} {cue}", [who]),)
        )

    def order(self, order: str) -> Command:
        return command_of(order, ["Mika"])


class Show:
    """A player, and all that it did, with its times in seconds."""

    def __init__(self, text: str, seed: int = 0) -> None:
        script, faults = parse(text)
        assert not faults, [str(fault) for fault in faults]
        self.voices, self.cued, self.commands = (
            Voices(),
            list[Cued](),
            list[tuple[float, Command]](),
        )
        self.player = Player(script, Plain(), self.voices, seed=seed, note=self.cued.append)
        self.now_s = 0.0
        self.faces: list[dict[str, int]] = []  # at each beat, the number of everybody's face

    def play(self, until_s: float, fps: float = 60.0) -> Show:
        """Play up to a time."""
        begin_s, beats = self.now_s, round((until_s - self.now_s) * fps)
        for beat in range(beats + 1):
            self.now_s = begin_s + beat / fps
            step = self.player.advance(round(self.now_s * S))
            self.faces.append({who: face.sequence for who, face in step.faces.items()})
            self.commands += [(at_ns / S, command) for at_ns, command in step.commands]
        return self

    def of(self, kind: str) -> list[tuple[float, str]]:
        told = [cued for cued in self.cued if cued.kind == kind]
        return [(round(cued.at_ns / S, 6), cued.what.removeprefix("@Mika ")) for cued in told]
