"""What OBS shows of us, and the advice that goes with it."""

import dataclasses

import pytest

from vtuber.control.obs_scene import BROWSER, MEDIA, ObsSource, plan
from vtuber.control.obs_status import ObsStatus, advice, look

AVATAR = ObsSource("avatar", MEDIA, {"input": "tcp://127.0.0.1:9300", "linear_alpha": True})
PAGE = ObsSource("page", BROWSER, {"url": "http://127.0.0.1:9301/"}, is_shown=False)


def looked(model, sources=(AVATAR, PAGE)) -> ObsStatus:
    return look(model, "vtuber", sources, lambda seconds: None)


@pytest.fixture
def on_air(model):
    """Give an OBS that shows our scene, and receives."""
    for change in plan(model, "vtuber", (AVATAR, PAGE), False, print).changes:
        change.do()
    model.program, model.media, model.cursor_step = "vtuber", "OBS_MEDIA_STATE_PLAYING", 400
    model.cursor = 4000
    return model


def test_a_scene_on_air_needs_no_advice(on_air) -> None:
    status = looked(on_air)
    avatar, page = status.sources
    assert (avatar.state, avatar.is_shown, avatar.is_live) == ("receives", True, True)
    assert avatar.size_px == (1280, 720)
    assert (page.is_shown, page.state) == (False, "")
    assert (status.is_streaming, status.is_recording) == (False, True)
    assert advice(status, True, 30.0, "vtuber run") == []


def advised(status: ObsStatus, is_sending: bool = True, fps: float = 30.0) -> str:
    (sentence,) = advice(status, is_sending, fps, "vtuber run")
    return sentence


def test_nothing_of_ours_is_told_with_how_to_get_it(model) -> None:
    status = looked(model)
    assert not status.has_scene
    assert not any(source.is_there for source in status.sources)
    assert "vtuber obs setup" in advised(status)


def test_a_wrong_setting_is_named(on_air) -> None:
    on_air.inputs["avatar"][1]["linear_alpha"] = False
    status = looked(on_air)
    assert status.sources[0].wrong == ("linear_alpha",)
    assert "vtuber obs setup" in advised(status)


def test_a_source_that_waits_stalls_or_has_no_show_is_told_from_one_that_receives(on_air) -> None:
    on_air.cursor_step = 0
    assert looked(on_air).sources[0].state == "stalls"
    assert "wakes it" in advised(looked(on_air))
    on_air.cursor = 0  # OBS 29, when it has given up
    assert looked(on_air).sources[0].state == "waits"
    on_air.media = "OBS_MEDIA_STATE_ENDED"
    assert looked(on_air).sources[0].state == "waits"
    assert "wakes it" in advised(looked(on_air))
    assert "`vtuber run`" in advised(looked(on_air), is_sending=False)


def test_a_scene_that_is_not_shown_and_sources_that_are_hidden_are_told_apart(on_air) -> None:
    on_air.program = "S"
    assert 'choose the scene "vtuber"' in advised(looked(on_air))
    on_air.scenes["vtuber"][0]["sceneItemEnabled"] = False
    assert "open an eye" in advised(looked(on_air))
    for item in on_air.scenes["vtuber"]:
        item["sceneItemEnabled"] = True
    on_air.program = "vtuber"
    assert "drawn twice" in advised(looked(on_air))


def test_an_obs_that_is_slower_than_the_show_is_told(on_air) -> None:
    assert "the show sends 60" in advised(looked(on_air), fps=60.0)
    on_air.stats["renderSkippedFrames"] = 90
    assert "late with 10%" in advised(looked(on_air))


def test_what_this_obs_does_not_have_is_not_asked_for(on_air) -> None:
    on_air.kinds.remove(BROWSER)
    assert [source.name for source in looked(on_air).sources] == ["avatar"]
    assert dataclasses.asdict(looked(on_air))["sources"][0]["state"] == "receives"
