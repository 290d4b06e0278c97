"""A line's text in, its passages out: what the inline tags say of style, speed and pauses. Pure.

    [happy] It works! [pause 0.3] [speed 1.2] Finally. [speed] [neutral]

A tag holds until the next of its kind. `[speed]` alone is as before. What is no number and no word
(`[1]`, `[...]`) is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.core.speech import Line
from vtuber.voice.styles import SPEEDS, STYLES, style_called

LONGEST_PAUSE_S = 10.0
_TAG = re.compile(r"\[\s*([^\W\d_]+)(?:[\s:=]+([^\[\]]*?))?\s*\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text in one style and at one speed, and the pause before it."""

    text: str
    style: str = ""
    speed: float = 1.0
    pause_s: float = 0.0


def passages(line: Line) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Take a line apart at its tags; give the passages, and a sentence for each wrong tag.

    >>> passages(Line("[sad] Oh. [pause 0.5] Well."))[0]
    (Passage(text='Oh.', style='sad', speed=1.0, pause_s=0.0), Passage(text='Well.', style='sad', \
speed=1.0, pause_s=0.5))
    >>> passages(Line("[hapy] Yes."))[1]
    ('no tag [hapy]; did you mean [happy]?',)
    """
    faults: list[str] = []
    found = tuple(_read(line, faults))
    return found, tuple(faults)


def _read(line: Line, faults: list[str]) -> Iterator[Passage]:
    style, speed, pause_s, begin = _known(line.style, faults), line.speed, 0.0, 0
    for tag in _TAG.finditer(line.text):
        text = line.text[begin : tag.start()].strip()
        if text:
            yield Passage(text, style, speed, pause_s)
            pause_s = 0.0
        begin = tag.end()
        name, value = tag[1].lower(), (tag[2] or "").strip()
        if name == "pause":
            pause_s += _number(tag[0], value, (0.0, LONGEST_PAUSE_S), "seconds", faults) or 0.0
        elif name == "speed":
            told = _number(tag[0], value, SPEEDS, "", faults) if value else 1.0
            speed = speed if told is None else line.speed * told
        elif value:
            faults.append(f"no tag {tag[0]}; there is: {_choices()}")
        else:
            style = _known(name, faults, style)
    text = line.text[begin:].strip()
    if text or pause_s:
        yield Passage(text, style, speed, pause_s)


def _known(name: str, faults: list[str], otherwise: str = "") -> str:
    if not name:
        return ""
    try:
        style_called(name)
    except UserError:
        near = nearest(name, [*STYLES, "pause", "speed"])
        faults.append(f"no tag [{name}]; " + (f"did you mean [{near}]?" if near else _there_is()))
        return otherwise
    return name


def _number(
    tag: str, value: str, within: tuple[float, float], unit: str, faults: list[str]
) -> float | None:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    low, high = within
    if not low <= number <= high:
        faults.append(f"in {tag}: give {low:g} to {high:g}{' ' + unit if unit else ''}")
        return None
    return number


def _there_is() -> str:
    return f"there is: {_choices()}"


def _choices() -> str:
    return ", ".join(f"[{name}]" for name in (*STYLES, "pause 0.3", "speed 1.2"))
