"""The genome: what is written is read again, and every fault is told at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.design import catalogue
from vtuber.design.dice import roll
from vtuber.design.genome import Design, Outfit, changed, parse_design, write_design

# what issue 3 promises: at least so many styles of each kind ("none" is not one)
PROMISED = {
    "eye_shape": 8, "iris": 6, "brows": 6, "nose": 3, "mouth": 4, "front_hair": 10, "side_hair": 6,
    "back_hair": 10, "glasses": 4, "hat": 4, "outfit": 10, "ears": 5, "horns": 1, "halo": 1,
    "wings": 1, "tail": 1, "headphones": 1, "ribbon": 1, "ahoge": 1, "pattern": 1, "marks": 1,
    "lashes": 2, "face_shape": 3,
}  # fmt: skip


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)  # the first roll loads the styles
def test_a_design_is_read_as_it_was_written(seed: int) -> None:
    design = roll(seed)
    assert parse_design(write_design(design)) == design


def test_a_second_outfit_and_own_colours_are_kept() -> None:
    design = Design(second=Outfit(cloth="#102030"), colours={"eye_left": "0.6 0.1 250"})
    assert parse_design(write_design(design)) == design


@pytest.mark.parametrize("kind", sorted(PROMISED))
def test_there_are_as_many_styles_as_promised(kind: str) -> None:
    assert len(set(catalogue.styles(kind)) - {"none"}) >= PROMISED[kind]


def test_every_kind_is_promised_and_every_style_can_be_imported() -> None:
    assert set(catalogue.kinds()) == set(PROMISED)
    for kind in catalogue.kinds():
        for name in set(catalogue.styles(kind)) - {"none"}:
            assert catalogue.style(kind, name).__doc__, f"{kind}/{name} does not say what it is"


def test_every_fault_is_told_with_its_field() -> None:
    text = """
    palette = "mud"
    [hair]
    front = "wig"
    gradient = 2.0
    [eyes]
    size = "big"
    colour = "red"
    [colours]
    eye_left = "reddish"
    """
    with pytest.raises(UserError) as caught:
        parse_design(text)
    said = str(caught.value)
    for field in ("palette", "hair.front", "hair.gradient", "eyes.size", "eyes.colour", "colours"):
        assert f"\n  {field}: " in said
    assert "hime" in said or "swept" in said  # what there is to choose


def test_a_text_that_is_no_toml_or_of_another_format_is_refused() -> None:
    with pytest.raises(UserError, match="not TOML"):
        parse_design("= 1")
    with pytest.raises(UserError, match="format 2"):
        parse_design("format = 2")


def test_values_are_changed_by_dotted_names() -> None:
    design = changed(
        Design(),
        {"hair.gradient": "0.5", "palette": "sunset", "seed": "7", "outfit.cloth": "#203040",
         "second.style": "hoodie"},
    )  # fmt: skip
    assert design.hair.gradient == 0.5
    assert (design.palette, design.seed) == ("sunset", 7)
    assert design.outfit.cloth == "#203040"
    assert design.second == Outfit(style="hoodie")
    assert changed(design, {"second": "none"}).second is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("hair.fringe", "hime"), ("hair", "hime"), ("name.first", "Ann"), ("pen.weight", "nan"),
     ("outfit.cloth", "blue"), ("extras.stowed", '["shoe"]'), ("palette", "400 triad navy")],
)  # fmt: skip
def test_a_change_that_makes_no_sense_is_refused(key: str, value: str) -> None:
    with pytest.raises(UserError, match=key.split(".")[0]):
        changed(Design(), {key: value})


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("foo", "1", "no such field; a design has: name, author, licence, seed, palette, body"),
        ("palete", "sunset", "no such field; did you mean palette?"),
        ("size", "1.1", "no such field; did you mean eyes.size?"),
        ("hair.frnt", "hime", "did you mean hair.front? hair has: front, side, back"),
        ("second.foo", "1", "no such field; second has: style, pattern"),
        ("eyes.size", "abc", "give a number from 0.8 to 1.2, not 'abc'"),
        ("eyes.size", "3", "give a number from 0.8 to 1.2, not 3"),
        ("body.age", "inf", "give a number from 0 to 1, not inf"),
        ("seed", "1.5", "give a whole number from 0 to 4294967295, not 1.5"),
        ("pen.line", "blue", "give one of coloured, dark, sepia, pale, not 'blue'"),
        ("name", "1", "give text of 1 to 200 letters, not 1"),
        ("colours.hair", "1", "give text, not 1"),
        ("extras.stowed", "hat", 'give a list such as ["hat"], not'),
        ("extras.stowed", "[1]", "give text, not 1"),
        ("hair", "hime", "give its fields, such as hair.front=..., not 'hime'"),
        ("second", "3", "give its fields, such as second.style=..., not 3"),
        ("colours", "3", "give its fields, such as colours.hair=..., not 3"),
    ],
)
def test_a_fault_says_in_plain_words_what_the_field_takes(key: str, value: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        changed(Design(), {key: value})
    assert f"  {key}" in str(caught.value)
    assert said in str(caught.value)
