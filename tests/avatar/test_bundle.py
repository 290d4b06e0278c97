from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from tests.bundles import manifest_text
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import BadAvatar, load
from vtuber.avatar.roles import LANDMARKS, ROLES, role_names, split_role

AVATARS = Path(__file__).parents[2] / "avatars"


def zipped(folder: Path, inside: str = "") -> Path:
    path = folder.with_suffix(".vtuber")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, inside + file.relative_to(folder).as_posix())
    return path


def assert_same(a: Avatar, b: Avatar) -> None:
    assert (a.name, a.canvas_px, a.landmarks, a.expressions) == (
        b.name, b.canvas_px, b.landmarks, b.expressions)  # fmt: skip
    np.testing.assert_array_equal(a.vertices_px, b.vertices_px)
    for one, other in zip(a.layers, b.layers, strict=True):
        np.testing.assert_array_equal(one.rgba, other.rgba)
        assert (one.name, one.role, one.side, one.clip) == (
            other.name, other.role, other.side, other.clip)  # fmt: skip


def test_a_folder_loads_with_everything_that_its_manifest_says(bundle: Path) -> None:
    avatar = load(bundle)
    assert (avatar.name, avatar.author, avatar.licence) == ("Test", "the tests", "CC0-1.0")
    assert avatar.canvas_px == (256, 320)
    assert set(avatar.landmarks) == set(LANDMARKS)
    assert avatar.expressions["joy"]["eyeHappyLeft"] == 1.0
    iris = avatar.layers[avatar.where("iris", "left")[0]]
    assert iris.clip is not None
    assert avatar.layers[iris.clip].name == "eye_white_left"
    assert iris.depth == ROLES["iris"].depth


def test_a_zip_equals_its_folder_whether_the_folder_itself_is_in_it_or_not(bundle: Path) -> None:
    avatar = load(bundle)
    assert_same(load(zipped(bundle)), avatar)
    assert_same(load(zipped(bundle, "small/")), avatar)


def test_the_vertex_layout_joins_all_layers_and_uv_points_into_the_pictures(bundle: Path) -> None:
    avatar = load(bundle)
    assert avatar.layer_slices[-1].stop == len(avatar.vertices_px) == len(avatar.uv)
    for layer, part in zip(avatar.layers, avatar.layer_slices, strict=True):
        np.testing.assert_array_equal(avatar.vertices_px[part], layer.mesh.vertices_px)
        height, width = layer.rgba.shape[:2]
        back = avatar.uv[part] * [width, height] + layer.offset_px
        np.testing.assert_allclose(back, layer.mesh.vertices_px, atol=1e-3)
        assert layer.mesh.triangles.max() < len(layer.mesh.vertices_px)


def test_optional_fields_are_taken_and_win_over_the_defaults_of_the_role(bundle: Path) -> None:
    text = manifest_text().replace(
        'name = "nose"\n',
        'name = "nose"\nmesh = [5, 7]\ndepth = 0.9\nturn = 0.5\nblend = "multiply"\n'
        'group = "g"\noutfit = "o"\ntoggle = "t"\n',
    )
    text += '[[parameters]]\nname = "earLeft"\nlow = -1.0\nhigh = 1.0\n'
    text += "[expressions.alert]\nearLeft = -0.5\n"
    (bundle / "avatar.toml").write_text(text)
    avatar = load(bundle)
    nose = avatar.layers[avatar.where("nose")[0]]
    assert (nose.depth, nose.turn, nose.blend) == (0.9, 0.5, "multiply")
    assert (nose.group, nose.outfit, nose.toggle) == ("g", "o", "t")
    assert avatar.parameters[0].name == "earLeft"
    assert avatar.expressions["alert"] == {"earLeft": -0.5}


def test_a_bundle_of_a_face_alone_loads(bundle: Path) -> None:
    head, *layers = manifest_text().split("[expressions")[0].split("[[layers]]")
    face = next(layer for layer in layers if 'role = "face"' in layer)
    (bundle / "avatar.toml").write_text(f"{head}[[layers]]{face}")
    assert [layer.role for layer in load(bundle).layers] == ["face"]


def test_role_names_carry_their_side_and_split_back() -> None:
    assert "iris_left" in role_names()
    assert "iris" not in role_names()
    assert all(split_role(name)[0] in ROLES for name in role_names())


@pytest.mark.parametrize("path", ["nothing", "nothing.vtuber"])
def test_a_path_that_is_not_there_is_refused_in_words(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadAvatar, match="no such folder"):
        load(tmp_path / path)


@pytest.mark.parametrize("path", sorted(p.parent for p in AVATARS.glob("*/avatar.toml")))
def test_every_avatar_that_ships_loads(path: Path) -> None:
    avatar = load(path)
    assert avatar.where("face")
    assert 500 < len(avatar.vertices_px) < 8000


def test_a_bundle_may_say_where_its_hand_is(bundle: Path) -> None:
    manifest = bundle / "avatar.toml"
    text = manifest.read_text()
    manifest.write_text(text.replace("[landmarks]\n", "[landmarks]\nhand = [90.0, 250.0]\n"))
    assert load(bundle).landmarks["hand"] == (90.0, 250.0)
    manifest.write_text(text.replace("[landmarks]\n", "[landmarks]\nhands = [90.0, 250.0]\n"))
    with pytest.raises(BadAvatar, match="hands: is no landmark; did you mean hand"):
        load(bundle)
