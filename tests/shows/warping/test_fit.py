"""A drawing is met better than before, by a file beside the avatar; what cannot be is told."""

import dataclasses
import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.avatar.style import Style
from vtuber.cli.main import run
from vtuber.core.errors import UserError
from vtuber.core.pose import BASE, Pose
from vtuber.image.alpha import straight
from vtuber.resources import avatar_path
from vtuber.shows.avatars.easel import Easel
from vtuber.shows.warping.fit import fit
from vtuber.warp.controls import Fold
from vtuber.warp.infer import Network
from vtuber.warp.motion import Motion
from vtuber.warp.trace import measure

POSE = {"browInnerUp": 1.0, "browOuterUpLeft": 1.0, "browOuterUpRight": 1.0}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    shutil.copytree(avatar_path("default"), tmp_path / "own")
    (tmp_path / "pose.json").write_text(json.dumps(POSE | {"browInnerUp": 700}))  # clipped
    return tmp_path / "own"


def draw(avatar: Avatar, path: Path, style: Style) -> None:
    """Draw the avatar as another style moves it: somebody's drawing."""
    motion = Motion(dataclasses.replace(measure(avatar), style=style))
    with Easel(avatar) as easel:
        rgba = straight(easel.rgba(motion(Fold(BASE)(Pose.of(POSE))), avatar.canvas_px[1]))
    cv2.imwrite(str(path), cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))


def test_a_drawing_with_higher_brows_raises_the_brows_and_rest_stays(own: Path, tmp_path) -> None:
    avatar, steps = load(own), []
    draw(avatar, tmp_path / "brows.png", Style(brow=1.5))
    path, (gain,) = fit(
        str(own),
        [(tmp_path / "pose.json", tmp_path / "brows.png")],
        tmp_path / "picture.png",
        lambda done, count: steps.append((done, count)),
    )
    assert path == own / "fit.json"
    assert gain.is_learned
    assert gain.after < 0.75 * gain.before
    assert steps[-1] == (len(steps), len(steps))
    assert cv2.imread(str(tmp_path / "picture.png")).shape[1] > 1000
    taught = load(own)
    part = avatar.layer_slices[avatar.where("brow", "left")[0]]
    before, after = (
        Network(each).warp(Pose.of(POSE)).positions_px[part, 1].mean() for each in (avatar, taught)
    )
    rise = avatar.vertices_px[part, 1].mean() - before
    assert after == pytest.approx(before - 0.5 * rise, abs=0.15 * rise)
    field = Network(taught).warp(Pose.rest())
    shown = field.alpha > 0
    np.testing.assert_array_equal(field.positions_px[shown], avatar.vertices_px[shown])


@pytest.mark.parametrize(
    ("name", "pose", "size", "says"),
    [
        ("default", "{}", None, "ships with the program"),
        ("own", "[1]", None, "no object of numbers"),
        ("own", '{"jawOpne": 1}', None, "did you mean jawOpen"),
        ("own", "{", None, "is not JSON"),
        ("own", "{}", None, "there is no drawing"),
        ("own", "{}", (40, 40), "draw on the whole canvas"),
        ("own", "{}", (1152, 922), "is empty"),
    ],
)
def test_what_cannot_be_taught_is_told_before_anything_is_written(
    own: Path, tmp_path: Path, name: str, pose: str, size: tuple[int, int] | None, says: str
) -> None:
    (tmp_path / "pose.json").write_text(pose)
    if size:
        cv2.imwrite(str(tmp_path / "d.png"), np.zeros((*size, 4), np.uint8))
    avatar = name if name == "default" else str(own)
    with pytest.raises(UserError, match=says):
        fit(avatar, [(tmp_path / "pose.json", tmp_path / "d.png")], tmp_path / "p.png", print)
    assert not (own / "fit.json").exists()


def test_where_nothing_can_be_written_it_is_told_before_anything_is_learned(own, tmp_path) -> None:
    with pytest.raises(UserError, match="its folder is not there"):
        fit(str(own), [(tmp_path / "pose.json", tmp_path / "d.png")], tmp_path / "no/p.png", print)


def test_the_verb_says_how_an_example_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["warp", "fit", "own", "--example", "drawing.png"])
    assert "write POSE.json=DRAWING.png" in capsys.readouterr().err
