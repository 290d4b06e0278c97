"""A line that was said, a show's settings in; what a script says to have them again, out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vtuber.core.command import Command, Rotate
from vtuber.core.look import AS_DRAWN, SetBackground, SetBrightness, SetOutline, SetShadow, SetTint
from vtuber.core.speech import Line
from vtuber.script.statements import MAX_PAUSE_S, MAX_TEXT, Cue, Direction, Pause, Say
from vtuber.voice.styles import STYLES
from vtuber.voice.tags import TAG

if TYPE_CHECKING:
    from vtuber.animate.performer import Behaviour

MOST_PARTS = 250  # of a line, of which a script takes 256


def retold(line: Line, who: str, *, is_cue: bool = False) -> Say:
    """Write a line as a script has it: its style and its pauses; other tags are left out.

    >>> retold(Line("[sad] Oh. [pause 0.5] Well."), "Mika").parts
    ('Oh. ', Pause(pause=0.5), ' Well.')
    """
    if is_cue:
        return Say(who=who, parts=(Cue(cue=line.text.strip("[]")),))
    style, parts, begin = line.style, list[str | Pause](), 0
    for tag in TAG.finditer(line.text):
        parts.append(line.text[begin : tag.start()])
        begin = tag.end()
        name, value = tag[1].lower(), _number(tag[2])
        if name == "pause" and value > 0:
            parts.append(Pause(pause=min(value, MAX_PAUSE_S)))
        elif name in STYLES and not "".join(p for p in parts if isinstance(p, str)).strip():
            style = name
    parts.append(line.text[begin:])
    said = [p[:MAX_TEXT] if isinstance(p, str) else p for p in parts if p != ""]
    if said and isinstance(said[0], str):
        said[0] = said[0].lstrip()
    directions = [Direction(word=style or "neutral")]  # else a script shows what the words feel
    if line.speed != 1:
        directions.append(Direction(word="speed", amount=line.speed))
    kept = tuple(part for part in said if part != "")[:MOST_PARTS]
    return Say(who=who, directions=tuple(directions), parts=kept or (Pause(pause=0),))


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
