"""A program's engine: poses, commands and time in, the same pictures every time out."""

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vtuber.animate.performer import Behaviour
from vtuber.core.errors import UserError
from vtuber.core.pose import Parameter
from vtuber.core.scene import Placement
from vtuber.runtime.clock import SystemClock
from vtuber.shows.engine import load_avatar
from vtuber.shows.plays.scripted import Engine
from vtuber.shows.still import still

SIZE_PX = (160, 200)


@pytest.fixture
def engine(bundle: Path) -> Iterator[Engine]:
    with Engine(str(bundle), SIZE_PX) as engine:
        yield engine


def played(engine: Engine, skip: int = 0) -> np.ndarray:
    engine.do("expression joy over 0.4")
    for beat in range(12):
        engine.pose({"headYaw": 2.0 * beat})
        engine.wait(1 / 30)
        if beat >= skip:
            picture = engine.rgba()
    return picture


def test_the_same_calls_give_the_same_pictures(bundle: Path) -> None:
    pictures = []
    for _ in range(2):
        with Engine(str(bundle), SIZE_PX) as engine:
            pictures.append(played(engine))
    assert pictures[0].shape == (200, 160, 4)
    assert np.array_equal(*pictures)


def test_time_stands_until_the_program_lets_it_pass(engine: Engine) -> None:
    engine.do("move to 0.3 0 over 1")
    first = engine.rgba()
    assert np.array_equal(engine.rgba(), first)
    engine.wait(1.0)
    assert not np.array_equal(engine.rgba(), first)


def test_a_background_is_cross_faded_to(engine: Engine) -> None:
    engine.do("background #c80000 over 0")
    assert engine.rgba()[0, 0].tolist() == [200, 0, 0, 255]
    engine.do("background #0000c8 over 1")
    engine.wait(0.5)
    assert engine.rgba()[0, 0].tolist() == [100, 0, 100, 255]
    engine.do("background transparent over 1")
    assert engine.rgba()[0, 0].tolist() == [100, 0, 100, 255], "a change on the way is no jump"
    engine.wait(1.0)
    assert engine.rgba()[0, 0, 3] == 0


def test_a_pose_stays_until_another_one_is_taken(engine: Engine) -> None:
    rest = engine.rgba()
    engine.pose({"headYaw": 25.0})
    turned = engine.rgba()
    assert not np.array_equal(turned, rest)
    assert np.array_equal(engine.rgba(), turned)
    engine.pose({})
    assert np.array_equal(engine.rgba(), rest)


def test_its_alpha_is_straight(engine: Engine) -> None:
    engine.do("hide over 2")
    engine.draw()
    engine.wait(1.0)
    picture, rgba = engine.draw(), engine.rgba()
    half = (rgba[..., 3] > 100) & (rgba[..., 3] < 150)
    assert half.any()
    assert rgba[half][:, :3].max() > 200 > picture.rgba[half][:, :3].max()


def test_two_performers_obey_by_name(engine: Engine, bundle: Path) -> None:
    engine.do("hide on over 0")
    engine.cast(str(bundle), "you", Behaviour(view=Placement(x=0.2, scale=0.5)))
    assert engine.rgba().any()
    engine.pose({"jawOpen": 1.0}, "you")
    assert engine.do("@you hide over 0").endswith("is hidden")
    assert not engine.rgba().any()


