import dataclasses
import gc
import threading
import weakref

import cv2
import numpy as np
import pytest

from tests.bundles import make_bundle
from tests.ledger import Ledger
from vtuber.animate.performance import perform
from vtuber.animate.performer import Behaviour
from vtuber.avatar.bundle import load
from vtuber.core.command import Hide, Move, SetExpression, SetParameter
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.look import Background
from vtuber.core.pose import PoseInput
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


@pytest.fixture
def stage(renderer, avatar):
    """Give a stage with one performer called me."""
    stage = Stage(renderer, Rig, SIZE_PX)
    stage.cast("me", avatar)
    return stage


def performance(beats):
    """Give the inputs of some beats, with a gap in which nobody is seen."""
    for beat in range(beats):
        now_ns = beat * BEAT_NS
        is_found = not 20 <= beat < 45
        face = Face(now_ns, beat, is_found, perform(now_ns / 1e9) if is_found else None)
        yield now_ns, Inputs({"me": face})


def told(scene):
    """Give all that a scene says, so that it can be compared."""
    actors = [
        (a.name, a.avatar, a.pose.values.tobytes(), a.placement, a.opacity, a.hidden_layers,
         a.sway.tobytes())
        for a in scene.actors
    ]  # fmt: skip
    return (scene.now_ns, scene.captured_ns, scene.sequence, scene.size_px, actors)


def played(avatar, commands):
    stage = Stage(Ledger(), Rig, SIZE_PX)
    stage.cast("me", avatar, Behaviour(seed=7))
    scenes = []
    for beat, (now_ns, inputs) in enumerate(performance(90)):
        if beat in commands:
            stage.obey(commands[beat], now_ns)
        scenes.append(told(stage.advance(now_ns, inputs)))
    return scenes


def test_the_same_inputs_at_the_same_times_give_the_same_scenes(avatar):
    commands = {10: SetExpression("joy"), 30: Move(0.2), 60: Hide()}
    assert played(avatar, commands) == played(avatar, commands)
    assert played(avatar, commands) != played(avatar, {})


def test_a_scene_of_long_ago_is_drawn_again_bit_for_bit(stage):
    scenes = [stage.advance(now_ns, inputs) for now_ns, inputs in performance(60)]
    first = stage.draw(scenes[10]).rgba.copy()
    for scene in scenes[11::7]:
        other = stage.draw(scene)
    assert not np.array_equal(other.rgba, first)
    assert np.array_equal(stage.draw(scenes[10]).rgba, first)


def test_drawing_moves_nothing_on(avatar, renderer):
    drawn, undrawn = (Stage(renderer, Rig, SIZE_PX) for _ in range(2))
    for one in (drawn, undrawn):
        one.cast("me", avatar)
    for now_ns, inputs in performance(30):
        scene = drawn.advance(now_ns, inputs)
        drawn.draw(scene)
        assert told(undrawn.advance(now_ns, inputs)) == told(scene)


def test_hair_that_swings_is_drawn(stage):
    *_, scene = (stage.advance(now_ns, inputs) for now_ns, inputs in performance(20))
    (actor,) = scene.actors
    still = dataclasses.replace(scene, actors=(dataclasses.replace(actor, sway=None),))
    swinging = stage.draw(scene).rgba.copy()
    assert not np.array_equal(swinging, stage.draw(still).rgba)


def test_a_picture_carries_the_capture_time_of_the_face_that_moved_it(stage):
    face = Face(5, 0, True, PoseInput.of({"headYaw": 10.0}))
    scene = stage.advance(100, Inputs({"me": face}))
    picture = stage.draw(scene)
    assert (scene.captured_ns, picture.captured_ns) == (5, 5)
    assert (picture.sequence, picture.size_px) == (scene.sequence, SIZE_PX)


def test_without_a_face_or_long_after_the_last_the_beat_is_the_capture_time(stage):
    assert stage.advance(100, Inputs()).captured_ns == 100
    face = Face(200, 0, True, PoseInput.of({"headYaw": 10.0}))
    assert stage.advance(300, Inputs({"me": face})).captured_ns == 200
    assert stage.advance(10**10, Inputs({"me": face})).captured_ns == 10**10
    lost = Inputs({"me": Face.lost(2 * 10**10, 1)})
    assert stage.advance(2 * 10**10 + 5, lost).captured_ns == 2 * 10**10 + 5


