"""How an emotion sounds and looks: one table, so that voice and face change together. Values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

SPEEDS = 0.5, 2.0  # what a voice may be told; beyond, no engine is understood


@dataclass(frozen=True, slots=True)
class Style:
    """One emotion. What an engine cannot change, it leaves."""

    speed: float = 1.0  # factor
    pitch: float = 0.0  # semitones up
    energy: float = 1.0  # factor of the loudness
    expression: str = ""  # of the avatar while it is heard; "" leaves the face alone


# By ear and by the literature's directions (joy and anger: faster, higher, louder; sadness: slower,
# lower, softer: Banse and Scherer 1996, table 6); the sizes are ours.
STYLES: Mapping[str, Style] = {
    "neutral": Style(),
    "happy": Style(1.08, 2.0, 1.1, "joy"),
    "laughing": Style(1.12, 3.0, 1.15, "laugh"),
    "excited": Style(1.2, 3.5, 1.25, "surprise"),
    "sad": Style(0.85, -2.0, 0.8, "sadness"),
    "angry": Style(1.1, -1.0, 1.35, "anger"),
    "surprised": Style(1.1, 4.0, 1.15, "surprise"),
    "shy": Style(0.95, 1.0, 0.7, "shy"),
    "sleepy": Style(0.75, -2.5, 0.75, "sleepy"),
    "loving": Style(0.92, 1.0, 0.9, "love"),
    "scared": Style(1.25, 4.0, 1.0, "panic"),
    "smug": Style(0.92, -1.0, 1.0, "smug"),
    "calm": Style(0.9, -0.5, 0.9),
}


def style_called(name: str) -> Style:
    """Give a style by its name, or by that of its expression; "" is neutral. Raises UserError.

    >>> style_called("joy").pitch
    2.0
    """
    if name in STYLES:
        return STYLES[name]
    for style in STYLES.values():
        if name == style.expression:
            return style
    near = nearest(name, STYLES)
    meant = f"did you mean {near}?" if near else f"there is: {', '.join(STYLES)}"
    raise UserError(f"no style called {name!r}; {meant}")


def limited(speed: float) -> float:
    """Bring a speed into what a voice may be told.

    >>> limited(3.0)
    2.0
    """
    return min(max(speed, SPEEDS[0]), SPEEDS[1])
