"""What is said and heard: lines come in, sound, visemes and words go out. Values only.

All sound inside the program is float32, mono, 48 kHz; what engines and devices have instead is
resampled once, where it comes in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jaxtyping import Float32

from vtuber.core.pose import PoseInput

SAMPLE_RATE_HZ = 48_000
URGENT = 2  # the priority from which on a line breaks off a lower one that is being said

# The 15 visemes of OVR LipSync and OpenXR's XR_META_face_tracking_visemes, in their order.
VisemeName = Literal[
    "sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou"
]  # fmt: skip

# What moves a mouth while there is sound: the camera all the same, sound, or whichever is more.
MouthFrom = Literal["camera", "sound", "both"]


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say. `text` may hold inline tags: `[happy]`, `[pause 0.3]`, `[speed 1.2]`."""

    text: str
    style: str = ""  # an emotion preset; "" says it plainly
    speed: float = 1.0  # 0.5..2
    priority: int = 0  # a higher one goes before all lower ones that wait; from URGENT on, at once
    performer: str = ""  # whose mouth; "" is the first performer's
    sound: str = ""  # a file that is ready: it is played, and nobody speaks


@dataclass(frozen=True, slots=True)
class Viseme:
    """A shape of the mouth, from `t_s` until the next one begins."""

    t_s: float  # seconds after the line's first sample
    viseme: VisemeName
    weight: float = 1.0  # 0..1


@dataclass(frozen=True, slots=True)
class Word:
    """When a word of the line is spoken, in seconds after its first sample."""

    t_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """A piece of a spoken line. Pieces come in order, without gaps, as soon as each is made.

    The times of visemes and words count from the line's first sample, not from the piece's.
    """

    samples: Float32[np.ndarray, " n"]  # -1..1, 48 kHz
    start_s: float  # of the piece, after the line's first sample
    visemes: tuple[Viseme, ...] = ()
    words: tuple[Word, ...] = ()
    is_last: bool = False
    style: str = field(default="", kw_only=True)  # the face that goes with this piece
    note: str = field(default="", kw_only=True)  # for the user: what of the line is not said


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Samples as they are heard."""

    samples: Float32[np.ndarray, " n"]  # -1..1, 48 kHz
    start_ns: int  # when the first one is heard, on the show's clock


@dataclass(frozen=True, slots=True, eq=False)
class Mouth:
    """What a voice does to somebody's face at one moment."""

    pose: PoseInput  # of the mouth alone; its weights fade in and out
    expression: str = ""  # that goes with the words; "" leaves the face as it is


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text: the whole rest of the line, as it is, quotes and all; runs of blanks are one.

    It may hold the inline tags of a Line.
    """

    text: str
    performer: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split()))


@dataclass(frozen=True, slots=True)
class Skip:
    """Break off what is being said; what waits behind it is said."""

    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Hush:
    """Break off what is being said, and forget what waits."""

    performer: str = field(default="", kw_only=True)


SpeechCommand = Say | Skip | Hush
