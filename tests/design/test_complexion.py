"""A face can be read on every skin and under every hair: inks keep their distance in lightness."""

from __future__ import annotations

import pytest

from vtuber.design.craft import brow, complexion
from vtuber.design.genome import Design, changed
from vtuber.design.look import Look, see
from vtuber.design.palette import PALETTES, SKINS

READABLE = 0.20  # OKLCH lightness: less is lost where a head has 300 px


def look(skin: str, palette: str) -> Look:
    return see(changed(Design(), {"face.skin": skin, "palette": palette}))


@pytest.mark.parametrize("skin", SKINS)
def test_brows_and_mouth_keep_their_distance_from_every_skin(skin: str) -> None:
    for palette in PALETTES:
        seen = look(skin, palette)
        own = seen.skin.lightness
        assert abs(complexion.brow_ink(seen).lightness - own) >= READABLE, palette
        assert own - complexion.mouth_ink(seen).lightness >= READABLE + 0.05, palette


@pytest.mark.parametrize("palette", PALETTES)
def test_brows_are_told_from_the_fringe_or_get_a_light_edge(palette: str) -> None:
    for skin in SKINS:
        seen = look(skin, palette)
        apart = seen.hair.lightness - brow.ink_on_hair(seen).lightness
        assert apart >= READABLE or brow.edge_strength(seen) >= 0.5, skin


def test_only_dark_skin_needs_its_light_side_and_its_light_is_warm() -> None:
    fair, ebony = look("fair", "ink"), look("ebony", "ink")
    assert complexion.darkness(fair) == 0.0
    assert complexion.darkness(ebony) == 1.0
    glow = complexion.glow(ebony)
    assert glow.lightness - ebony.skin.lightness >= 0.15
    assert glow.chroma >= ebony.skin.chroma  # half way to white would be chalk
    assert complexion.lip(ebony).lightness - complexion.mouth_ink(ebony).lightness >= 0.3


def test_pale_hair_gives_dark_skin_pale_brows() -> None:
    snow = look("ebony", "snow")
    assert complexion.brow_ink(snow).lightness > snow.skin.lightness + complexion.APART - 0.01
