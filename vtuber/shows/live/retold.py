"""A line that was said, a show's settings in; what a script says to have them again, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vtuber.core.command import Command, Rotate
from vtuber.core.look import AS_DRAWN, SetBackground, SetBrightness, SetOutline, SetShadow, SetTint
from vtuber.core.speech import Line
from vtuber.script.statements import MAX_PAUSE_S, MAX_TEXT, Cue, Direction, Pause, Say, Script
from vtuber.script.write import write
from vtuber.voice.styles import STYLES
from vtuber.voice.tags import TAG

if TYPE_CHECKING:
    from vtuber.animate.performer import Behaviour

MOST_PARTS = 250  # of a line, of which a script takes 256
MOST_CHARACTERS = MAX_TEXT - 50  # put together, a text may need a few more signs
# Where a text may be taken apart: behind a sentence, a word, or anywhere.
PIECE = re.compile(r"(?:.{1,400}?[.!?…。！？]+|.{1,400})(?:\s+|$)|.{1,400}")


def gesture(name: str, who: str) -> Say:
    """Write a gesture as a script has it."""
    return Say(who=who, parts=(Cue(cue=name),))


def retold(line: Line, who: str) -> tuple[Say, ...]:
    """Write a line as a script has it: its style and its pauses; other tags are left out.

    One that is too long for a line of a script is several.

    >>> retold(Line("[sad] Oh. [pause 0.5] Well."), "Mika")[0].parts
    ('Oh. ', Pause(pause=0.5), ' Well.')
    """
    whole = re.sub(r"\s+", " ", line.text)  # the end of a line would end the statement
    style, parts, begin = line.style, list[str | Pause](), 0
    for tag in TAG.finditer(whole):
        parts.append(whole[begin : tag.start()])
        begin = tag.end()
        name, value = tag[1].lower(), _number(tag[2])
        if name == "pause" and value > 0:
            parts.append(Pause(pause=min(value, MAX_PAUSE_S)))
        elif name in STYLES and not "".join(p for p in parts if isinstance(p, str)).strip():
            style = name
    parts.append(whole[begin:])
    directions = [Direction(word=style or "neutral")]  # else a script shows what the words feel
    if line.speed != 1:
        directions.append(Direction(word="speed", amount=line.speed))
    empty = Say(who=who, directions=tuple(directions), parts=())
    return tuple(say for say in _told(empty, parts) if say.parts) or (
        _with(empty, [Pause(pause=0)]),
    )


def _told(empty: Say, parts: Sequence[str | Pause]) -> Iterator[Say]:
    """Fill as many lines as are needed."""
    held, head = list[str | Pause](), _length(empty)
    left = MOST_CHARACTERS - head
    for part in parts:
        for piece in PIECE.findall(part) if isinstance(part, str) else [part]:
            more = _length(Say(who=empty.who, directions=empty.directions, parts=(piece,))) - head
            if more > left or len(held) == MOST_PARTS:
                yield _with(empty, held)
                held, left = [], MOST_CHARACTERS - head
            held.append(piece)
            left -= more
    yield _with(empty, held)


def _with(empty: Say, pieces: Sequence[str | Pause]) -> Say:
    """Put pieces together that stand beside each other."""
    parts: list[str | Pause] = []
    for piece in pieces:
        if isinstance(piece, str) and parts and isinstance(parts[-1], str):
            parts[-1] += piece
        elif piece := piece.lstrip() if isinstance(piece, str) and not parts else piece:
            parts.append(piece)
    return Say(who=empty.who, directions=empty.directions, parts=tuple(parts))


def _length(say: Say) -> int:
    return len(write(Script(statements=(say,))))


def opening(behaviours: dict[str, Behaviour], background: str) -> list[Command]:
    """Give the commands that bring about what settings say beyond a @cast."""
    told: list[Command] = (
        [] if background == "transparent" else [SetBackground(background, over_s=0)]
    )
    for who, behaviour in behaviours.items():
        look, usual = behaviour.look, AS_DRAWN
        if behaviour.view.rotation_deg:
            told.append(Rotate(behaviour.view.rotation_deg, to=True, over_s=0, performer=who))
        if look.tint != usual.tint:
            told.append(SetTint(look.tint, over_s=0, performer=who))
        if look.brightness != usual.brightness:
            told.append(SetBrightness(look.brightness, over_s=0, performer=who))
        if look.outline is not None:
            outline = look.outline
            told.append(SetOutline(outline.colour, outline.width, over_s=0, performer=who))
        if look.shadow is not None:
            told.append(SetShadow(on=True, over_s=0, performer=who))
    return told


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return 0.0
