"""The camera of a scene: all who are in it, as one picture."""

import numpy as np
import pytest

from tests.bundles import make_bundle
from vtuber.animate.performer import Behaviour
from vtuber.avatar.bundle import load
from vtuber.core.command import CAMERA, Hide, Move, ResetView, Rotate, Zoom
from vtuber.core.errors import UserError
from vtuber.core.item import ShowItem
from vtuber.core.scene import Placement
from vtuber.render.renderer import GlRenderer
from vtuber.runtime.clock import ManualClock
from vtuber.stage import Inputs, Stage
from vtuber.warp.rig import Rig

SIZE_PX = (160, 200)
BEAT_NS = 10**9 // 30


@pytest.fixture(scope="module")
def avatar(tmp_path_factory):
    return load(make_bundle(tmp_path_factory.mktemp("avatar")))


@pytest.fixture(scope="module")
def renderer():
    renderer = GlRenderer(ManualClock())
    yield renderer
    renderer.close()


def test_a_camera_shows_all_actors_larger_about_the_middle_of_the_picture(renderer, avatar):
    stage = Stage(renderer, Rig, SIZE_PX)
    stage.cast("left", avatar, Behaviour(view=Placement(-0.15, 0.4, 0.15)))
    stage.cast("right", avatar, Behaviour(view=Placement(0.15, 0.4, 0.15)))
    before = columns(stage.draw(stage.advance(0, Inputs())))
    stage.obey(Zoom(1.5, to=True, over_s=1.0, performer=CAMERA), 0)
    half_way = stage.advance(BEAT_NS * 15, Inputs())
    assert half_way.camera.scale == pytest.approx(1.5**0.5)
    after = columns(stage.draw(stage.advance(BEAT_NS * 31, Inputs())))
    middle = SIZE_PX[0] / 2
    assert after == pytest.approx([(x - middle) * 1.5 + middle for x in before], abs=2)
    stage.obey(ResetView(over_s=0.0, performer=CAMERA), BEAT_NS * 32)
    assert columns(stage.draw(stage.advance(BEAT_NS * 33, Inputs()))) == pytest.approx(
        before, abs=1
    )


def columns(picture):
    """Give where each half's opaque pixels are, on average."""
    alpha = picture.rgba[..., 3].astype(float).sum(0)
    middle, x = len(alpha) // 2, np.arange(len(alpha)) + 0.5
    return [
        float((alpha[s] * x[s]).sum() / alpha[s].sum())
        for s in (slice(middle), slice(middle, None))
    ]


def test_a_camera_turns_and_moves_what_it_shows(renderer, avatar):
    stage = Stage(renderer, Rig, SIZE_PX)
    stage.cast("me", avatar, Behaviour(view=Placement(scale=0.2)))
    upright = stage.draw(stage.advance(0, Inputs())).rgba[..., 3].astype(float)
    stage.obey(Rotate(180, to=True, over_s=0.0, performer=CAMERA), 1)
    stage.obey(Move(0.0, -0.1, to=True, over_s=0.0, performer=CAMERA), 1)
    turned = stage.draw(stage.advance(2, Inputs())).rgba[..., 3].astype(float)
    lower = np.zeros_like(upright)
    lower[20:] = upright[::-1, ::-1][:-20]  # a tenth of 200 px
    assert np.abs(turned - lower).mean() < 2


def test_a_camera_says_what_it_takes(renderer):
    stage = Stage(renderer, Rig, SIZE_PX)
    with pytest.raises(UserError, match="a camera takes move, zoom"):
        stage.obey(Hide(performer=CAMERA), 0)
    with pytest.raises(UserError, match="a camera takes move, zoom"):
        stage.knows_item(ShowItem("mug", performer=CAMERA))
