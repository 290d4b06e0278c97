"""Dice: the same seed rolls the same design, and what does not go together is never rolled."""

from __future__ import annotations

import cmath
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.design.colour import Colour
from vtuber.design.dice import roll
from vtuber.design.palette import SKINS, parse_palette

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS)
@settings(deadline=None)  # the first roll loads the styles
def test_the_same_seed_rolls_the_same(seed: int) -> None:
    assert roll(seed) == roll(seed)


@given(SEEDS)
@settings(deadline=None)  # as above
def test_nothing_is_worn_where_something_else_sits(seed: int) -> None:
    design = roll(seed)
    animal = design.face.ears not in ("human", "none", "elf")
    on_top = [design.extras.hat, design.extras.horns, design.extras.halo, design.extras.headphones]
    worn = sum(style != "none" for style in on_top) + animal
    assert worn <= 1
    if worn and design.extras.horns == "none":
        assert design.hair.ahoge == "none"


def test_many_rolls_use_every_palette_rule_and_both_proportions() -> None:
    designs = [roll(seed) for seed in range(300)]
    assert {design.body.proportions for design in designs} == {"standard", "chibi"}
    assert len({design.palette for design in designs}) > 100


def test_coily_hair_is_coily_all_round() -> None:
    rolled = [roll(seed).hair for seed in range(400)]
    coily = [hair for hair in rolled if hair.front == "coily"]
    assert len(coily) > 10
    assert {hair.side for hair in coily} <= {"none", "coily", "corkscrews"}
    assert {hair.back for hair in coily} <= {"afro", "corkscrews", "cropped", "curls", "puffs"}
    afros = [hair for hair in rolled if hair.back in ("afro", "cropped", "puffs")]
    assert afros
    assert {hair.front for hair in afros} == {"coily", "cornrows"}


def test_hair_cloth_and_skin_part_from_each_other() -> None:
    for seed in range(150):
        design = roll(seed)
        colours, skin = parse_palette(design.palette), SKINS[design.face.skin]
        assert apart(colours.hair, colours.cloth) > 0.11, seed
        if skin.lightness < 0.75:
            assert apart(colours.hair, skin) > 0.11, seed


def apart(one: Colour, other: Colour) -> float:
    a, b = (c.chroma * cmath.exp(1j * math.radians(c.hue_deg)) for c in (one, other))
    return math.hypot(one.lightness - other.lightness, abs(a - b))
