"""Rolls designs: a seed in, a character that looks designed out. Pure.

What does not go together is never rolled: a hat over animal ears, horns through headphones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from vtuber.design import catalogue
from vtuber.design.colour import Colour
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
from vtuber.design.palette import CLOTHS, HARMONIES, PALETTES, SKINS, parse_palette

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
    ("headphones", "ribbon"),
    ("horns", "animal"),
)
APART = 0.12  # in OKLab, of what lies side by side: hair, cloth, skin
_MOST = 3  # of extras and animal ears
_CHANCE = {"horns": 0.14, "halo": 0.10, "wings": 0.10, "tail": 0.12, "glasses": 0.20,
           "headphones": 0.16, "hat": 0.20, "ribbon": 0.30}  # fmt: skip


def roll(seed: int) -> Design:
    """Roll a design. The same seed gives the same design in one version of the styles."""
    rng = np.random.default_rng([seed, 0x7A7])
    body = _body(rng)
    face = _face(rng, body)
    design = Design(
        name=str(rng.choice(FIRST)) + str(rng.choice(LAST)),
        seed=seed,
        palette=_palette(rng, face.skin),
        body=body,
        face=face,
        eyes=_eyes(rng, body),
        hair=_hair(rng, body, face.ears),
        outfit=_outfit(rng, body),
        pen=Pen(shading=_one(rng, ("cel", "cel", "cel", "soft"))),  # type: ignore[arg-type]
    )
    return _with_extras(rng, design)


def _one(rng: np.random.Generator, names: Iterable[str]) -> str:
    return str(rng.choice(list(names)))


def _style(
    rng: np.random.Generator,
    kind: str,
    presentation: float = 0.5,
    **beside: str,
) -> str:
    """Choose a style of a kind that goes with those beside it, by kind; "none" is not one.

    A style's file may say whom it suits, SUITS = (least, most) presentation, its ODDS beside a
    common style's 1, and of another kind which styles alone go with it: BESIDE = {kind: names}.
    """
    worn = {other: chosen for other, chosen in beside.items() if chosen != "none"}
    odds = {}
    for name in catalogue.styles(kind):
        if name == "none":
            continue
        style = catalogue.style(kind, name)
        least, most = getattr(style, "SUITS", (0.0, 1.0))
        if least <= presentation <= most and all(
            _fit(kind, name, *other) for other in worn.items()
        ):
            odds[name] = getattr(style, "ODDS", 1.0)
    if not odds:  # nothing of this kind suits: go without, or forget what it should go with
        return "none" if kind in catalogue.OPTIONAL else _style(rng, kind, presentation)
    return str(rng.choice(list(odds), p=np.array(list(odds.values())) / sum(odds.values())))


def _fit(kind: str, name: str, other: str, chosen: str) -> bool:
    """Say whether two styles of two kinds go together, as either of them sees it."""
    mine = getattr(catalogue.style(kind, name), "BESIDE", {})
    theirs = getattr(catalogue.style(other, chosen), "BESIDE", {})
    return chosen in mine.get(other, (chosen,)) and name in theirs.get(kind, (name,))


def _maybe(
    rng: np.random.Generator,
    kind: str,
    chance: float,
    presentation: float = 0.5,
    **beside: str,
) -> str:
    """Choose a style of a kind, or mostly "none"."""
    wanted = rng.random() < chance
    some = wanted and len(catalogue.styles(kind)) > 1
    return _style(rng, kind, presentation, **beside) if some else "none"


def _body(rng: np.random.Generator) -> Body:
    woman = rng.random() < 0.6
    presentation = rng.uniform(0.75, 1.0) if woman else rng.uniform(0.0, 0.35)
    chibi = rng.random() < 0.12
    return Body(
        proportions="chibi" if chibi else "standard",
        presentation=round(float(presentation), 2),
        age=round(float(rng.beta(2.0, 4.5)) * (0.6 if chibi else 1.0), 2),
        build=round(float(rng.beta(2.5, 3.0)), 2),
    )


def _palette(rng: np.random.Generator, skin: str) -> str:
    """Choose a palette whose hair and cloth part from each other and from the skin."""
    for _ in range(40):
        text = _any_palette(rng)
        colours = parse_palette(text)
        under = SKINS[skin]
        pairs = [(colours.hair, colours.cloth)]
        if colours.cloth.lightness < 0.9:  # white goes with all
            pairs.append((colours.cloth, under))
        if under.lightness < 0.75:  # fair on fair is told by its lines, brown on brown is not
            pairs.append((colours.hair, under))
        if all(_apart(*pair) > APART for pair in pairs):
            return text
    return text


def _apart(one: Colour, other: Colour) -> float:
    """Give the distance of two colours in OKLab."""
    a, b = (c.chroma * np.exp(1j * np.radians(c.hue_deg)) for c in (one, other))
    return float(np.hypot(one.lightness - other.lightness, abs(a - b)))


def _any_palette(rng: np.random.Generator) -> str:
    if rng.random() < 0.6:
        return _one(rng, PALETTES)
    hue = int(rng.integers(0, 360))
    if 92 < hue < 132:  # between blond and leaf green lies mustard
        hue -= 40
    return f"{hue} {_one(rng, HARMONIES)} {_one(rng, CLOTHS)}"


def _face(rng: np.random.Generator, body: Body) -> Face:
    fantasy = rng.random() < 0.08
    skins = [name for name in SKINS if (name in _FANTASY) == fantasy]
    animal = [name for name in catalogue.styles("ears") if name not in ("none", "human")]
    mouth = _style(rng, "mouth", body.presentation)
    return Face(
        shape=_style(rng, "face_shape", body.presentation),
        skin=_one(rng, skins),
        nose=_style(rng, "nose", body.presentation),
        mouth=mouth,
        marks=_maybe(rng, "marks", 0.25, body.presentation, mouth=mouth),
        ears=_one(rng, animal) if animal and rng.random() < 0.33 else "human",
    )


def _eyes(rng: np.random.Generator, body: Body) -> Eyes:
    return Eyes(
        shape=_style(rng, "eye_shape", body.presentation),
        iris=_style(rng, "iris", body.presentation),
        lashes=_style(rng, "lashes", body.presentation),
        brows=_style(rng, "brows", body.presentation),
        size=round(float(rng.uniform(0.94, 1.06)), 2),
    )


def _hair(rng: np.random.Generator, body: Body, ears: str) -> Hair:
    back = _style(rng, "back_hair", body.presentation, ears=ears)
    front = _style(rng, "front_hair", body.presentation, back_hair=back)
    beside = {"back_hair": back, "front_hair": front}
    return Hair(
        front=front,
        side=_maybe(rng, "side_hair", 0.85, body.presentation, **beside),
        back=back,
        ahoge=_maybe(rng, "ahoge", 0.3, body.presentation, **beside),
        gradient=round(float(rng.uniform(0.5, 1.0)), 2) if rng.random() < 0.45 else 0.0,
        streaks=round(float(rng.uniform(0.1, 0.4)), 2) if rng.random() < 0.25 else 0.0,
    )


def _outfit(rng: np.random.Generator, body: Body) -> Outfit:
    style = _style(rng, "outfit", body.presentation)
    return Outfit(style=style, pattern=_maybe(rng, "pattern", 0.3, outfit=style))


def _with_extras(rng: np.random.Generator, design: Design) -> Design:
    taken = {"animal"} if design.face.ears not in ("human", "none", "elf") else set()
    hair = design.hair
    beside = {
        "outfit": design.outfit.style,
        "back_hair": hair.back,
        "front_hair": hair.front,
        "ears": design.face.ears,
    }
    extras = Extras()
    for kind, chance in _CHANCE.items():
        if kind == "tail" and "animal" in taken:
            chance *= 3  # of the same animal
        name = _maybe(rng, kind, chance, design.body.presentation, **beside)
        crowded = any(kind in row and taken & set(row) for row in _ONE_OF)
        if name != "none" and not crowded and len(taken) < _MOST:
            extras = replace(extras, **{kind: name})  # type: ignore[arg-type]
            taken.add(kind)
            beside[kind] = name
    if taken & {"hat", "headphones", "animal", "halo", "horns"}:
        hair = replace(hair, ahoge="none")
    return replace(design, hair=hair, extras=extras)
