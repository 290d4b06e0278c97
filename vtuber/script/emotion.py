"""A line without a direction in; the feeling that its words show, and why, out.

Small on purpose, so that a writer can see why a face was made, and mend it by a direction: an emoji
says it outright; else the sentiment of the words (VADER, a lexicon with rules for negation and
degree: Hutto and Gilbert, 2014) and the punctuation decide. English words; emoji in any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

# The styles of `voice/styles.py` whose faces these emoji are.
EMOJI = {
    "happy": "😀😃😄🙂😊☺😁😉🎉✨👍🥳",
    "laughing": "😂🤣😆😹",
    "loving": "😍🥰😘❤💕💖😻🫶",
    "sad": "😢😭😞😔🙁☹💔😿🥺",
    "angry": "😠😡🤬👿💢",
    "surprised": "😮😲😱🤯😯",
    "shy": "😳🙈",
    "sleepy": "😴🥱😪💤",
    "smug": "😏😎😼",
    "scared": "😨😰😖",
}
STRONG = 0.45  # of VADER's compound, -1..1: below it a line is plain
_ANGER = re.compile(
    r"\b(angry|mad|furious|hate|stupid|idiot|damn|shut up|how dare|unfair|rage|disgusting)\b", re.I
)
_FEAR = re.compile(r"\b(scared|afraid|terrified|horror|help me|oh no|panic)\b", re.I)
_SURPRISE = re.compile(r"(\?!|!\?)|\b(wow|whoa|what the|no way|really\?|unbelievable)\b", re.I)
_LAUGH = re.compile(r"\b((ha){2,}h?|(he){2,}|lol|lmao|rofl)\b", re.I)


@dataclass(frozen=True, slots=True)
class Feeling:
    """What a line shows."""

    style: str  # of the voice, and with it of the face
    amount: float  # 0..1: how much of the face
    why: str  # for people


def feeling(text: str) -> Feeling | None:
    """Give what a line shows; None for a plain one.

    >>> feeling("I am so happy that you are all here!").style
    'happy'
    >>> feeling("The meeting is at ten.") is None
    True
    """
    for style, signs in EMOJI.items():
        for sign in signs:
            if sign in text:
                return Feeling(style, 1.0, f"the emoji {sign}")
    for style, words in (("laughing", _LAUGH), ("surprised", _SURPRISE), ("scared", _FEAR)):
        found = words.search(text)
        if found:
            return Feeling(style, 0.8, f"{found[0]!r}")
    scores = _analyser().polarity_scores(text)
    compound = scores["compound"]
    if abs(compound) < STRONG:
        return None
    why = f"its words ({compound:+.2f})"
    amount = round(min(1.0, 0.4 + 0.6 * abs(compound)), 2)
    if compound > 0:
        return Feeling("happy", amount, why)
    found = _ANGER.search(text)
    if found or "!" in text:
        return Feeling("angry", amount, f"{why} and {found[0] if found else '!'!r}")
    return Feeling("sad", amount, why)


@cache
def _analyser() -> Any:
    """Load the lexicon, once: 30 ms."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
