"""Scenes of OBS become commands; whatever OBS does, the thread that follows it goes on."""

import dataclasses
import threading
import time
from collections.abc import Iterator

import pytest

from vtuber.control import obs, obs_follow
from vtuber.control.obs import CHANGED, ObsEvent
from vtuber.control.obs_follow import ObsWishes, SceneFollower, check_scenes
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError

FEED = "tcp://127.0.0.1:9300"
SCENES = {"S": "expression joy", "Game": "zoom to 0.5", "*": "reset"}


class Following:
    """A follower in its thread, and what came of it."""

    def __init__(self, wishes: ObsWishes | None) -> None:
        self.wishes = wishes
        self.missed = {FEED}
        self.commands: list = []
        self.said: list[str] = []
        self._changed = threading.Condition()
        self.follower = SceneFollower(
            lambda: self.wishes,
            self._took(self.commands),
            self._say,
            lambda feed: feed in self.missed,
        )
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.follower.run, args=(self._stop,))
        self._thread.start()

    def _took(self, into: list):
        def take(what) -> None:
            with self._changed:
                into.append(what)
                self._changed.notify_all()

        return take

    def _say(self, sentence: str) -> None:
        self._took(self.said)(sentence)

    def wait_until(self, is_so) -> None:
        with self._changed:
            assert self._changed.wait_for(is_so, 30), (self.commands, self.said)

    def close(self) -> None:
        self._stop.set()
        self._thread.join(30)  # it may be within obs.ANSWER_S
        assert not self._thread.is_alive()


@pytest.fixture
def following(server, monkeypatch) -> Iterator[Following]:
    monkeypatch.setattr(obs_follow, "PAUSES_S", (0.05,))
    monkeypatch.setattr(obs_follow, "LISTEN_S", 0.05)
    made = Following(ObsWishes(server.address, SCENES, frozenset({FEED})))
    yield made
    made.close()


def test_the_scene_that_is_there_and_each_one_after_it_gives_its_command(following, server) -> None:
    following.wait_until(lambda: following.commands)
    for scene in ("Game", "Game", "Pause"):
        server.tell("CurrentProgramSceneChanged", sceneName=scene)
    following.wait_until(lambda: len(following.commands) == 3)
    lines = ("expression joy", "zoom to 0.5", "reset")
    assert following.commands == [parse_command(line) for line in lines]
    assert following.said == [
        f"OBS at 127.0.0.1:{server.port} is there, and 3 of its scenes are followed"
    ]
    assert following.follower.changes == following.follower.commands == 3


def test_an_obs_that_goes_and_comes_is_told_once_and_its_scene_counts_once(
    following, server
) -> None:
    following.wait_until(lambda: following.commands)
    server.is_broken = True
    following.wait_until(lambda: "goes on" in following.said[-1])
    server.is_broken = False
    following.wait_until(lambda: "is there" in following.said[-1])
    server.tell("CurrentProgramSceneChanged", sceneName="Game")
    following.wait_until(lambda: len(following.commands) == 2)
    assert len(following.said) == 3


def test_a_wrong_password_is_told_and_a_right_one_of_later_settings_taken(
    following, server
) -> None:
    following.wait_until(lambda: following.commands)
    right = following.wishes
    wrong = dataclasses.replace(right.address, password="wrong")
    following.wishes = dataclasses.replace(right, address=wrong)
    following.wait_until(lambda: "refuses the password" in following.said[-1])
    following.wishes = right
    following.wait_until(lambda: "is there" in following.said[-1])


def test_nobody_looks_for_obs_where_nobody_wants_it(server, monkeypatch) -> None:
    monkeypatch.setattr(obs_follow, "LISTEN_S", 0.01)
    following = Following(None)
    following.close()
    assert server.model.asked == []


