"""What an avatar wears: items and outfits, taken off and put on."""

import dataclasses

import pytest

from tests.animate.show import Show
from vtuber.core.command import Toggle, WearOutfit
from vtuber.core.errors import UserError


def test_an_item_is_taken_off_and_put_on(avatar):
    show = Show(avatar)
    assert show.play(0.1).hidden_layers == frozenset()
    show.obey(Toggle("hat"))
    assert show.play(0.1).hidden_layers == {"front_hair"}
    show.obey(Toggle("hat"))
    assert show.play(0.1).hidden_layers == frozenset()


def test_outfits_change_by_name_and_in_turn_and_the_first_is_worn_at_the_start(avatar):
    roles = {"front_hair": "summer", "neck": "winter"}
    layers = [dataclasses.replace(one, outfit=roles.get(one.role, "")) for one in avatar.layers]
    show = Show(dataclasses.replace(avatar, layers=tuple(layers)))
    winter = {one.name for one in layers if one.outfit == "winter"}
    summer = {one.name for one in layers if one.outfit == "summer"}
    assert show.play(0.1).hidden_layers == summer  # the neck lies behind
    show.obey(WearOutfit())
    assert show.play(0.1).hidden_layers == winter
    show.obey(WearOutfit("winter"))
    assert show.play(0.1).hidden_layers == summer
    with pytest.raises(UserError, match="no outfit called 'spring'"):
        show.obey(WearOutfit("spring"))


def test_an_avatar_of_one_outfit_says_so(avatar):
    with pytest.raises(UserError, match="one outfit"):
        Show(avatar).obey(WearOutfit())


def test_what_an_avatar_hides_at_the_start_is_off_until_it_is_put_on(avatar):
    show = Show(dataclasses.replace(avatar, hidden=frozenset(["hat"])))
    assert show.play(0.1).hidden_layers == {"front_hair"}
    show.obey(Toggle("hat"))
    assert show.play(0.1).hidden_layers == frozenset()


def test_what_shows_unless_an_item_is_on_changes_places_with_it(avatar):
    swap = {"neck": {"unless": "hat"}}
    layers = tuple(dataclasses.replace(one, **swap.get(one.name, {})) for one in avatar.layers)
    show = Show(dataclasses.replace(avatar, layers=layers))
    assert show.play(0.1).hidden_layers == {"neck"}
    show.obey(Toggle("hat"))
    assert show.play(0.1).hidden_layers == {"front_hair"}


def test_an_item_may_be_told_to_be_on_or_off(avatar):
    show = Show(avatar)
    layers = []
    for on in (True, False, False, True):
        show.obey(Toggle("hat", on))
        layers.append(set(show.play(0.1).hidden_layers))
    assert layers == [set(), {"front_hair"}, {"front_hair"}, set()]
