import dataclasses

import numpy as np
import pytest

from tests.animate.show import BEAT_NS, SECOND, Show
from vtuber.animate.performer import Behaviour, Performer
from vtuber.animate.presence import FOUND_S, LOST_AFTER_NS, LOST_S
from vtuber.core.command import (
    Calibrate,
    Hide,
    Mirror,
    Move,
    Quit,
    ResetView,
    Rotate,
    SetExpression,
    SetParameter,
    Toggle,
    Zoom,
)
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput

IDLE_YAW_DEG = 8.0  # the most that idle motion turns


def test_without_a_face_it_lives_by_idle_motion(avatar):
    show = Show(avatar)
    show.play(10.0)
    assert show.track("eyeBlinkLeft").max() > 0.5
    assert np.ptp(show.track("breath")) > 0.9
    assert np.ptp(show.track("headYaw")) > 1.0


def test_tracking_takes_over_and_hands_back_within_a_second_and_without_a_jump(avatar):
    show = Show(avatar, mirror=False)
    show.play(1.0)
    assert show.play(0.5, {"headYaw": 30.0}).pose["headYaw"] == pytest.approx(30.0)
    show.play(0.2)
    assert show.actors[-1].pose["headYaw"] == pytest.approx(30.0)  # only a hand before the face
    show.play(0.9)
    assert abs(show.actors[-1].pose["headYaw"]) <= IDLE_YAW_DEG
    show.play(1.0, {"headYaw": -30.0})
    assert np.abs(np.diff(show.track("headYaw"))).max() < 1.5 / (FOUND_S * 60) * 34 + 0.1


def test_a_camera_that_stops_is_a_face_that_is_lost(avatar):
    show = Show(avatar)
    show.play(0.5, {"headYaw": 30.0})
    show.play(0.2, camera=False)
    assert show.actors[-1].pose["headYaw"] == pytest.approx(-30.0)
    assert show.performer.captured_ns(show.now_ns) is not None
    show.play(1.0, camera=False)
    assert abs(show.actors[-1].pose["headYaw"]) <= IDLE_YAW_DEG
    assert show.performer.captured_ns(show.now_ns) is None


@pytest.mark.parametrize("away_s", [0.4, 0.55, 0.7, 0.9])
def test_a_face_that_is_back_elsewhere_before_it_was_let_go_is_faded_to(avatar, away_s):
    show = Show(avatar, mirror=False)
    show.play(1.0, {"headYaw": 30.0})
    show.play(away_s)
    show.play(1.0, {"headYaw": -30.0})
    assert show.actors[-1].pose["headYaw"] == pytest.approx(-30.0)
    assert np.abs(np.diff(show.track("headYaw")[5:])).max() < 1.5 / (FOUND_S * 60) * 60 + 0.1


def test_a_moving_head_that_is_lost_stays_where_it_was_led_to(avatar):
    show = Show(avatar, mirror=False, predict=True)
    for beat in range(60):  # faces that are 50 ms old
        show.now_ns += BEAT_NS
        face = Face(show.now_ns - 50_000_000, 0, True, PoseInput.of({"headYaw": beat * 1.0}))
        show.actors.append(show.performer.advance(show.now_ns, face))
    led = show.actors[-1].pose["headYaw"]
    assert led == pytest.approx(62.0, abs=0.5)
    assert show.play(0.1).pose["headYaw"] == pytest.approx(led)


def test_prediction_can_be_switched_off(avatar):
    show = Show(avatar, mirror=False, predict=False)
    for beat in range(60):
        show.now_ns += BEAT_NS
        face = Face(show.now_ns - 50_000_000, 0, True, PoseInput.of({"headYaw": beat * 1.0}))
        actor = show.performer.advance(show.now_ns, face)
    assert actor.pose["headYaw"] == 59.0


def test_the_mirror_is_on_and_switches_softly(avatar):
    show = Show(avatar)
    assert show.play(1.0, {"headYaw": 20.0}).pose["headYaw"] == pytest.approx(-20.0)
    show.obey(Mirror())
    del show.actors[:-1]
    assert show.play(1.0, {"headYaw": 20.0}).pose["headYaw"] == pytest.approx(20.0)
    assert np.abs(np.diff(show.track("headYaw"))).max() < 5.0


