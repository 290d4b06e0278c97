"""The bundle: what export writes, and that the one that ships is what the code draws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.bundle import load
from vtuber.core.pose import Pose
from vtuber.design.__main__ import main
from vtuber.design.canvas import Frame, png, read_png
from vtuber.design.design import MIRO
from vtuber.design.export import export, straight
from vtuber.design.expressions import EXPRESSIONS

SHIPPED = Path(__file__).resolve().parents[2] / "avatars" / "default"
LIMIT_BYTES = 1_500_000


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh") / "default"
    assert main([str(folder)]) == 0
    return folder


def test_the_loader_reads_what_was_written(tmp_path: Path) -> None:
    export(MIRO, tmp_path, Frame().scaled(0.25))
    avatar = load(tmp_path)
    assert avatar.name == MIRO.name
    assert len(avatar.layers) == len(list((tmp_path / "layers").glob("*.png")))


def test_a_second_export_takes_stale_pictures_away(tmp_path: Path) -> None:
    small = Frame().scaled(0.125)
    export(MIRO, tmp_path, small)
    stale = tmp_path / "layers" / "moustache.png"
    stale.write_bytes(b"")
    export(MIRO, tmp_path, small)
    assert not stale.exists()


def test_the_bundle_that_ships_is_small_enough() -> None:
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    assert 100_000 < size < LIMIT_BYTES


def test_the_bundle_that_ships_is_what_the_code_draws(fresh: Path) -> None:
    manifest = (SHIPPED / "avatar.toml").read_text(encoding="utf-8")
    assert (fresh / "avatar.toml").read_text(encoding="utf-8") == manifest
    names = {path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.png")}
    assert names == {path.relative_to(fresh) for path in fresh.rglob("*.png")}
    for name in names:
        ours, theirs = read_png(fresh / name), read_png(SHIPPED / name)
        assert ours.shape == theirs.shape, name
        # other processors round single pixels differently
        assert np.abs(ours.astype(int) - theirs).mean() < 0.5, name


def test_art_ends_inside_its_picture_so_that_no_hard_edge_shows_when_it_is_enlarged() -> None:
    for layer in load(SHIPPED).layers:
        alpha = layer.rgba[..., 3]
        # below the canvas the body may be cut: no picture shows it
        cut = layer.offset_px[1] + len(alpha) > Frame().size_px[1] + 100
        edges = [alpha[0], alpha[:, 0], alpha[:, -1], *([] if cut else [alpha[-1]])]
        assert max(int(edge.max()) for edge in edges) == 0, layer.name


def test_the_avatar_that_ships_stays_cheap_to_move_and_draw() -> None:
    assert len(load(SHIPPED).vertices_px) < 3600


def test_a_layer_says_its_mesh_only_where_the_role_s_own_will_not_do() -> None:
    manifest = (SHIPPED / "avatar.toml").read_text(encoding="utf-8")
    meshes = {
        table.split('name = "')[1].split('"')[0]
        for table in manifest.split("[expressions")[0].split("[[layers]]")[1:]
        if "mesh =" in table
    }
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
    assert np.array_equal(read_png(path), rgba)


def test_without_a_folder_the_module_says_how_it_is_called(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_without_skia_the_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import runpy, sys; sys.modules['skia'] = None; sys.argv = ['design', sys.argv[1]]; "
        "runpy.run_module('vtuber.design', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "vtuber[design]" in done.stderr
    assert "Traceback" not in done.stderr
