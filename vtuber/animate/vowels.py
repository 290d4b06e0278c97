"""A mouth's blendshapes in, how much of each vowel it is out: A I U E O, in closed form. Pure.

A vowel is a place on two axes, how far the mouth is open and how wide or narrow it is (the vowel
chart of every phonetics book, with lips instead of the tongue). Between the places the shares
change linearly, and they never sum to more than 1: a closed mouth is no vowel, however it smiles.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.core.pose import Pose

PARTED = 0.02, 0.10  # of jawOpen: lips part; below, spread lips are a smile and not an I
I_TO_E = 0.15, 0.45  # of jawOpen: from here on the one, from there on the other
U_TO_O = 0.20, 0.50
SMILES = 0.4  # how much a smile spreads lips, beside a stretch


@dataclass(frozen=True, slots=True)
class Vowels:
    """Shares 0..1; their sum is at most 1."""

    a: float
    i: float
    u: float
    e: float
    o: float


def vowels(pose: Pose) -> Vowels:
    """Read the vowels off a pose.

    >>> vowels(Pose.of({"jawOpen": 1.0}))
    Vowels(a=1.0, i=0.0, u=0.0, e=0.0, o=0.0)
    """
    return vowels_of(
        max(0.0, pose["jawOpen"] - 0.9 * pose["mouthClose"]),
        (pose["mouthStretchLeft"] + pose["mouthStretchRight"]) / 2,
        (pose["mouthSmileLeft"] + pose["mouthSmileRight"]) / 2,
        pose["mouthPucker"] + pose["mouthFunnel"],
    )


def vowels_of(opened: float, stretched: float, smiling: float, narrow: float) -> Vowels:
    """Read the vowels off four amounts, each 0..1 (`narrow` may be more)."""
    narrow = min(1.0, narrow)
    wide = min(1.0, stretched + SMILES * smiling) * (1.0 - narrow)
    parted = _ramp(opened, *PARTED)
    e_share, o_share = _ramp(opened, *I_TO_E), _ramp(opened, *U_TO_O)
    return Vowels(
        a=opened * max(0.0, 1.0 - wide - narrow),
        i=wide * parted * (1.0 - e_share),
        u=narrow * (1.0 - o_share),  # puckered lips are as good as shut
        e=wide * e_share,
        o=narrow * o_share,
    )


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