class TestLost:
    """What becomes of an avatar whose performer has gone."""

    def gone(self, avatar, lost):
        show = Show(avatar, lost=lost, mirror=False)
        show.play(1.0, {"headYaw": 30.0, "jawOpen": 0.5})
        show.actors.clear()
        show.play(8.0)
        return show

    def test_idle_lives_on(self, avatar):
        show = self.gone(avatar, "idle")
        assert show.track("eyeBlinkLeft").max() > 0.5
        assert abs(show.actors[-1].pose["headYaw"]) <= IDLE_YAW_DEG

    def test_hold_stays_as_it_was(self, avatar):
        show = self.gone(avatar, "hold")
        assert show.track("headYaw") == pytest.approx(30.0)
        assert show.track("jawOpen") == pytest.approx(0.5)
        assert show.play(1.0, {"headYaw": -10.0}).pose["headYaw"] == pytest.approx(-10.0)
        assert np.abs(np.diff(show.track("headYaw"))).max() < 1.5 / (FOUND_S * 60) * 40 + 0.1

    def test_what_was_held_is_let_go_when_somebody_is_back(self, avatar):
        show = self.gone(avatar, "hold")
        pose = show.play(1.0, {"jawOpen": 0.0}).pose  # their head cannot be measured
        assert abs(pose["headYaw"]) <= IDLE_YAW_DEG

    def test_each_group_may_have_a_policy_of_its_own(self, avatar):
        show = Show(
            avatar, lost="idle", lost_groups={"head": "hold", "mouth": "rest"}, mirror=False
        )
        show.play(1.0, {"headYaw": 30.0, "jawOpen": 0.5, "eyeBlinkLeft": 0.4})
        show.actors.clear()
        show.play(8.0)
        assert show.track("headYaw") == pytest.approx(30.0)
        assert show.track("jawOpen")[-1] == 0.0
        assert show.track("eyeBlinkLeft").max() > 0.9  # idle motion blinks
        assert np.ptp(show.track("breath")) > 0.5
        assert show.play(1.0, {"headYaw": 5.0}).pose["headYaw"] == pytest.approx(5.0)
        assert np.abs(np.diff(show.track("headYaw"))).max() < 5.0

    def test_what_is_held_may_be_let_go_meanwhile(self, avatar):
        show = self.gone(avatar, "hold")
        show.performer.configure(Behaviour(lost="idle", mirror=False))
        assert abs(show.play(2.0).pose["headYaw"]) <= IDLE_YAW_DEG

    def test_rest_only_breathes(self, avatar):
        show = self.gone(avatar, "rest")
        last = show.actors[-1].pose.as_dict()
        assert last.pop("breath") > 0 or np.ptp(show.track("breath")) > 0.9
        assert not any(last.values())

    def test_hide_fades_away_and_comes_back(self, avatar):
        show = self.gone(avatar, "hide")
        opacity = [actor.opacity for actor in show.actors]
        assert opacity[0] == 1.0
        assert opacity[-1] == 0.0
        assert np.abs(np.diff(opacity)).max() < 0.05
        assert show.play(0.5, {}).opacity == 1.0

    def test_hide_shows_nobody_before_there_was_somebody(self, avatar):
        assert Show(avatar, lost="hide").play(1.0).opacity == 0.0

    def test_a_setting_changed_while_it_holds_lets_it_go(self, avatar):
        show = self.gone(avatar, "hold")
        show.performer.configure(Behaviour(lost="idle", mirror=False))
        show.play(LOST_S + 0.1)
        assert abs(show.actors[-1].pose["headYaw"]) <= IDLE_YAW_DEG


def test_calibrating_takes_this_moment_as_straight_ahead_without_a_jump(avatar):
    show = Show(avatar, mirror=False)
    show.play(1.0, {"headYaw": 12.0})
    show.obey(Calibrate())
    del show.actors[:-1]
    assert show.play(1.0, {"headYaw": 12.0}).pose["headYaw"] == pytest.approx(0.0)
    assert np.abs(np.diff(show.track("headYaw"))).max() < 1.5


def test_nobody_can_be_calibrated(avatar):
    show = Show(avatar)
    show.play(0.1)
    with pytest.raises(UserError, match="cannot calibrate: no face is seen"):
        show.obey(Calibrate())
    show.play(0.1, {"headYaw": 10.0})
    show.play(LOST_AFTER_NS / SECOND + 0.1)
    with pytest.raises(UserError, match="no face is seen"):
        show.obey(Calibrate())


