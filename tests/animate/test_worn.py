"""What an avatar wears: parts and outfits, taken off and put on, each over its time."""

import dataclasses

import pytest

from tests.animate.show import Show
from vtuber.core.command import Toggle, WearOutfit
from vtuber.core.errors import UserError


def test_a_part_is_taken_off_and_put_on(avatar):
    show = Show(avatar)
    assert show.play(0.4).hidden_layers == frozenset()
    show.obey(Toggle("hat"))
    assert show.play(0.4).hidden_layers == {"front_hair"}
    show.obey(Toggle("hat"))
    assert show.play(0.4).hidden_layers == frozenset()


def test_outfits_change_by_name_and_in_turn_and_the_first_is_worn_at_the_start(avatar):
    roles = {"front_hair": "summer", "neck": "winter"}
    layers = [dataclasses.replace(one, outfit=roles.get(one.role, "")) for one in avatar.layers]
    show = Show(dataclasses.replace(avatar, layers=tuple(layers)))
    winter = {one.name for one in layers if one.outfit == "winter"}
    summer = {one.name for one in layers if one.outfit == "summer"}
    assert show.play(0.4).hidden_layers == summer  # the neck lies behind
    show.obey(WearOutfit())
    assert show.play(0.4).hidden_layers == winter
    show.obey(WearOutfit("winter"))
    assert show.play(0.4).hidden_layers == summer
    with pytest.raises(UserError, match="no outfit called 'spring'"):
        show.obey(WearOutfit("spring"))


def test_an_avatar_of_one_outfit_says_so(avatar):
    with pytest.raises(UserError, match="one outfit"):
        Show(avatar).obey(WearOutfit())


def test_what_an_avatar_hides_at_the_start_is_off_until_it_is_put_on(avatar):
    show = Show(dataclasses.replace(avatar, hidden=frozenset(["hat"])))
    assert show.play(0.4).hidden_layers == {"front_hair"}
    show.obey(Toggle("hat"))
    assert show.play(0.4).hidden_layers == frozenset()


def test_what_shows_unless_a_part_is_on_changes_places_with_it(avatar):
    swap = {"neck": {"unless": "hat"}}
    layers = tuple(dataclasses.replace(one, **swap.get(one.name, {})) for one in avatar.layers)
    show = Show(dataclasses.replace(avatar, layers=layers))
    assert show.play(0.4).hidden_layers == {"neck"}
    show.obey(Toggle("hat"))
    assert show.play(0.4).hidden_layers == {"front_hair"}


def test_a_part_may_be_told_to_be_on_or_off(avatar):
    show = Show(avatar)
    layers = []
    for on in (True, False, False, True):
        show.obey(Toggle("hat", on))
        layers.append(set(show.play(0.4).hidden_layers))
    assert layers == [set(), {"front_hair"}, {"front_hair"}, set()]


def test_the_last_of_two_commands_on_one_beat_counts(avatar):
    show = Show(dataclasses.replace(avatar, hidden=frozenset(["hat"])))
    show.play(0.4)
    show.obey(Toggle("hat"))
    show.obey(Toggle("hat"))
    assert show.play(0.6).hidden_layers == {"front_hair"}


def test_who_changes_their_mind_within_a_change_keeps_their_clothes_on(avatar):
    dressed, summer, _ = two_outfits(avatar)
    show = Show(dressed)
    show.play(0.4)
    show.obey(WearOutfit("summer", over_s=2.0))
    show.play(0.5)
    show.obey(WearOutfit("winter", over_s=2.0))
    actor = show.play(3.0)
    assert (actor.hidden_layers, actor.faint_layers) == ({summer}, {})


def two_outfits(avatar):
    """Give the avatar with a front hair for summer and a neck for winter, and their names."""
    roles = {"front_hair": "summer", "neck": "winter"}
    layers = [dataclasses.replace(one, outfit=roles.get(one.role, "")) for one in avatar.layers]
    return dataclasses.replace(avatar, layers=tuple(layers)), "front_hair", "neck"


def test_an_outfit_comes_in_the_first_half_of_its_time_and_the_old_one_goes_in_the_second(avatar):
    dressed, summer, winter = two_outfits(avatar)
    show = Show(dressed)
    show.play(0.1)
    show.obey(WearOutfit("summer", over_s=2.0))
    seen = []
    for _ in range(20):
        actor = show.play(0.1)
        shown = dict.fromkeys(actor.hidden_layers, 0.0) | actor.faint_layers
        seen.append((shown.get(summer, 1.0), shown.get(winter, 1.0)))
    assert seen == sorted(seen, key=lambda pair: (pair[0], -pair[1]))  # no step back
    assert all(1.0 in pair for pair in seen), "both are faint: the background shines through"
    assert seen[4] == (pytest.approx(0.5, abs=0.05), 1.0)
    assert seen[14] == (1.0, pytest.approx(0.5, abs=0.05))
    actor = show.play(0.1)
    assert (actor.hidden_layers, actor.faint_layers) == ({winter}, {})


def test_a_part_that_nothing_replaces_takes_all_of_its_time(avatar):
    show = Show(avatar)
    show.play(0.1)
    show.obey(Toggle("hat", over_s=1.0))
    assert show.play(0.5).faint_layers == {"front_hair": pytest.approx(0.5, abs=0.05)}
    assert show.play(0.6).hidden_layers == {"front_hair"}


def test_who_changes_their_mind_on_the_way_goes_back_from_there(avatar):
    show = Show(avatar)
    show.play(0.1)
    show.obey(Toggle("hat", over_s=1.0))
    half = show.play(0.5).faint_layers["front_hair"]
    show.obey(Toggle("hat", over_s=1.0))
    assert show.play(1 / 60).faint_layers["front_hair"] == pytest.approx(half, abs=0.01)
    actor = show.play(1.0)
    assert (actor.hidden_layers, actor.faint_layers) == (frozenset(), {})


def test_over_no_time_is_at_once(avatar):
    show = Show(avatar)
    show.obey(Toggle("hat", over_s=0.0))
    actor = show.play(1 / 60)
    assert (actor.hidden_layers, actor.faint_layers) == ({"front_hair"}, {})