def test_sequences_count_the_beats(stage):
    assert [stage.advance(beat, Inputs()).sequence for beat in range(3)] == [0, 1, 2]


def test_several_performers_move_on_their_own_and_later_ones_stand_in_front(renderer, avatar):
    stage = Stage(renderer, Rig, SIZE_PX)
    stage.cast("me", avatar, Behaviour(view=Placement(x=-0.3, scale=0.5), mirror=False))
    stage.cast("you", avatar, Behaviour(view=Placement(x=0.3, scale=0.5), mirror=False))
    faces = {
        name: Face(0, 0, True, PoseInput.of({"headYaw": yaw}))
        for name, yaw in (("me", 20.0), ("you", -20.0))
    }
    for beat in range(8):
        scene = stage.advance(beat * 10**8 // 3, Inputs(faces))
    me, you = scene.actors
    assert (me.name, you.name) == ("me", "you")
    assert me.pose["headYaw"] > 10 > -10 > you.pose["headYaw"]
    alpha = stage.draw(scene).rgba[..., 3]
    assert alpha[:, :80].any()
    assert alpha[:, 80:].any()

    stage.obey(Hide(), 10**9)
    later = stage.advance(2 * 10**9, Inputs())
    assert [actor.opacity for actor in later.actors] == [0.0, 1.0]
    alpha = stage.draw(later).rgba[..., 3]
    assert not alpha[:, :60].any()
    assert alpha[:, 100:].any()


def test_two_of_whom_no_seed_is_said_do_not_breathe_as_one(avatar):
    stage = Stage(Ledger(), Rig, SIZE_PX)
    for name, seed in (("me", None), ("you", None), ("one", 7), ("other", 7)):
        stage.cast(name, avatar, Behaviour(seed=seed))
    me, you, one, other = (actor.pose.values for actor in stage.advance(0, Inputs()).actors)
    assert (me != you).any()
    assert (one == other).all()


class TestWhoIsMeant:
    """A command may name a performer; two are on this stage."""

    @pytest.fixture
    def pair(self, avatar):
        stage = Stage(Ledger(), Rig, SIZE_PX)
        for name in ("me", "you"):
            stage.cast(name, avatar)
        return stage

    def opacities(self, stage):
        return [actor.opacity for actor in stage.advance(10**9, Inputs()).actors]

    @pytest.mark.parametrize(
        ("name", "shown"), [("", [0, 1]), ("me", [0, 1]), ("you", [1, 0]), ("all", [0, 0])]
    )
    def test_the_first_without_a_name_else_who_is_named_or_all(self, pair, name, shown):
        pair.obey(Hide(performer=name), 0)
        assert self.opacities(pair) == shown

    def test_all_are_heard(self, pair):
        assert pair.obey(Hide(performer="all"), 0) == "Test is hidden; Test is hidden"

    def test_who_can_obeys_although_another_cannot(self, pair, avatar):
        pair.cast("me", dataclasses.replace(avatar, expressions={}))
        with pytest.raises(UserError, match=r"^Test has no expression called 'joy'"):
            pair.obey(SetExpression("joy", 0.0, performer="all"), 0)
        assert pair.advance(1, Inputs()).actors[1].pose["eyeHappyLeft"] == 1.0

    def test_a_stranger_is_refused_with_who_is_there(self, pair):
        with pytest.raises(UserError, match="nobody is called 'yu'; there is: me, you"):
            pair.obey(Hide(performer="yu"), 0)


def test_scripts_reach_their_performer(stage):
    script = PoseInput.of({"jawOpen": 0.7})
    assert stage.advance(0, Inputs(scripts={"me": script})).actors[0].pose["jawOpen"] > 0.69
    assert stage.advance(1, Inputs(scripts={"you": script})).actors[0].pose["jawOpen"] < 0.1


def test_another_avatar_frees_the_old_one_and_keeps_the_performer(avatar):
    ledger = Ledger()
    stage = Stage(ledger, Rig, SIZE_PX)
    stage.cast("me", avatar)
    stage.obey(SetExpression("joy", 0.0), 0)
    first = weakref.ref(stage._warpers[stage.advance(0, Inputs()).actors[0].avatar])
    other = dataclasses.replace(avatar, name="other")
    stage.cast("me", other)
    (actor,) = stage.advance(1, Inputs()).actors
    assert ledger.held == {actor.avatar: other}
    assert actor.pose["eyeHappyLeft"] == 1.0
    gc.collect()
    assert first() is None
    stage.draw(stage.advance(2, Inputs()))


def test_while_another_avatar_is_put_on_the_old_one_is_drawn(renderer, avatar):
    stage = Stage(renderer, Rig, SIZE_PX)
    stage.cast("me", avatar)
    (costume,) = _elsewhere(lambda: stage.prepare(dataclasses.replace(avatar, name="other")))
    worn = []
    for _ in stage.change("me", costume, lambda: 0):
        (actor,) = (scene := stage.advance(len(worn), Inputs())).actors
        assert stage.draw(scene).rgba.any()
        worn.append(actor.avatar)
    (actor,) = (scene := stage.advance(99, Inputs())).actors
    assert actor.avatar not in worn
    assert stage.draw(scene).rgba.any()


class TestCrossFade:
    """Another avatar, over a time: who comes is there before who goes begins to fade."""

    @pytest.fixture
    def fading(self, avatar):
        """Give a stage on which `me` changes over two seconds, from the beat at 1 s on."""
        stage = Stage(Ledger(), Rig, SIZE_PX)
        stage.cast("me", avatar)
        stage.advance(0, Inputs())
        stage.cast("me", dataclasses.replace(avatar, name="other"), over_s=2.0, now_ns=10**9)
        return stage

    def opacities(self, stage, seconds):
        return [a.opacity for a in stage.advance(round((1 + seconds) * 10**9), Inputs()).actors]

    def test_it_comes_in_the_first_half_and_the_old_one_goes_in_the_second(self, fading):
        half = pytest.approx(0.5)
        assert [self.opacities(fading, t) for t in (0.0, 0.5, 1.0, 1.5, 2.0)] == [
            [1.0, 0.0], [1.0, half], [1.0, 1.0], [half, 1.0], [1.0]
        ]  # fmt: skip

    def test_it_begins_when_it_is_put_on_whatever_moments_are_left_out(self, avatar):
        stage = Stage(Ledger(), Rig, SIZE_PX)
        stage.cast("me", avatar)
        stage.advance(0, Inputs())
        stage.cast("me", avatar, over_s=2.0, now_ns=10**9)
        assert self.opacities(stage, 1.5) == [pytest.approx(0.5), 1.0]

    def test_who_goes_stands_still_and_behind(self, fading):
        leaving = [
            fading.advance(10**9 + beat * BEAT_NS, performance_of(beat)).actors[0]
            for beat in range(20)
        ]
        assert len({id(actor.pose) for actor in leaving}) == 1
        assert all(actor.is_still for actor in leaving)
        assert not fading.advance(2 * 10**9, Inputs()).actors[1].is_still

    def test_the_old_one_is_held_for_the_fade_and_then_let_go(self, fading):
        for seconds, held in ((0.0, 2), (1.9, 2), (2.0, 1), (3.0, 1)):
            self.opacities(fading, seconds)
            assert len(fading._renderer.held) == len(fading._warpers) == held

    def test_another_change_on_the_way_ends_the_first(self, fading, avatar):
        self.opacities(fading, 0.0)
        self.opacities(fading, 0.5)
        third = dataclasses.replace(avatar, name="third")
        fading.cast("me", third, over_s=1.0, now_ns=1_600_000_000)
        assert [one.name for one in fading._renderer.held.values()] == ["other", "third"]
        assert self.opacities(fading, 0.6) == [pytest.approx(0.5), 0.0]
        assert self.opacities(fading, 1.6) == [1.0]
        assert [one.name for one in fading._renderer.held.values()] == ["third"]

    def test_a_performer_who_was_not_seen_yet_has_nothing_to_fade_from(self, avatar):
        stage = Stage(Ledger(), Rig, SIZE_PX)
        stage.cast("me", avatar)
        stage.cast("me", avatar, over_s=1.0)
        assert self.opacities(stage, 0.0) == [1.0]

    def test_who_is_hidden_stays_hidden_in_a_fade(self, avatar):
        stage = Stage(Ledger(), Rig, SIZE_PX)
        stage.cast("me", avatar)
        stage.obey(Hide(over_s=0.0), 0)
        stage.advance(0, Inputs())
        stage.cast("me", avatar, over_s=1.0, now_ns=10**9)
        assert not any(self.opacities(stage, 0.0) + self.opacities(stage, 0.5))

    def test_nothing_shines_through_and_a_film_that_skips_shows_the_same(self, renderer, avatar):
        films = []
        for skip in (0, 20):
            stage = Stage(renderer, Rig, SIZE_PX)
            stage.cast("me", avatar, Behaviour(physics=0.0))
            stage.obey(SetParameter("headYaw", 20.0), 0)
            stage.advance(0, Inputs())
            stage.cast("me", avatar, over_s=1.0)
            scenes = [stage.advance(beat * BEAT_NS, Inputs()) for beat in range(29)]
            assert all(len(scene.actors) == 2 for scene in scenes)
            films.append([stage.draw(scene).rgba.copy() for scene in scenes[skip:]])
        inside = cv2.erode(films[0][0][..., 3], np.ones((5, 5))) == 255  # it breathes
        assert inside.sum() > 5000
        assert all((picture[inside][:, 3] >= 253).all() for picture in films[0])
        assert all(map(np.array_equal, films[0][20:], films[1]))


def performance_of(beat):
    return Inputs({"me": Face(beat * BEAT_NS, beat, True, perform(beat * BEAT_NS / 1e9))})


def test_what_stands_behind_everybody_is_in_the_scene(stage):
    assert stage.advance(0, Inputs()).background is None
    stage.behind.put(wall := Background.of((1, 2, 3)), 1)
    scene = stage.advance(1, Inputs())
    assert (scene.background, scene.fading) == (wall, ())


def test_what_takes_long_is_made_before_the_first_step_into_another_avatar(avatar):
    made = []

    def make_warper(avatar):
        made.append(avatar.name)
        return Rig(avatar)

    ledger = Ledger()
    stage = Stage(ledger, make_warper, SIZE_PX)
    stage.cast("me", avatar)
    costume = stage.prepare(dataclasses.replace(avatar, name="other"))
    assert made == [avatar.name, "other"]
    assert ledger.prepared == made
    for _ in stage.change("me", costume, lambda: 0):
        assert [one.name for one in ledger.held.values()] == [avatar.name]
    assert made == ledger.prepared == [avatar.name, "other"]
    assert [one.name for one in ledger.held.values()] == ["other"]


def _elsewhere(make):
    """Make something in another thread."""
    made = []
    thread = threading.Thread(target=lambda: made.append(make()))
    thread.start()
    thread.join()
    return made


def test_an_avatar_that_cannot_be_worn_changes_nothing(avatar):
    ledger, is_broken = Ledger(), []

    def make_warper(avatar):
        if is_broken:
            raise UserError("no face")
        return Rig(avatar)

    stage = Stage(ledger, make_warper, SIZE_PX)
    stage.cast("me", avatar)
    held = dict(ledger.held)
    is_broken.append(True)
    with pytest.raises(UserError, match="no face"):
        stage.cast("me", avatar)
    assert ledger.held == held
    stage.draw(stage.advance(0, Inputs()))


def test_settings_reach_a_running_performer(avatar):
    stage = Stage(Ledger(), Rig, SIZE_PX)
    stage.cast("me", avatar)
    stage.configure("me", Behaviour(view=Placement(x=0.5)))
    stage.advance(0, Inputs())
    assert stage.advance(10**9, Inputs()).actors[0].placement.x == pytest.approx(0.5, abs=1e-3)
    stage.cast("me", avatar, Behaviour(view=Placement(x=-0.5)))
    assert stage.advance(2 * 10**9, Inputs()).actors[0].placement.x == pytest.approx(-0.5, abs=1e-3)


def test_closing_closes_the_renderer():
    ledger = Ledger()
    Stage(ledger, Rig, SIZE_PX).close()
    assert not ledger.is_open