def test_expressions_cross_fade_over_tracking(avatar):
    show = Show(avatar)
    neutral = {"mouthSmileLeft": 0.0, "browAngryLeft": 0.0}
    show.play(0.5, neutral)
    show.obey(SetExpression("joy"))
    assert 0.0 < show.play(0.1, neutral).pose["mouthSmileLeft"] < 0.8
    assert show.play(0.2, neutral).pose["mouthSmileLeft"] == pytest.approx(0.8)
    show.obey(SetExpression("anger", 0.4))
    half = show.play(0.2, neutral).pose
    assert half["mouthSmileLeft"] == pytest.approx(0.4, abs=0.1)
    assert half["browAngryLeft"] == pytest.approx(0.5, abs=0.1)
    show.play(0.3, neutral)
    assert show.actors[-1].pose["mouthSmileLeft"] == 0.0
    show.obey(SetExpression("neutral"))
    assert show.play(0.3, neutral).pose["browAngryLeft"] == 0.0
    for name in ("mouthSmileLeft", "browAngryLeft"):
        assert np.abs(np.diff(show.track(name))).max() < 0.15


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (SetExpression("joi"), "Test has no expression called 'joi'; did you mean joy? It has: n"),
        (SetExpression("anguish"), "'anguish'; it has: neutral, joy, anger"),  # half of it is anger
        (SetExpression("xyz"), "no expression called 'xyz'; it has: neutral, joy, anger"),
        (Toggle("hut"), "Test has no part called 'hut'; did you mean hat?"),
        (Toggle(""), "no part called ''; it has: hat"),
        (SetParameter("jawopen", 1.0), "no pose parameter called jawopen; did you mean jawOpen?"),
        (SetParameter("jawopen"), "did you mean jawOpen?"),
        (Zoom(0.0), "cannot zoom by 0"),
    ],
)
def test_what_is_not_there_is_refused_and_says_what_was_meant(avatar, command, says):
    show = Show(avatar)
    with pytest.raises(UserError) as caught:
        show.obey(command)
    assert says in str(caught.value)
    show.play(0.1, {})


def test_a_command_of_the_show_is_not_the_performers(avatar):
    with pytest.raises(AssertionError):
        Show(avatar).obey(Quit())


def test_hiding_fades_out_and_again_in(avatar):
    show = Show(avatar)
    assert show.play(0.1).opacity == 1.0
    show.obey(Hide())
    assert 0.0 < show.play(0.1).opacity < 1.0
    assert show.play(0.3).opacity == 0.0
    show.obey(Hide())
    assert show.play(0.3).opacity == 1.0


def test_a_parameter_is_held_over_everything_until_it_is_let_go(avatar):
    show = Show(avatar)
    show.obey(SetExpression("joy", 0.0))
    show.obey(SetParameter("mouthSmileLeft", 0.1))
    show.obey(SetParameter("tailUp", 5.0))
    pose = show.play(0.1, {"mouthSmileLeft": 1.0}).pose
    assert (pose["mouthSmileLeft"], pose["tailUp"]) == (pytest.approx(0.1), 1.0)
    show.obey(SetParameter("mouthSmileLeft"))
    show.obey(SetParameter("tailUp"))
    show.obey(SetParameter("jawOpen"))  # was not held: nothing to let go
    pose = show.play(0.1, {"mouthSmileLeft": 1.0}).pose
    assert (pose["mouthSmileLeft"], pose["tailUp"]) == (pytest.approx(0.8), 0.0)


def test_a_parameter_is_taken_hold_of_led_and_let_go_over_a_time(avatar):
    show = Show(avatar)
    show.play(0.5, {"jawOpen": 0.0})
    show.obey(SetParameter("jawOpen", 0.8, 1.0))
    del show.actors[:-1]
    assert show.play(0.5, {"jawOpen": 0.0}).pose["jawOpen"] == pytest.approx(0.4, abs=0.02)
    assert show.play(0.5, {"jawOpen": 0.0}).pose["jawOpen"] == pytest.approx(0.8)
    show.obey(SetParameter("jawOpen", 0.2, 1.0))
    assert show.play(0.5, {"jawOpen": 0.0}).pose["jawOpen"] == pytest.approx(0.5, abs=0.02)
    show.play(0.5, {"jawOpen": 0.0})
    show.obey(SetParameter("jawOpen", over_s=1.0))
    assert show.play(0.5, {"jawOpen": 0.0}).pose["jawOpen"] == pytest.approx(0.1, abs=0.02)
    assert show.play(0.6, {"jawOpen": 0.0}).pose["jawOpen"] == 0.0
    assert np.abs(np.diff(show.track("jawOpen"))).max() < 0.03