def test_our_media_source_is_woken_and_no_other(following, server) -> None:
    def media(address: str, **more) -> tuple[str, dict]:
        return "ffmpeg_source", {
            "is_local_file": False,
            "input": address,
            "reconnect_delay_sec": 1,
            **more,
        }

    server.model.inputs = {
        "ours": media(FEED, restart_on_activate=False),
        "theirs": media("tcp://127.0.0.1:1", restart_on_activate=False),
        "film": ("ffmpeg_source", {"input": FEED}),
        "colour": ("color_source_v3", {}),
    }
    server.model.media = "OBS_MEDIA_STATE_ENDED"  # it will try again by itself
    server.wait_for_more("GetMediaInputStatus", 4)
    assert server.model.set == []
    server.model.media = "OBS_MEDIA_STATE_PLAYING"
    server.wait_until(lambda: server.model.set)
    assert {name for name, _ in server.model.set} == {"ours"}
    server.model.cursor_step = 400
    woken = len(server.model.set)
    server.wait_for_more("GetMediaInputStatus", 8)  # left alone for a while; then it moves
    assert len(server.model.set) == woken


def test_a_source_is_not_even_looked_at_while_nobody_is_missed(following, server) -> None:
    server.model.media = "OBS_MEDIA_STATE_PLAYING"
    server.wait_for_more("GetInputList", 4)
    following.missed = set()
    looks = server.wait_for_more("GetInputList", 0)
    for scene in ("Game", "S", "Game"):  # each after a while of nothing
        count = len(following.commands)
        server.tell("CurrentProgramSceneChanged", sceneName=scene)
        following.wait_until(lambda count=count: len(following.commands) > count)
    assert server.model.asked.count("GetInputList") <= looks + 1


def test_an_obs_that_hangs_is_told_once_and_found_when_it_answers_again(
    following, server, monkeypatch
) -> None:
    server.wait_for_more("GetInputList", 2)
    server.is_mute = True
    with monkeypatch.context() as hasty:  # only as long as no answer can come
        hasty.setattr(obs, "ANSWER_S", 0.1)
        came = server.logins
        server.wait_until(lambda: server.logins > came + 3)
    server.is_mute = False
    following.wait_until(lambda: "is there" in following.said[-1])
    there, hangs, again = following.said
    assert there == again
    assert hangs == f"OBS at {server.address} does not answer; the show goes on, and looks for it"


def test_commands_of_scenes_are_checked_all_at_once() -> None:
    with pytest.raises(UserError, match=r'scene "A": no command called .jump.*scene "B"'):
        check_scenes({"A": "jump", "B": "zoom", "C": "reset"})


class Healthy:
    """An OBS whose Media Source shows 30 pictures a second, and that tells events at once."""

    def __init__(self, events: list[ObsEvent], stop: threading.Event) -> None:
        self._events, self._stop = events, stop
        self._began_s = time.monotonic()
        self.woken: list[str] = []

    def ask(self, request: str, **data: object) -> dict:
        settings = {
            "is_local_file": False,
            "input": FEED,
            "restart_on_activate": False,
            "reconnect_delay_sec": 1,
        }
        if request == "SetInputSettings":
            self.woken.append(str(data["inputName"]))
        return {
            "GetCurrentProgramScene": {"currentProgramSceneName": "S"},
            "GetInputList": {"inputs": [{"inputName": "ours", "inputKind": "ffmpeg_source"}]},
            "GetInputSettings": {"inputSettings": settings},
            "GetSourceActive": {"videoActive": True},
            "GetMediaInputStatus": {
                "mediaState": "OBS_MEDIA_STATE_PLAYING",
                "mediaCursor": 33 * int((time.monotonic() - self._began_s) * 30),
            },
        }.get(request, {})

    def next_event(self, within_s: float) -> ObsEvent | None:
        if not self._events:
            self._stop.set()
            return None
        return self._events.pop(0)


def test_events_close_together_do_not_wake_a_source_that_plays(server) -> None:
    wishes, stop = ObsWishes(server.address, SCENES, frozenset({FEED})), threading.Event()
    follower = SceneFollower(lambda: wishes, lambda command: None, print, lambda feed: True)
    healthy = Healthy([ObsEvent(CHANGED, {"sceneName": str(i % 2)}) for i in range(20)], stop)
    follower._follow(healthy, wishes, stop)  # type: ignore[arg-type]
    assert follower.changes == 21
    assert healthy.woken == []
