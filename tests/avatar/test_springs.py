"""What a bundle says about springs is read, bounded, and laid over what its groups do anyway."""

import dataclasses

import pytest

from tests.bundles import make_bundle, manifest_text
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.avatar.manifest import Manifest
from vtuber.avatar.springs import BOUNDS, ROLE_GROUPS, SPRINGS, spring_of


@pytest.fixture(scope="module")
def avatar(tmp_path_factory: pytest.TempPathFactory) -> Avatar:
    return load(make_bundle(tmp_path_factory.mktemp("avatar")))


def read(more):
    return Manifest(manifest_text() + more)


def test_a_bundle_changes_what_it_names_and_no_more() -> None:
    said = read("[physics.back_hair]\nfrequency_hz = 1.5\nswing = 1\n")
    assert said.faults == []
    expected = dataclasses.replace(SPRINGS["back_hair"], frequency_hz=1.5, swing=1.0)
    assert said.physics == {"back_hair": expected}


@pytest.mark.parametrize("name", BOUNDS)
def test_every_value_is_bounded(name) -> None:
    low, high = BOUNDS[name]
    for value in (low, high):
        assert read(f"[physics.ahoge]\n{name} = {value}\n").faults == []
    for value in (low - 0.01, high + 0.01, '"soft"', "nan"):
        (fault,) = read(f"[physics.ahoge]\n{name} = {value}\n").faults
        assert f"physics.ahoge.{name}" in fault


def test_every_spring_of_ours_is_within_the_bounds() -> None:
    for group, spring in SPRINGS.items():
        for name, (low, high) in BOUNDS.items():
            value = getattr(spring, name)
            assert low <= value <= high or (name, value) == ("length", 0.0), (group, name)
    assert set(ROLE_GROUPS.values()) <= set(SPRINGS)


def test_a_group_that_no_layer_has_is_a_fault() -> None:
    (fault,) = read("[physics.bak_hair]\nswing = 1\n").faults
    assert "did you mean back_hair?" in fault
    assert read("[[physics]]\nswing = 1\n").faults
    assert read("[physics]\nback_hair = 3\n").faults


def test_an_unknown_group_hangs_like_an_accessory() -> None:
    assert spring_of("earrings") == SPRINGS["accessory"]


def test_length_of_a_bundle_wins_over_the_pictures(avatar: Avatar) -> None:
    physics = {"back_hair": dataclasses.replace(SPRINGS["back_hair"], length=4.0)}
    said = dataclasses.replace(avatar, physics=physics)
    (longest,) = {s.length for s in said.strands.strands if s.spring.length}
    assert longest == 4.0
    assert max(s.length for s in avatar.strands.strands) < 3.0


def test_wings_in_one_layer_are_two_strands_and_stay_with_the_body(avatar: Avatar) -> None:
    body = avatar.layers[avatar.where("body")[0]]
    wings = dataclasses.replace(body, name="wings", role="back_accessory", group="wings", turn=0.0)
    winged = dataclasses.replace(avatar, layers=(wings, *avatar.layers))
    left, right = (s for s in winged.strands.strands if s.spring is SPRINGS["wings"])
    assert left.along[0] > 0.5 > -0.5 > right.along[0]
    assert left.head == right.head == 0.0


def test_what_lies_on_the_skull_has_no_strands(avatar: Avatar) -> None:
    bun = avatar.layers[avatar.where("front_hair")[0]]
    mesh = dataclasses.replace(bun.mesh, vertices_px=bun.mesh.vertices_px - (0.0, 60.0))
    bun = dataclasses.replace(bun, name="bun", group="bun", mesh=mesh)
    assert not dataclasses.replace(avatar, layers=(bun,)).strands.strands


def test_what_hangs_on_the_body_does_not_follow_the_head_nor_another_outfit(avatar: Avatar) -> None:
    lock = avatar.layers[avatar.where("back_hair")[0]]
    worn = tuple(
        dataclasses.replace(lock, name=name, role=role, turn=turn, group="ribbon", outfit=outfit)
        for name, role, turn, outfit in (
            ("hair_bow", "accessory", 1.0, ""),
            ("neck_bow", "body", 0.0, "one"),
            ("neck_bow_two", "body", 0.0, "two"),
        )
    )
    found = dataclasses.replace(avatar, layers=worn).strands
    assert [found.strands[piece.first].head for piece in found.pieces] == [1.0, 0.0, 0.0]
    columns = [range(piece.first, piece.first + piece.count) for piece in found.pieces]
    assert len({i for each in columns for i in each}) == sum(map(len, columns))


def test_a_ribbon_swings_where_hair_lies_on_the_skull(avatar: Avatar) -> None:
    bow = avatar.layers[avatar.where("front_hair")[0]]
    mesh = dataclasses.replace(bow.mesh, vertices_px=bow.mesh.vertices_px - (0.0, 60.0))
    bow = dataclasses.replace(bow, role="accessory", turn=1.0, group="ribbon", mesh=mesh)
    assert dataclasses.replace(avatar, layers=(bow,)).strands.strands
