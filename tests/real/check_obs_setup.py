"""`vtuber obs` and `[obs]` of a show with a real OBS: run by `test_obs.py`, alone.

A show sends 640x360 here, so that llvmpipe can follow.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real.studio import CANVAS, Studio, free_port, program, until
from vtuber.cli.main import run
from vtuber.control.obs import CHANGED, Obs, ObsEvent

NAME, SCENE = "vtuber avatar", "vtuber"
SETTINGS = """
size = "640x360"
outputs = ["alpha:port={port}"]
[obs.scenes]
"vtuber" = "expression joy"
"S" = "zoom 1.1"
"""
Said = Callable[..., str]


@pytest.fixture(scope="module")
def settings(studio: Studio) -> Path:
    path = studio.home / "settings.toml"
    path.write_text(SETTINGS.format(port=free_port()))
    return path


@pytest.fixture
def said(studio: Studio, monkeypatch: pytest.MonkeyPatch, capfd) -> Said:
    """Run `vtuber obs` as one who sits at this OBS: its own file has port and password."""
    for name, value in at_home(studio).items():
        monkeypatch.setenv(name, value)

    def say(*words: str) -> str:
        capfd.readouterr()
        code = run(["obs", *words])
        told = "".join(capfd.readouterr())
        assert code == 0, told
        assert studio.address.password not in told
        return told

    return say


def at_home(studio: Studio) -> dict[str, str]:
    return {"HOME": str(studio.home), "XDG_CONFIG_HOME": str(studio.home / ".config")}


@contextlib.contextmanager
def show(studio: Studio, settings: Path) -> Iterator[Path]:
    """Run a show; give the file that its words and its summary go to."""
    line = [sys.executable, "-m", "vtuber", "run", "--fps", "30", "--settings", str(settings)]
    around = {**os.environ, **at_home(studio)}
    log = studio.home / "show.log"
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(log.open("w"))
        stack.callback(lambda: print(log.read_text()))
        stack.enter_context(
            program(*line, env=around, stdout=file, stderr=file, stdin=subprocess.DEVNULL)
        )
        yield log


def come_ms(obs: Obs) -> int:
    """Say how far the Media Source has come."""
    return int(obs.ask("GetMediaInputStatus", inputName=NAME)["mediaCursor"] or 0)


def choose(obs: Obs, scene: str) -> None:
    """Change to another scene, and wait until OBS tells everybody: its transition takes a while."""
    obs.ask("SetCurrentProgramScene", sceneName=scene)
    told = ObsEvent(CHANGED, {"sceneName": scene})
    until(lambda: obs.next_event(0.5) == told, f"OBS does not change to {scene}")


def test_setup_makes_a_scene_and_a_second_run_changes_nothing(obs, said, settings) -> None:
    at = ("--settings", str(settings))
    planned = said("setup", "--dry-run", *at)
    assert "would change" in planned
    assert [s["sceneName"] for s in obs.ask("GetSceneList")["scenes"]] == ["S"]
    done = said("setup", *at)
    assert "this OBS has no Browser Source" in done  # Debian's
    assert f"start the show: vtuber run --settings {settings}\n" in done
    (item,) = obs.ask("GetSceneItemList", sceneName=SCENE)["sceneItems"]
    assert (item["sourceName"], item["inputKind"]) == (NAME, "ffmpeg_source")
    transform = item["sceneItemTransform"]
    assert (transform["boundsWidth"], transform["boundsHeight"]) == CANVAS
    moved = {"positionX": 77.0, "rotation": 5.0}
    obs.ask("SetSceneItemTransform", sceneName=SCENE, sceneItemId=item["sceneItemId"],
            sceneItemTransform=moved)  # fmt: skip
    assert "nothing to change" in said("setup", *at)
    assert "nothing to change" in said("setup", "--dry-run", *at)
    (after,) = obs.ask("GetSceneItemList", sceneName=SCENE)["sceneItems"]
    assert after["sceneItemTransform"].items() >= moved.items()


def test_a_virtual_camera_is_taken_by_the_name_of_its_device(obs, said, settings) -> None:
    text = settings.read_text().replace(
        "outputs = [", 'outputs = ["virtualcam:device=/dev/video9",'
    )
    more = settings.with_name("more.toml")
    more.write_text(text)
    at = ("--scene", "cam", "--settings", str(more))
    assert "/dev/video9, hidden" in said("setup", *at)
    settings_of = obs.ask("GetInputSettings", inputName="vtuber webcam")
    assert settings_of["inputKind"] == "v4l2_input"
    assert settings_of["inputSettings"]["device_id"] == "/dev/video9"
    (key,) = obs.ask("GetSourceFilterList", sourceName="vtuber webcam")["filters"]
    assert (key["filterKind"], key["filterSettings"]["key_color"]) == (
        "chroma_key_filter_v2",
        0x00FF00,
    )
    assert "nothing to change" in said("setup", *at)
    obs.ask("RemoveScene", sceneName="cam")


def test_what_is_set_otherwise_is_named_and_put_right(obs, said, settings) -> None:
    at = ("--settings", str(settings))
    wrong = {"linear_alpha": False, "buffering_mb": 9}
    obs.ask("SetInputSettings", inputName=NAME, inputSettings=wrong, overlay=True)
    assert "linear_alpha, buffering_mb" in said("status", *at)
    assert "linear_alpha = true (was false)" in said("setup", *at)
    assert "otherwise" not in said("status", *at)


def test_a_show_is_received_followed_told_of_and_outlives_obs(obs, studio, said, settings) -> None:
    """The last check: it ends OBS."""
    choose(obs, SCENE)
    with show(studio, settings) as log:
        took_s = until(lambda: come_ms(obs) > 0, "nothing is received")
        print(f"received {took_s:.1f} s after the command to run")
        until(lambda: "2 of its scenes are followed" in log.read_text(), "not followed")
        choose(obs, "S")
        before_ms = come_ms(obs)
        choose(obs, SCENE)
        until(lambda: come_ms(obs) != before_ms, "no more pictures")
        assert come_ms(obs) > before_ms, "a source that is shown again connects anew"
        status = json.loads(said("status", "--json", "--settings", str(settings)))
        (avatar,) = status["sources"]
        assert (avatar["state"], avatar["is_live"], avatar["wrong"]) == ("receives", True, [])
        assert avatar["size_px"] == [640, 360]
        assert status["program_scene"] == SCENE
        studio.process.terminate()
        until(lambda: "; the show goes on" in log.read_text(), "its end is not told")
    summary = log.read_text()
    assert "OBS: 3 scenes, 3 commands" in summary, summary