def test_an_avatar_that_changes_keeps_the_pose_that_it_can_take(bundle: Path) -> None:
    tailed = dataclasses.replace(load_avatar(str(bundle)), parameters=(Parameter("tailUp"),))
    with Engine(tailed, SIZE_PX) as engine:
        engine.pose({"tailUp": 1.0, "headYaw": 25.0})
        before = engine.rgba()
        assert engine.do(f"avatar '{bundle}'") == ""
        assert np.array_equal(engine.rgba(), before)  # the tail moves nothing, the head is turned
        with pytest.raises(UserError, match="no pose parameter called tailUp"):
            engine.pose({"tailUp": 1.0})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("dance", "no command called"),
        ("@alice hide", "nobody is called 'alice'"),
        ("avatar no-such-avatar", "no-such-avatar"),
        ("quit", "close"),
    ],
)
def test_what_it_cannot_do_is_refused_in_words(engine: Engine, wrong: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        engine.do(wrong)
    with pytest.raises(UserError, match="nobody is called 'alice'"):
        engine.pose({}, "alice")
    engine.draw()


def test_with_the_systems_clock_it_plays_live(bundle: Path) -> None:
    clock = SystemClock()
    with Engine(str(bundle), SIZE_PX, clock) as engine:
        before_ns = clock.now_ns()
        engine.wait(0.05)
        assert engine.draw().captured_ns - before_ns >= 50_000_000


def test_a_program_lights_outlines_and_shades_with_the_words_of_a_show(engine: Engine) -> None:
    plain = engine.rgba()
    solid = plain[..., 3] == 255
    for command, is_seen in (
        ("tint #ff0000 over 0", lambda rgba: not rgba[solid][:, 1:3].any()),
        ("brightness 0 over 0", lambda rgba: not rgba[solid][:, :3].any()),
        ("outline lime 0.05 over 0", lambda rgba: (rgba == (0, 255, 0, 255)).all(-1).any()),
        ("shadow on over 0", lambda rgba: (rgba[..., 3] > 0).sum() > (plain[..., 3] > 0).sum()),
    ):
        engine.do(command)
        assert is_seen(engine.rgba()), command
        engine.do("plain over 0")
        assert np.array_equal(engine.rgba(), plain), command
    engine.do("@performer tint black over 2")
    engine.wait(1.0)
    assert 0 < engine.rgba()[solid][:, :3].mean() < plain[solid][:, :3].mean()


def test_a_programs_avatar_cross_fades_over_its_time(engine: Engine, bundle: Path) -> None:
    avatar = load_avatar(str(bundle))
    blank = [dataclasses.replace(one, rgba=np.zeros_like(one.rgba)) for one in avatar.layers]
    before = engine.rgba()
    engine.cast(dataclasses.replace(avatar, layers=tuple(blank)), over_s=1.0)
    assert np.array_equal(engine.rgba(), before)
    engine.wait(0.75)
    faint = engine.rgba()[..., 3].max()
    assert 120 <= faint <= 136
    engine.wait(0.25)
    assert not engine.rgba().any()
    engine.do(f"avatar '{bundle}' over 0")
    assert engine.rgba()[..., 3].max() == 255


def _leaning(t_s: float) -> dict[str, float]:
    """Give a wild dance: everything that may lift a body, each at a pace of its own."""
    reach = {"headPitch": 20, "headRoll": 25, "headX": 10, "headY": 8, "bodyRoll": 15,
             "bodyPitch": 15, "bodyYaw": 15}  # fmt: skip
    dance = {name: far * math.sin(t_s * (3 + i)) for i, (name, far) in enumerate(reach.items())}
    return {**dance, "breath": 0.5 + 0.5 * math.sin(5 * t_s)}


@pytest.mark.parametrize("avatar", ["default", "hanae", "juno", "osric", "pip", "rowan"])
@pytest.mark.parametrize("zoom", [0.5, 0.8, 1.0])
def test_no_dance_lifts_the_cut_of_the_body_into_the_picture(avatar: str, zoom: float) -> None:
    with Engine(avatar, (320, 180)) as engine:
        engine.do(f"zoom to {zoom} over 0")
        engine.wait(0.1)
        at_rest = int((engine.rgba()[-1, :, 3] == 255).sum())
        assert at_rest > 60 * zoom
        for beat in range(40):
            engine.pose(_leaning(beat / 10))
            engine.wait(0.1)
            rgba = engine.rgba()
            assert int((rgba[-1, :, 3] == 255).sum()) > 0.7 * at_rest, beat


@pytest.mark.parametrize("size_px", [(0, 100), (100, 4097)])
def test_an_impossible_size_is_refused(size_px: tuple[int, int]) -> None:
    with pytest.raises(UserError, match="1 to 4096 px"):
        still("default", {}, size_px)
    with pytest.raises(UserError, match="1 to 4096"):
        Engine("default", size_px)


@pytest.mark.parametrize("name", ["", "all"])
def test_nobody_is_called_what_commands_use_for_others(
    engine: Engine, bundle: Path, name: str
) -> None:
    with pytest.raises(UserError, match="no performer can be called"):
        engine.cast(str(bundle), name)


def test_an_engine_has_no_voice_and_says_so(engine):
    for command in ("say Hello", "skip", "hush"):
        with pytest.raises(UserError, match="an engine has no voice"):
            engine.do(command)
