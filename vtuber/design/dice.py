"""Rolls designs: a seed in, a character that looks designed out. Pure.

What does not go together is never rolled: a hat over animal ears, horns through headphones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from vtuber.design import catalogue
from vtuber.design.genome import (
    Body,
    Design,
    Extras,
    Eyes,
    Face,
    Hair,
    Outfit,
    Pen,
)
from vtuber.design.palette import CLOTHS, HARMONIES, PALETTES, SKINS

# syllables of names: any first goes with any last
FIRST = ("A", "E", "Ha", "I", "Ka", "Ki", "Li", "Lu", "Ma", "Mi", "Na", "No", "O", "Ra", "Ri", "Ru",
         "Sa", "Se", "Shi", "So", "Ta", "To", "Ya", "Yu", "Ze")  # fmt: skip
LAST = ("ki", "ko", "la", "len", "lia", "mi", "na", "nea", "ra", "ren", "ri", "ro", "ru", "sha",
        "to", "yu", "ne", "rin", "vi", "zu")  # fmt: skip

# skins that people have, and how often; the others are for fantasy
_FANTASY = frozenset(["lilac", "mint", "azure", "ash", "rust"])

# extras that share a place on the head: at most one of a row
_ONE_OF = (
    ("animal", "hat", "horns", "halo", "headphones"),
    ("hat", "ribbon"),
)
_CHANCE = {"horns": 0.14, "halo": 0.10, "wings": 0.14, "tail": 0.12, "glasses": 0.20,
           "headphones": 0.16, "hat": 0.20, "ribbon": 0.30}  # fmt: skip


def roll(seed: int) -> Design:
    """Roll a design. The same seed gives the same design in one version of the styles."""
    rng = np.random.default_rng([seed, 0x7A7])
    body = _body(rng)
    design = Design(
        name=str(rng.choice(FIRST)) + str(rng.choice(LAST)),
        seed=seed,
        palette=_palette(rng),
        body=body,
        face=_face(rng),
        eyes=_eyes(rng, body),
        hair=_hair(rng),
        outfit=_outfit(rng),
        pen=Pen(shading=_one(rng, ("cel", "cel", "cel", "soft"))),  # type: ignore[arg-type]
    )
    return _with_extras(rng, design)


def _one(rng: np.random.Generator, names: Iterable[str]) -> str:
    return str(rng.choice(list(names)))


def _style(rng: np.random.Generator, kind: str) -> str:
    """Choose a style of a kind; "none" is not one."""
    return _one(rng, [name for name in catalogue.styles(kind) if name != "none"])


def _maybe(rng: np.random.Generator, kind: str, chance: float) -> str:
    """Choose a style of a kind, or mostly "none"."""
    wanted = rng.random() < chance
    return _style(rng, kind) if wanted and len(catalogue.styles(kind)) > 1 else "none"


def _body(rng: np.random.Generator) -> Body:
    woman = rng.random() < 0.6
    presentation = rng.uniform(0.75, 1.0) if woman else rng.uniform(0.0, 0.35)
    return Body(
        proportions="chibi" if rng.random() < 0.12 else "standard",
        presentation=round(float(presentation), 2),
        age=round(float(rng.beta(2.0, 3.5)), 2),
        build=round(float(rng.beta(2.5, 3.0)), 2),
    )


def _palette(rng: np.random.Generator) -> str:
    if rng.random() < 0.6:
        return _one(rng, PALETTES)
    return f"{int(rng.integers(0, 360))} {_one(rng, HARMONIES)} {_one(rng, CLOTHS)}"


def _face(rng: np.random.Generator) -> Face:
    fantasy = rng.random() < 0.08
    skins = [name for name in SKINS if (name in _FANTASY) == fantasy]
    animal = [name for name in catalogue.styles("ears") if name not in ("none", "human")]
    return Face(
        shape=_style(rng, "face_shape"),
        skin=_one(rng, skins),
        nose=_style(rng, "nose"),
        mouth=_style(rng, "mouth"),
        marks=_style(rng, "marks")
        if catalogue.styles("marks")[1:] and rng.random() < 0.25
        else "none",
        ears=_one(rng, animal) if animal and rng.random() < 0.33 else "human",
    )


def _eyes(rng: np.random.Generator, body: Body) -> Eyes:
    return Eyes(
        shape=_style(rng, "eye_shape"),
        iris=_style(rng, "iris"),
        lashes=_style(rng, "lashes"),
        brows=_style(rng, "brows"),
        size=round(float(rng.uniform(0.94, 1.06)), 2),
    )


def _hair(rng: np.random.Generator) -> Hair:
    return Hair(
        front=_style(rng, "front_hair"),
        side=_one(rng, catalogue.styles("side_hair")),
        back=_style(rng, "back_hair"),
        ahoge=_maybe(rng, "ahoge", 0.3),
        gradient=round(float(rng.uniform(0.5, 1.0)), 2) if rng.random() < 0.45 else 0.0,
        streaks=round(float(rng.uniform(0.1, 0.4)), 2) if rng.random() < 0.25 else 0.0,
    )


def _outfit(rng: np.random.Generator) -> Outfit:
    return Outfit(style=_style(rng, "outfit"), pattern=_maybe(rng, "pattern", 0.3))


def _with_extras(rng: np.random.Generator, design: Design) -> Design:
    taken = {"animal"} if design.face.ears not in ("human", "none", "elf") else set()
    extras = Extras()
    for kind, chance in _CHANCE.items():
        name = _maybe(rng, kind, chance)
        crowded = any(kind in row and taken & set(row) for row in _ONE_OF)
        if name != "none" and not crowded:
            extras = replace(extras, **{kind: name})  # type: ignore[arg-type]
            taken.add(kind)
    hair = design.hair
    if taken & {"hat", "headphones", "animal", "halo"}:
        hair = replace(hair, ahoge="none")
    return replace(design, hair=hair, extras=extras)
