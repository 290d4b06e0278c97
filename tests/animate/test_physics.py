"""Hair follows late, overshoots, settles and hangs; nothing that a head can do makes it explode."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.animate.show import Show
from vtuber.animate.performer import Behaviour
from vtuber.animate.physics import LONGER, SHORTER, Physics
from vtuber.avatar.springs import SPRINGS, Spring
from vtuber.avatar.strands import JOINTS
from vtuber.core.command import Move, ResetView
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import Placement

SECOND = 10**9
STILL = {name: dataclasses.replace(spring, wind=0.0) for name, spring in SPRINGS.items()}


@pytest.fixture(scope="module")
def calm(avatar):
    """Give the strands of an avatar in still air."""
    return dataclasses.replace(avatar, physics=STILL).strands


@pytest.fixture(scope="module")
def named(calm, avatar):
    """Give the first strand of each group, in the middle of its columns."""
    return {
        avatar.layers[piece.layer].role: piece.first + piece.count // 2 for piece in calm.pieces
    }


def turn(t_s):
    """Turn the head by 25 degrees within 0.15 s, half a second after the beginning."""
    return {"headYaw": 25 * min(max((t_s - 0.5) / 0.15, 0.0), 1.0)}


def play(strands, motion, seconds=4.0, hz=60.0, seed=0, strength=1.0):
    """Give the angles of all joints at each beat: beats x strands x joints."""
    physics = Physics(strands, seed)
    count = round(seconds * hz) + 1
    beats = [
        physics.advance(round(i / hz * SECOND), Pose.of(motion(i / hz)), strength)
        for i in range(count)
    ]
    return np.array(beats)[:, :, 0].reshape(count, -1, JOINTS)


def test_in_still_air_and_at_rest_nothing_moves(calm) -> None:
    assert (play(calm, lambda _: {}) == 0).all()


def test_a_show_begins_at_rest_in_whatever_pose(avatar) -> None:
    swing = play(avatar.strands, lambda _: {"headYaw": 30.0, "headPitch": -20.0}, 0.1)
    assert (swing[0] == 0).all()
    assert np.abs(swing).max() < 1e-3


def test_hair_stays_behind_overshoots_and_settles_within_a_second_or_so(calm, named) -> None:
    for role in ("back_hair", "front_hair"):
        tip = play(calm, turn)[:, named[role], -1]
        behind = tip.min()
        assert behind < -0.05, "it lags to the other side"
        assert 0.15 < tip.max() / -behind < 0.6, "and swings back over the middle"
        moving = np.flatnonzero(np.abs(tip) > 0.05 * -behind)
        assert 0.4 < moving[-1] / 60 - 0.65 < 1.3
        assert np.abs(tip[-1]) < 1e-3


def test_tips_are_later_and_swing_further_than_roots(calm, named) -> None:
    swing = play(calm, turn)[:, named["back_hair"]]
    reach = np.abs(swing).max(axis=0)
    assert (np.diff(reach) > 0).all()
    back = swing.argmax(axis=0)  # when each swings back the furthest
    assert (np.diff(back) > 0).all()


def test_long_hair_is_slower_than_the_fringe(calm, named) -> None:
    swing = play(calm, turn)[:, :, -1]
    assert swing[:, named["back_hair"]].argmax() > swing[:, named["front_hair"]].argmax() + 3


def test_hair_hangs_back_towards_the_ground_when_the_head_tilts(calm, named) -> None:
    swing = play(calm, lambda t: {"headRoll": min(20.0, 60 * t)}, 6.0)[-1, named["back_hair"]]
    expected = SPRINGS["back_hair"].gravity * np.radians(20)
    np.testing.assert_allclose(swing, expected, rtol=0.05)


def test_a_nod_lets_both_sides_fly_out(calm, avatar) -> None:
    swing = play(calm, lambda t: {"headPitch": -20 * min(max((t - 0.5) / 0.1, 0), 1)}, 2.0)
    piece = next(p for p in calm.pieces if avatar.layers[p.layer].role == "back_hair")
    first, last = swing[:, piece.first, -1], swing[:, piece.first + piece.count - 1, -1]
    assert last.max() > 0.03
    np.testing.assert_allclose(first, -last, atol=1e-6)


def nodding(t_s):
    swing = np.sin(2 * np.pi * 1.4 * t_s) * min(t_s, 1.0)
    return {"headYaw": 20 * swing, "headRoll": 9 * swing, "headPitch": 8 * swing**2}


@pytest.mark.parametrize("hz", [24.0, 30.0, 50.0, 144.0])
def test_any_rate_of_beats_gives_the_same_motion(avatar, hz) -> None:
    fine = play(avatar.strands, nodding, 3.0, hz=1200.0)
    coarse = play(avatar.strands, nodding, 3.0, hz=hz)
    same = fine[(np.arange(len(coarse)) * 1200 / hz).round().astype(int)]
    assert np.abs(fine).max() > 0.08
    assert np.abs(coarse - same).max() < 0.012 * np.abs(fine).max()


def test_beats_that_come_unevenly_change_nothing(avatar) -> None:
    even = play(avatar.strands, nodding, 2.0, hz=60.0)[-1]
    physics, chance = Physics(avatar.strands), np.random.default_rng(4)
    times_s = np.sort(np.append(chance.uniform(0, 2, 140), [0.0, 2.0]))
    for t_s in times_s:
        swing = physics.advance(round(t_s * SECOND), Pose.of(nodding(t_s)))
    np.testing.assert_allclose(swing[:, 0].reshape(even.shape), even, atol=0.004)


_VALUES = st.dictionaries(
    st.sampled_from([n for n in BASE.names if n.startswith(("head", "body"))]),
    st.floats(-1e6, 1e6),
    max_size=9,
)
_STEPS = st.one_of(st.integers(0, SECOND // 20), st.integers(-10 * SECOND, 10**16))


@settings(max_examples=60, deadline=None)
@given(
    beats=st.lists(st.tuples(_STEPS, _VALUES, st.floats(-2, 2)), min_size=1, max_size=25),
    strength=st.floats(0, 2),
)
def test_nothing_that_a_head_or_a_clock_does_makes_it_explode(avatar, beats, strength) -> None:
    extreme = Spring(8.0, 0.05, swing=2.0, gravity=1.0, wind=4.0, limit_deg=60.0, length=0.1)
    groups = {"back_hair": extreme, "front_hair": SPRINGS["front_hair"]}
    strands = dataclasses.replace(avatar, physics=groups).strands
    physics, now_ns = Physics(strands), 0
    limits = np.repeat([np.radians(s.spring.limit_deg) for s in strands.strands], JOINTS)
    for step_ns, values, x in beats:
        now_ns += step_ns
        view = Placement(x, -x, rotation_deg=90 * x)
        sway = physics.advance(now_ns, Pose.of(values), strength, view)
        assert np.isfinite(sway).all()
        assert (np.abs(sway[:, 0]) <= limits * (1 + 1e-6)).all()
        assert (sway[:, 1] >= -LONGER - 1e-6).all()
        assert (sway[:, 1] <= SHORTER + 1e-6).all()


def test_after_a_long_pause_it_hangs_still(calm) -> None:
    physics = Physics(calm)
    for i in range(30):
        physics.advance(i * SECOND // 60, Pose.of(nodding(i / 60 + 1)))
    swing = physics.advance(8 * SECOND, Pose.of({"headYaw": 30.0}))
    assert np.abs(swing).max() < 1e-6


def test_wind_is_seeded_and_very_slight(avatar) -> None:
    one, same, other = (play(avatar.strands, lambda _: {}, 20.0, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 0.005
    assert 0.008 < np.abs(one).max() < 0.04


def test_strength_scales_small_swings(calm, named) -> None:
    one, half = (play(calm, turn, strength=s)[:, named["back_hair"]] for s in (1.0, 0.5))
    assert np.abs(half).max() == pytest.approx(np.abs(one).max() / 2, rel=0.1)
    assert (play(calm, turn, strength=0.0) == 0).all()


def test_an_avatar_without_hair_has_nothing_to_swing(avatar) -> None:
    face = avatar.layers[avatar.where("face")[0]]
    bald = dataclasses.replace(avatar, layers=(dataclasses.replace(face, clip=None),))
    assert Physics(bald.strands).advance(0, Pose.rest()).shape == (0, 2)


def shaken(avatar, **behaviour):
    """Give a show whose performer has just turned the head."""
    show = Show(avatar, **behaviour)
    show.play(0.5, {"headYaw": 0.0})
    show.play(0.3, {"headYaw": 25.0})
    return show


def test_a_performer_gives_every_beat_its_swing_and_nobody_can_change_it(avatar) -> None:
    actor = shaken(avatar).actors[-1]
    assert np.abs(actor.sway).max() > 0.03
    assert not actor.sway.flags.writeable


def test_without_physics_nothing_swings_and_it_can_be_had_again(avatar) -> None:
    show = shaken(avatar, physics=0.0)
    assert show.actors[-1].sway is None
    show.performer.configure(Behaviour(physics=1.0))
    assert np.abs(show.play(2.0, {"headYaw": 25.0}).sway).max() < 0.05


def test_another_avatar_hangs_on_springs_of_its_own_and_begins_still(avatar) -> None:
    show = shaken(avatar)
    face = avatar.layers[avatar.where("face")[0]]
    fringe = avatar.layers[avatar.where("front_hair")[0]]
    short = dataclasses.replace(avatar, layers=(face, fringe))
    show.performer.wear(short, "me#1")
    sway = show.play(1 / 60, {"headYaw": 25.0}).sway
    assert len(sway) == len(short.strands.strands) * JOINTS
    assert np.abs(sway).max() < 0.01  # the tilt of the idle head
    assert np.isfinite(show.play(1.0, {"headYaw": -25.0}).sway).all()


def test_an_avatar_that_is_dragged_trails_its_hair(avatar) -> None:
    show = Show(avatar)
    show.play(0.5, {"headYaw": 0.0})
    show.obey(Move(0.3))
    show.play(0.1, {"headYaw": 0.0})
    assert show.actors[-1].sway[:, 0].min() < -0.1
    assert np.abs(show.play(2.5, {"headYaw": 0.0}).sway).max() < 0.04


def test_an_avatar_that_is_put_elsewhere_at_once_leaves_its_hair_in_peace(avatar) -> None:
    show = Show(avatar)
    show.play(0.5, {"headYaw": 0.0})
    for command in (
        Move(0.5, 0.2, to=True, over_s=0.0),
        Move(-0.9, over_s=0.0),
        ResetView(over_s=0.0),
    ):
        show.obey(command)
        show.play(0.3, {"headYaw": 0.0})
    assert max(np.abs(actor.sway).max() for actor in show.actors) < 0.04
