"""Commands and changed settings reach the stage; what is wrong is said and changes nothing."""

import dataclasses
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import get_ident

import pytest

from tests.shows.waiting import until
from vtuber.animate.performer import Behaviour
from vtuber.animate.smooth import GROUPS, SmoothSettings
from vtuber.avatar.avatar import Avatar
from vtuber.control.asking import Answer
from vtuber.core.command import CalibrationName, Command, parse_command
from vtuber.core.face import Face
from vtuber.core.look import Look, Outline, Shadow
from vtuber.core.picture import Picture
from vtuber.core.ports import StopEvent
from vtuber.core.pose import PoseInput
from vtuber.core.scene import Actor, Placement, Scene, WarpField
from vtuber.settings import (
    FilterSettings,
    LookSettings,
    Settings,
    SettingsFile,
    ViewSettings,
    load,
)
from vtuber.shows.engine import PERFORMER, behaviour_of, load_avatar
from vtuber.shows.live.direction import MOST_A_BEAT, MOST_WAITING, Direction
from vtuber.stage import Inputs, Stage
from vtuber.warp.rig import Rig


class Undrawn:
    """A renderer that draws nothing, and remembers what it holds."""

    def __init__(self) -> None:
        self.held: dict[str, Avatar] = {}
        self.prepared_in: list[int] = []  # threads

    def prepare(self, avatar: Avatar) -> Avatar:
        self.prepared_in.append(get_ident())
        return avatar

    def load_by_steps(self, key: str, prepared: Avatar) -> Iterator[None]:
        yield
        self.held[key] = prepared

    def unload(self, key: str) -> None:
        del self.held[key]

    def draw(self, scene: Scene, fields: tuple[WarpField, ...]) -> Picture:
        raise AssertionError("nothing is drawn here")

    def close(self) -> None: ...


class Bound:
    """Hands that only know what their keys mean."""

    def __init__(self, keys: Mapping[str, str], emit: Callable[[Command], bool]) -> None:
        self.keys, self.emit = keys, emit

    def run(self, stop: StopEvent) -> None: ...

    def rebind(self, keys: Mapping[str, str]) -> None:
        self.keys = keys

    def press(self, key: str) -> None:
        self.emit(parse_command(self.keys[key]))


class Show:
    """A stage, its direction, and what was said."""

    def __init__(self, path: Path, bundle: Path) -> None:
        self.path, self.said, self.ended = path, [], []  # type: ignore[var-annotated]
        path.write_text(f"avatar = '{bundle}'\n")
        settings = load(path, {})
        self.renderer = Undrawn()
        self.stage = Stage(self.renderer, Rig, (320, 180))
        self.stage.cast(PERFORMER, load_avatar(str(bundle)), behaviour_of(settings))
        self.checked_in: list[int] = []  # threads
        self.calibrated: list[CalibrationName] = []
        self.direction = Direction(
            settings,
            SettingsFile(path, {}, {"outputs": lambda _: self.checked_in.append(get_ident())}),
            self._make_hands,
            self.said.append,
            lambda: self.ended.append(True),
            calibrate=lambda what, performer: self.calibrated.append(what),
        )
        for watched in self.direction.watched[1:]:
            watched.worker.start()
        self.now_ns = 0

    def _make_hands(self, keys: Mapping[str, str], emit: Callable[[Command], bool]) -> Bound:
        self.hands = Bound(keys, emit)
        return self.hands

    def beat(self, *commands: str) -> Actor:
        for text in commands:
            self.direction.commands.put(parse_command(text))
        self.direction.follow(self.stage, self.now_ns)
        self.now_ns += 1_000_000_000
        return self.stage.advance(self.now_ns, Inputs()).actors[0]

    def background_rgb(self) -> list[int] | None:
        background, _ = self.stage.behind.at(self.now_ns)
        return None if background is None else background.rgb[0, 0].tolist()

    def write(self, text: str) -> None:
        """Save settings, and wait until the show has said what it makes of them."""
        said = len(self.said)
        new = self.path.with_name("new")
        new.write_text(text)
        self.now_ns += 1
        os.utime(new, ns=(self.now_ns, self.now_ns))  # a stamp that is surely another
        os.replace(new, self.path)
        until(lambda: (self.direction.reload(self.stage, self.now_ns), len(self.said) > said)[1])


