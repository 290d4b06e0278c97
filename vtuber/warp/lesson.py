"""What the network is taught with: characters with what a bundle tells of them, and their rigs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.avatar.style import Style
from vtuber.warp.characters import Character, character
from vtuber.warp.features import Table, tables
from vtuber.warp.guess import guessed
from vtuber.warp.laws import Laws
from vtuber.warp.motion import Motion

# What the eye goes to counts more than its share of the vertices.
_WEIGHT = {"lash_upper": 3.0, "lash_lower": 2.0, "lid_closed": 2.0, "lid_happy": 2.0, "iris": 2.0,
           "eye_white": 2.0, "lip_upper": 4.0, "lip_lower": 4.0, "mouth_cavity": 1.5, "brow": 3.0,
           "eye_light": 2.0, "nose": 3.0, "teeth": 1.5, "tongue": 1.5}  # fmt: skip
# How a bundle tells of its character, and how often it is taught so: all of it, depths without
# `[rig]`, or nothing.
_TOLD = ("rig", "rig", "bare", "bare", "depths")


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One character with what its bundle would tell, and the way of its vertices by its rig."""

    character: Character
    motion: Motion
    laws: Laws
    style: Style | None  # what its `[rig]` says
    tables: tuple[Table, ...]
    weight: np.ndarray  # of each vertex

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
        seen = guessed(measured) if told == "bare" else measured
        style = measured.style if told == "rig" else None
        weights = np.array([_WEIGHT.get(part.role, 1.0) for part in measured.parts], np.float32)
        return Example(
            made,
            Motion(measured),
            Laws(measured),
            style,
            tables(seen, style),
            measured.per_vertex(weights),
        )
