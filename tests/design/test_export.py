"""The bundle: what export writes, and that the one that ships is what the code draws."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.bundle import load
from vtuber.avatar.images import decode_png
from vtuber.core.pose import Pose
from vtuber.design.export import bundle, straight
from vtuber.design.expressions import EXPRESSIONS
from vtuber.design.genome import parse_design
from vtuber.design.png import png
from vtuber.resources import shipped_names

SHIPPED = Path(__file__).resolve().parents[2] / "avatars"
NAMES = shipped_names()
LIMIT_BYTES = 1_500_000


@pytest.fixture(scope="module", params=NAMES)
def shipped(request: pytest.FixtureRequest) -> Path:
    return SHIPPED / request.param


def test_six_ship_and_one_is_the_default() -> None:
    assert len(NAMES) == 6
    assert "default" in NAMES


def test_a_bundle_that_ships_is_small_enough_and_free(shipped: Path) -> None:
    size = sum(path.stat().st_size for path in shipped.rglob("*") if path.is_file())
    assert 100_000 < size < LIMIT_BYTES
    avatar = load(shipped)
    assert (avatar.author, avatar.licence) == ("vtuber project", "CC0-1.0")


def test_a_bundle_that_ships_has_two_outfits_three_items_and_twelve_expressions(
    shipped: Path,
) -> None:
    avatar = load(shipped)
    assert len(avatar.outfits) >= 2
    assert len({layer.toggle for layer in avatar.layers} - {""}) >= 3
    assert len(avatar.expressions) >= 12


def test_a_bundle_that_ships_is_what_the_code_draws(shipped: Path) -> None:
    design = parse_design((shipped / "design.toml").read_text("utf-8"))
    drawn = bundle(design, load(shipped).canvas_px[1])
    manifest = tomllib.loads((shipped / "avatar.toml").read_text("utf-8"))
    assert manifest == json.loads(json.dumps(drawn.manifest))
    assert {f"layers/{path.name}" for path in shipped.glob("layers/*")} == set(drawn.pictures)
    for name, data in drawn.pictures.items():
        ours, theirs = decode_png(data), decode_png((shipped / name).read_bytes())
        assert ours.shape == theirs.shape, name
        # other processors round single pixels differently
        assert np.abs(ours.astype(int) - theirs).mean() < 0.5, name


def test_art_ends_inside_its_picture_so_that_no_hard_edge_shows_when_it_is_enlarged(
    shipped: Path,
) -> None:
    avatar = load(shipped)
    for layer in avatar.layers:
        alpha = layer.rgba[..., 3]
        # below the canvas the body may be cut: no picture shows it
        cut = layer.offset_px[1] + len(alpha) > avatar.canvas_px[1] + 100
        edges = [alpha[0], alpha[:, 0], alpha[:, -1], *([] if cut else [alpha[-1]])]
        assert max(int(edge.max()) for edge in edges) == 0, layer.name


def test_an_avatar_that_ships_stays_cheap_to_move_and_draw(shipped: Path) -> None:
    avatar = load(shipped)
    worn = [layer for layer in avatar.layers if layer.name not in avatar.not_worn()]
    assert sum(len(layer.mesh.vertices_px) for layer in worn) < 4200  # 0.25 ms of warp


def test_a_layer_says_its_mesh_only_where_the_role_s_own_will_not_do() -> None:
    manifest = tomllib.loads((SHIPPED / "default" / "avatar.toml").read_text("utf-8"))
    meshes = {layer["name"] for layer in manifest["layers"] if "mesh" in layer}
    assert not meshes & {"lip_upper", "lip_lower", "mouth_cavity", "teeth", "lash_upper_left"}


def test_every_expression_names_known_parameters_within_their_range() -> None:
    for name, values in EXPRESSIONS.items():
        pose = Pose.of(values)
        assert all(abs(pose[key] - value) < 1e-6 for key, value in values.items()), name
    assert {"neutral", "joy", "laugh", "anger", "sadness", "surprise", "shy", "sleepy", "love"} <= (
        set(EXPRESSIONS)
    )


def test_colour_bleeds_under_the_edge_so_that_no_dark_fringe_can_show() -> None:
    premultiplied = np.zeros((9, 9, 4), np.uint8)
    premultiplied[3:6, 3:6] = (200, 100, 50, 255)
    premultiplied[3:6, 6] = (100, 50, 25, 128)
    rgba = straight(premultiplied)
    assert rgba[4, 2].tolist() == [200, 100, 50, 0]
    assert np.abs(rgba[4, 7, :3].astype(int) - (200, 100, 50)).max() <= 1
    assert rgba[4, 7, 3] == 0


def test_a_picture_comes_back_as_it_was_written(tmp_path: Path) -> None:
    rgba = np.random.default_rng(1).integers(0, 256, (13, 17, 4), dtype=np.uint8)
    rgba[..., 3] = 255
    path = tmp_path / "noise.png"
    path.write_bytes(png(rgba))
    assert np.array_equal(decode_png(path.read_bytes()), rgba)


def test_what_swings_says_so_in_the_bundle() -> None:
    design = parse_design((SHIPPED / "juno" / "design.toml").read_text("utf-8"))
    extras = dataclasses.replace(design.extras, wings="bat", tail="cat")
    manifest = bundle(dataclasses.replace(design, extras=extras), 256).manifest
    groups = {layer["name"]: layer.get("group") for layer in manifest["layers"]}
    assert (groups["wings"], groups["grown_tail"]) == ("wings", "tail")
    assert groups["face"] is None
    assert manifest["physics"]["back_hair"]["swing"] < 0.5, "an afro is no long hair"