def end(direction: Direction) -> None:
    """End the threads of a show's hands, but for its keys, as the show does."""
    for watched in direction.watched[1:]:
        watched.worker.ask_to_stop()
    direction.close()
    assert all(watched.worker.join(10.0) for watched in direction.watched[1:])


@pytest.fixture
def show(tmp_path: Path, bundle: Path) -> Iterator[Show]:
    show = Show(tmp_path / "settings.toml", bundle)
    yield show
    end(show.direction)


def test_a_command_moves_the_avatar_and_quit_ends_the_show(show: Show) -> None:
    show.beat("move 0.1 0.2")
    assert show.beat().placement.x == pytest.approx(0.1)
    assert show.said == []
    show.beat("quit")
    assert show.ended == [True]


def test_a_calibration_is_for_the_tracker_too_once_somebody_is_seen(show: Show) -> None:
    show.beat("calibrate shut")
    assert show.said == ["cannot calibrate: no face is seen"]
    assert show.calibrated == []
    face = Face(show.now_ns, 0, True, PoseInput.of({"headYaw": 10.0}))
    show.stage.advance(show.now_ns, Inputs({PERFORMER: face}))
    show.direction.offer(parse_command("calibrate shut"))
    show.direction.follow(show.stage, show.now_ns)
    assert show.said[1:] == ["calibrated: these are shut eyes"]
    assert show.calibrated == ["shut"]


def test_a_command_that_the_avatar_cannot_follow_is_said(show: Show) -> None:
    show.beat("expression nonsense")
    assert len(show.said) == 1
    assert "nonsense" in show.said[0]


@pytest.mark.parametrize("command", ["hide", "avatar default"])
def test_a_command_for_somebody_who_is_not_there_is_said(show: Show, command: str) -> None:
    show.beat(f"@alice {command}")
    assert show.said == [f"nobody is called 'alice'; there is: {PERFORMER}"]


def test_a_flood_of_commands_is_taken_in_portions_and_nobody_waits_for_room(show: Show) -> None:
    move = parse_command("move 0.001")
    assert all(show.hands.emit(move) for _ in range(MOST_WAITING))
    assert not show.hands.emit(move)
    show.beat()
    assert show.direction.commands.qsize() == MOST_WAITING - MOST_A_BEAT
    assert show.hands.emit(move)


def test_another_avatar_comes_when_it_is_loaded_and_the_old_one_is_let_go(
    show: Show, bundle: Path
) -> None:
    assert not show.direction.is_changing
    first = show.beat("avatar default").avatar
    assert show.direction.is_changing
    until(lambda: show.beat().avatar != first)
    assert not show.direction.is_changing
    assert show.said == ["now: Miro (default)"]
    assert [avatar.name for avatar in show.renderer.held.values()] == ["Miro"]


def test_another_avatar_is_prepared_beside_the_beat(show: Show) -> None:
    before = len(show.renderer.prepared_in)
    show.beat("avatar default")
    until(lambda: (show.beat(), bool(show.said))[1])
    assert len(show.renderer.prepared_in) == before + 1
    assert show.renderer.prepared_in[-1] != get_ident()


def test_of_two_wishes_in_quick_succession_the_last_is_worn(show: Show, bundle: Path) -> None:
    show.beat("avatar default", f"avatar '{bundle}'", "avatar default", f"avatar '{bundle}'")
    until(lambda: (show.beat(), bool(show.said))[1])
    until(lambda: (show.beat(), str(bundle) in show.said[-1])[1])
    assert len(show.renderer.held) == 1


def layers_of(toggle_or_outfit: str) -> set[str]:
    layers = load_avatar("default").layers
    return {layer.name for layer in layers if toggle_or_outfit in (layer.toggle, layer.outfit)}


