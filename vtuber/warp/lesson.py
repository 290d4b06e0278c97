"""What the network is taught with: characters with what a bundle tells of them, and their rigs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.avatar.style import Style
from vtuber.warp.characters import Character, character
from vtuber.warp.features import Described, describe, glanced
from vtuber.warp.guess import guessed
from vtuber.warp.laws import Laws
from vtuber.warp.measure import Measured
from vtuber.warp.motion import Motion
from vtuber.warp.net import BODY_GAINS
from vtuber.warp.turn import depths_of, head_shares_of

# What the eye goes to counts more than its share of the vertices.
_WEIGHT = {"lash_upper": 3.0, "lash_lower": 2.0, "lid_closed": 2.0, "lid_happy": 2.0, "iris": 2.0,
           "eye_white": 2.0, "lip_upper": 4.0, "lip_lower": 4.0, "mouth_cavity": 1.5, "brow": 3.0,
           "eye_light": 2.0, "nose": 3.0, "teeth": 1.5, "tongue": 1.5}  # fmt: skip
# How a bundle tells of its character, and how often it is taught so: all of it, depths without
# `[rig]`, or nothing.
_TOLD = ("rig", "rig", "bare", "bare", "depths")


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """What can be told of a character without moving it: its depths, and how its body turns."""

    told: Described
    z: Float32[np.ndarray, " v"]
    head: Float32[np.ndarray, " v"]  # of each vertex, share of the head's turn
    body: Float32[np.ndarray, " b"]  # in the order of BODY_GAINS
    shares: Float32[np.ndarray, " v"]  # half of the whole goes to vertices, half to layers
    px: float  # of a W

    @staticmethod
    def of(made: Character, told: Described) -> Glance:
        measured = made.measured
        layers = measured.per_vertex(1.0 / np.array([part.count for part in measured.parts]))
        shares = 0.5 / len(layers) + 0.5 / len(measured.parts) * layers
        return Glance(
            told,
            z=depths_of(measured).astype(np.float32),
            head=head_shares_of(measured).astype(np.float32),
            body=np.array([getattr(measured.style, name) for name in BODY_GAINS], np.float32),
            shares=shares.astype(np.float32),
            px=made.px,
        )

    @staticmethod
    def drawn(random: np.random.Generator, density: float, usual: float) -> Glance:
        """Draw a character, and do not move it: 6 ms."""
        told = _TOLD[int(random.integers(len(_TOLD)))]
        made = character(random, density, bool(random.random() < usual))
        seen, style = _as_told(made.measured, told)
        return Glance.of(made, glanced(seen, style))


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One character with what its bundle would tell, and the way of its vertices by its rig."""

    character: Character
    motion: Motion
    laws: Laws
    style: Style | None  # what its `[rig]` says
    glance: Glance
    weight: np.ndarray  # of each vertex

    @property
    def told(self) -> Described:
        return self.glance.told

    @staticmethod
    def drawn(
        random: np.random.Generator, density: float, told: str = "", usual: float = 0.0
    ) -> Example:
        """Draw one; `told` is "rig" (all), "depths" (no knobs), "bare" (medians), or by chance.

        `usual` is how often it looks and moves as designs mostly do.
        """
        told = told or _TOLD[int(random.integers(len(_TOLD)))]
        made = character(random, density, bool(random.random() < usual))
        measured = made.measured
        seen, style = _as_told(measured, told)
        weights = np.array([_WEIGHT.get(part.role, 1.0) for part in measured.parts], np.float32)
        return Example(
            made,
            Motion(measured),
            Laws(measured),
            style,
            Glance.of(made, describe(seen, style)),
            measured.per_vertex(weights),
        )


def _as_told(measured: Measured, told: str) -> tuple[Measured, Style | None]:
    """Give a character as its bundle tells of it, and what `[rig]` says."""
    seen = guessed(measured) if told == "bare" else measured
    return seen, measured.style if told == "rig" else None