class TestSaid:
    """What a command answers: what it did where the picture may not show it."""

    def test_hiding_says_who_is_hidden_or_shown(self, avatar):
        show = Show(avatar)
        assert show.obey(Hide()) == "Test is hidden"
        assert show.obey(Hide()) == "Test is shown"

    def test_what_is_switched_to_what_it_is_stays_so(self, avatar):
        show = Show(avatar)
        assert [show.obey(Hide(on)) for on in (False, True, True, False)] == [
            "Test is shown", "Test is hidden", "Test is hidden", "Test is shown",
        ]  # fmt: skip
        assert show.play(0.3).opacity == 1.0
        assert show.obey(Hide(True, 0.0)) == "Test is hidden"
        assert show.play(0.1).opacity == 0.0

    def test_the_mirror_says_how_it_is(self, avatar):
        show = Show(avatar)
        assert show.obey(Mirror()) == "the mirror is off"
        assert show.obey(Mirror()) == "the mirror is on"
        assert show.obey(Mirror(True)) == "the mirror is on"
        assert show.obey(Mirror(False)) == "the mirror is off"
        assert show.play(1.0, {"headYaw": 20.0}).pose["headYaw"] == pytest.approx(20.0)

    def test_calibrating_says_so(self, avatar):
        show = Show(avatar)
        show.play(0.1, {"headYaw": 10.0})
        assert show.obey(Calibrate()) == "calibrated: this is straight ahead now"

    def test_what_can_be_seen_is_not_said(self, avatar):
        show = Show(avatar)
        seen = (
            SetExpression("joy"), SetExpression("neutral"), Toggle("hat"), Move(0.1), Zoom(1.1),
            Rotate(5.0), ResetView(), SetParameter("jawOpen", 1.0), SetParameter("jawOpen"),
        )  # fmt: skip
        assert {show.obey(command) for command in seen} == {""}


def test_a_script_lies_over_tracking_and_under_expressions(avatar):
    performer = Performer("me", avatar, "me#0", Behaviour())
    performer.obey(SetExpression("joy", 0.0), 0)
    script = PoseInput.of({"jawOpen": 0.6, "mouthSmileLeft": 0.2})
    for beat in range(60):
        face = Face(beat * BEAT_NS, 0, True, PoseInput.of({"jawOpen": 0.1, "headYaw": 10.0}))
        actor = performer.advance(beat * BEAT_NS, face, script)
    assert actor.pose["jawOpen"] == pytest.approx(0.6)
    assert actor.pose["mouthSmileLeft"] == pytest.approx(0.8)
    assert actor.pose["headYaw"] == pytest.approx(-10.0)


def test_another_avatar_keeps_what_it_has_too_and_drops_the_rest(avatar):
    show = Show(avatar, mirror=False)
    for command in (
        SetExpression("joy", 0.0), SetParameter("tailUp", 1.0), SetParameter("jawOpen", 0.4),
        Toggle("hat"), Move(0.5),
    ):  # fmt: skip
        show.obey(command)
    show.play(1.0, {"headYaw": 20.0})
    bare = dataclasses.replace(
        avatar,
        layers=tuple(dataclasses.replace(layer, toggle="") for layer in avatar.layers),
        expressions={"joy": {"blush": 1.0}},
        parameters=(),
    )
    show.performer.wear(bare, "me#1")
    actor = show.play(0.1, {"headYaw": 20.0})
    assert actor.avatar == "me#1"
    assert actor.hidden_layers == frozenset()
    assert len(actor.pose.space) == len(BASE)
    assert (actor.pose["blush"], actor.pose["headYaw"]) == (1.0, pytest.approx(20.0))
    assert actor.pose["jawOpen"] == pytest.approx(0.4)
    assert actor.placement.x == pytest.approx(0.5, abs=1e-3)

    show.performer.wear(avatar, "me#2")
    again = show.play(0.1, {"headYaw": 20.0})
    assert (again.pose["tailUp"], again.hidden_layers) == (0.0, frozenset())


def test_settings_change_a_running_performer_and_leave_what_a_hand_did(avatar):
    show = Show(avatar)
    show.obey(Mirror())
    show.obey(Move(0.5))
    same = Behaviour(lost="rest")
    show.performer.configure(same)
    actor = show.play(1.0, {"headYaw": 20.0})
    assert actor.pose["headYaw"] == pytest.approx(20.0)
    assert actor.placement.x == pytest.approx(0.5, abs=1e-3)

    view = dataclasses.replace(same.view, scale=2.0)
    show.performer.configure(dataclasses.replace(same, view=view, mirror=False))
    show.obey(ResetView())
    actor = show.play(1.0, {"headYaw": 20.0})
    assert actor.placement.scale == pytest.approx(2.0, abs=1e-3)
    assert actor.placement.x == pytest.approx(0.0, abs=1e-3)