def test_what_is_told_to_an_avatar_on_its_way_waits_for_it_and_the_rest_is_done_at_once(
    show: Show,
) -> None:
    first = show.beat("avatar default", "outfit casual over 0", "toggle glasses over 0", "hide on")
    assert len(show.said) == 1
    assert show.said[0].endswith("is hidden")
    until(lambda: show.beat().avatar != first.avatar)
    assert show.said[1:] == ["now: Miro (default)"]
    worn = show.beat()
    assert not worn.hidden_layers & (layers_of("casual") | layers_of("glasses"))
    assert layers_of("hoodie") <= worn.hidden_layers


def test_what_is_told_between_two_swaps_is_told_to_the_one_between(
    show: Show, bundle: Path
) -> None:
    show.beat("avatar default", "outfit casual", f"avatar '{bundle}'", "outfit casual")
    until(lambda: (show.beat(), len(show.said) == 3)[1])
    assert show.said[0] == "now: Miro (default)"
    assert show.said[1].endswith(f"({bundle})")
    assert show.said[2].endswith("has one outfit only")


def test_what_waits_for_an_avatar_that_is_broken_is_told_to_the_one_that_stays(
    show: Show, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    told = show.beat(f"avatar '{tmp_path / 'broken'}'", "set jawOpen 1").pose
    assert told.as_dict()["jawOpen"] == 0.0
    until(lambda: show.beat().pose.as_dict()["jawOpen"] == 1.0)
    assert len(show.said) == 1


def test_a_broken_avatar_is_said_and_the_old_one_stays(show: Show, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    first = show.beat(f"avatar '{tmp_path / 'broken'}'").avatar
    until(lambda: (show.beat(), bool(show.said))[1])
    assert show.said[0].endswith("(the old avatar stays)")
    assert show.beat().avatar == first


def test_a_key_pressed_in_a_window_and_what_it_does_are_carried_out(show: Show) -> None:
    show.write("[keys]\nj = 'move 0.2'\n")
    show.direction.press("j")
    assert show.direction.offer(parse_command("zoom 2"))
    show.beat()
    placement = show.beat().placement
    assert (placement.x, placement.scale) == (pytest.approx(0.2), pytest.approx(2.0))


def test_changed_settings_are_taken_over_and_what_must_wait_is_named(show: Show) -> None:
    show.write("mirror = false\nsmoothing = 2\nseed = 3\n[view]\nzoom = 2.0\n[keys]\nj = 'hide'\n")
    assert show.said == [
        "settings read again: avatar, keys, mirror, smoothing, view; at the next start: seed"
    ]
    assert show.hands.keys == {"j": "hide"}
    show.beat()
    assert show.beat().placement.scale == pytest.approx(2.0)


def test_the_heads_gain_is_taken_over_by_a_running_show(show: Show) -> None:
    show.write(f"avatar = {show.direction.settings.avatar!r}\nhead_gain = 2\n")
    assert show.said == ["settings read again: head_gain"]


def test_every_setting_of_a_performer_reaches_them() -> None:
    settings = Settings(
        mirror=False,
        predict=False,
        lost="hold",
        lost_groups={"mouth": "rest"},
        smoothing=2.0,
        filter={"head": FilterSettings(cutoff_hz=0.7)},
        seed=3,
        head_gain=1.7,
        linked_blink=True,
        mouth="both",
        physics=0.5,
        view=ViewSettings(x=0.5),
        look=LookSettings(tint="red", brightness=0.5, outline="blue", outline_width=0.02,
                          shadow_x=0.1, shadow_y=0.2, shadow_blur=0.03, shadow_colour="white",
                          shadow_opacity=0.7),
    )  # fmt: skip
    assert behaviour_of(settings) == Behaviour(
        mirror=False,
        predict=False,
        lost="hold",
        lost_groups={"mouth": "rest"},
        smoothing=SmoothSettings(
            {**GROUPS, "head": dataclasses.replace(GROUPS["head"], cutoff_hz=0.7)}, 2.0
        ),
        view=Placement(x=0.5),
        seed=3,
        head_gain=1.7,
        linked_blink=True,
        mouth="both",
        physics=0.5,
        look=Look((255, 0, 0), 0.5, Outline(0.02, (0, 0, 255))),
        outline=Outline(0.02, (0, 0, 255)),
        shadow=Shadow(0.1, 0.2, 0.03, (255, 255, 255), 0.7),
    )
    shadowy = behaviour_of(Settings(look=LookSettings(shadow=True)))
    assert shadowy.look == Look(shadow=Shadow())


def test_broken_settings_are_refused_in_words_and_a_mended_file_is_taken(show: Show) -> None:
    show.write("[view]\nzoom = 0\n[keys]\nj = 'fly'\n")
    assert len(show.said) == 1
    for part in ("the old settings stay", "view.zoom", "fly"):  # all faults at once
        assert part in show.said[0]
    show.direction.reload(show.stage, show.now_ns)
    assert len(show.said) == 1  # once
    assert show.beat().placement.scale == 1.0
    show.write("[view]\nzoom = 1.5\n")
    show.beat()
    assert show.beat().placement.scale == pytest.approx(1.5)


def test_settings_are_read_and_checked_beside_the_beat(show: Show) -> None:
    show.write("outputs = ['web']\n")
    assert len(show.checked_in) == 1
    assert show.checked_in[0] != get_ident()


def test_a_background_is_put_up_beside_the_beat_by_command_and_by_the_file(show: Show) -> None:
    show.beat("background #20c060")
    until(lambda: (show.beat(), show.background_rgb() == [32, 192, 96])[1])
    show.beat("background redd")
    until(lambda: bool(show.said))
    assert show.said[0].startswith("the background 'redd' is not there")
    assert show.said[0].endswith("(the old background stays)")
    show.write("background = 'navy'\n")
    until(lambda: (show.beat(), show.background_rgb() == [0, 0, 128])[1])


def test_another_avatar_is_cross_faded_in(show: Show) -> None:
    show.beat("avatar default over 3")
    until(lambda: (show.beat(), bool(show.said))[1])
    leaving, coming = show.stage.advance(show.now_ns + 1, Inputs()).actors
    assert leaving.is_still
    assert not coming.is_still


def test_who_asks_is_answered_by_the_beat_with_what_was_said_or_why_not(show: Show) -> None:
    answers: list[Answer] = []
    lines = ("expression joy", "hide on", "expression nosuch", "@nobody hide")
    for line in lines:
        show.direction.ask(line, answers.append)
    assert not answers
    show.beat()
    assert [answer.is_done for answer in answers] == [True, True, False, False]
    assert [answer.said.partition(" ")[2][:9] for answer in answers[1:]] == [
        "is hidden", "has no ex", "is called",
    ]  # fmt: skip
    assert answers[0].said == ""
    assert [answer.said for answer in answers[1:]] == show.said


def test_who_asks_for_what_cannot_be_is_told_at_once(show: Show) -> None:
    answers: list[Answer] = []
    for line in ("dance", "avatar /no/such", "item mug show /no/such.png"):
        show.direction.ask(line, answers.append)
    assert [answer.is_done for answer in answers] == [False] * 3
    for _ in range(MOST_WAITING):
        show.direction.ask("skip", lambda answer: None)
    show.direction.ask("skip", answers.append)
    assert answers[-1] == Answer(False, "too many commands wait already; try again in a moment")


def test_the_stage_says_how_a_performer_stands(show: Show) -> None:
    before = show.stage.standing(PERFORMER, show.now_ns)
    assert before.pose is None
    assert (before.is_hidden, before.is_mirrored) == (False, True)
    assert not any(before.expressions.values())
    expression = next(iter(before.expressions))
    show.beat(f"expression {expression}", "hide on", "mirror off", "set jawOpen 0.5")
    after = show.stage.standing(PERFORMER, show.now_ns)
    assert (after.is_hidden, after.is_mirrored, after.is_seen) == (True, False, False)
    assert [name for name, on in after.expressions.items() if on] == [expression]
    assert after.pose is not None
    assert after.pose["jawOpen"] == pytest.approx(0.5)
    show.beat("avatar default", "outfit casual", "toggle glasses")
    until(lambda: (show.beat(), show.stage.standing(PERFORMER, 0).avatar == "Miro")[1])
    miro = show.stage.standing(PERFORMER, show.now_ns)
    assert miro.outfits == {"hoodie": False, "casual": True}
    assert miro.toggles == {"glasses": True, "headphones": True, "ribbon": True}
