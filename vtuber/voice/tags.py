"""A line's text in, its passages out: what the inline tags say of style, speed and pauses. Pure.

    [happy] It works! [pause 0.3] [speed 1.2] Finally. [speed] [neutral]

A tag holds until the next of its kind. `[speed]` alone is as before. `[bleep 5]` is a tone, as long
as a word of so many letters. What is no number and no word (`[1]`, `[...]`) is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.core.speech import Line
from vtuber.voice.styles import SPEEDS, STYLES, style_called

MOST_CHARACTERS = 10_000  # of a line: about ten minutes
LONGEST_PAUSE_S = 10.0
LONGEST_BLEEP, USUAL_BLEEP = 24, 4  # letters
MOST_PAUSES_S = 60.0  # of a line, together
# Its repeats give nothing back: else 2,000 blanks behind an open bracket cost 8 s.
TAG = re.compile(r"\[\s*+([^\W\d_]++)(?:[\s:=]++([^\[\]]*+))?\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text in one style and at one speed, and the pause before it; or a bleep."""

    text: str
    style: str = ""
    speed: float = 1.0
    pause_s: float = 0.0
    is_bleep: bool = False  # the text is an asterisk for each letter


def passages(line: Line) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Take a line apart at its tags; give the passages, and a sentence for each wrong tag.

    >>> [(p.text, p.style, p.pause_s) for p in passages(Line("[sad] Oh. [pause 0.5] Well."))[0]]
    [('Oh.', 'sad', 0.0), ('Well.', 'sad', 0.5)]
    >>> passages(Line("[hapy] Yes."))[1]
    ('no tag [hapy]; did you mean [happy]?',)
    """
    faults: list[str] = []
    found = tuple(_read(line, faults))
    return found, tuple(faults)


def _read(line: Line, faults: list[str]) -> Iterator[Passage]:
    style, speed, pause_s, begin = _known(line.style, faults), line.speed, 0.0, 0
    left_s = MOST_PAUSES_S
    for tag in TAG.finditer(line.text):
        text = line.text[begin : tag.start()].strip()
        if text:
            yield Passage(text, style, speed, pause_s)
            pause_s = 0.0
        begin = tag.end()
        name, value = tag[1].lower(), (tag[2] or "").strip()
        if name == "pause":
            more_s = _pause(tag[0], value, left_s, faults)
            pause_s, left_s = pause_s + more_s, left_s - more_s
        elif name == "bleep":
            letters = _number(tag[0], value or str(USUAL_BLEEP), (1, LONGEST_BLEEP), faults)
            if letters is not None:
                yield Passage("*" * round(letters), style, speed, pause_s, is_bleep=True)
                pause_s = 0.0
        elif name == "speed":
            told = _number(tag[0], value, SPEEDS, faults) if value else 1.0
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
        near = nearest(name, [*STYLES, "pause", "bleep", "speed"])
        faults.append(f"no tag [{name}]; " + (f"did you mean [{near}]?" if near else _there_is()))
        return otherwise
    return name


def _pause(tag: str, value: str, left_s: float, faults: list[str]) -> float:
    """Give how long a pause is, where `left_s` are left for all pauses of its line."""
    pause_s, fault = _float(value), ""
    if pause_s > LONGEST_PAUSE_S:
        fault = f"in {tag}: a pause is {LONGEST_PAUSE_S:g} seconds at most, and so long it is"
        pause_s = LONGEST_PAUSE_S
    elif not pause_s >= 0:
        fault, pause_s = f"in {tag}: give 0 to {LONGEST_PAUSE_S:g} seconds", 0.0
    if pause_s > left_s:
        fault = (
            f"the pauses of a line are {MOST_PAUSES_S:g} seconds at most; what is over is left out"
        )
        pause_s = left_s
    if fault and fault not in faults:
        faults.append(fault)
    return pause_s


def _number(tag: str, value: str, within: tuple[float, float], faults: list[str]) -> float | None:
    number, (low, high) = _float(value), within
    if not low <= number <= high:
        faults.append(f"in {tag}: give {low:g} to {high:g}")
        return None
    return number


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _there_is() -> str:
    return f"there is: {_choices()}"


def _choices() -> str:
    return ", ".join(f"[{name}]" for name in (*STYLES, "pause 0.3", "bleep 4", "speed 1.2"))
