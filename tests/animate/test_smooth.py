import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.animate.smooth import (
    FURTHEST_S,
    GROUPS,
    Group,
    Predictor,
    Smoother,
    SmoothSettings,
    extrapolate,
    group_of,
)
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput

YAW, BLINK = BASE.index["headYaw"], BASE.index["eyeBlinkLeft"]


def face_at(time_s, **values):
    return Face(round(time_s * 1e9), 0, True, PoseInput.of(values))


def filtered(times_s, values, name="headYaw", **settings):
    smoother = Smoother(SmoothSettings(**settings))
    faces = [face_at(t, **{name: v}) for t, v in zip(times_s, values, strict=True)]
    return np.array([smoother.apply(face).pose.values[BASE.index[name]] for face in faces])


def test_every_name_has_a_group_that_exists():
    assert {group_of(name) for name in BASE.names} == set(GROUPS)


def test_a_head_at_rest_is_calmed_to_less_than_half():
    noise = np.random.default_rng(0).normal(0, 0.15, 300)
    calm = filtered(np.arange(300) / 30, noise)
    assert np.std(calm[30:]) < 0.5 * np.std(noise)


def test_a_turning_head_is_not_late_by_more_than_two_frames():
    times_s = np.arange(60) / 30
    turned = np.clip((times_s - 0.5) * 90, 0, 45)
    late_deg = np.max(turned - filtered(times_s, turned))
    assert late_deg < 2 * 90 / 30


def test_a_slow_turn_is_followed_within_the_reach():
    times_s = np.arange(300) / 30
    creeping = 5.0 * times_s  # degrees a second: quiet, yet it goes on
    late_deg = creeping - filtered(times_s, creeping)
    assert 0 < late_deg.max() < GROUPS["head"].reach + 0.5
    without = Group(0.3, 1.0, quiet=8.5)
    slow = filtered(times_s, creeping, groups={**GROUPS, "head": without})
    assert (creeping - slow).max() > 2.5


def test_a_head_that_nods_is_turned_as_freshly():
    times_s = np.arange(60) / 30
    turned = 6.0 * np.maximum(0.0, times_s - 1.0)

    def late_deg(nods):
        smoother = Smoother()
        rows = [
            smoother.apply(face_at(t, headYaw=yaw, headPitch=40.0 * nods * t)).pose.values[YAW]
            for t, yaw in zip(times_s, turned, strict=True)
        ]
        return (turned - np.array(rows)).max()

    assert late_deg(1.0) < 0.5 * late_deg(0.0)


def test_a_blink_of_two_frames_survives():
    blink = np.zeros(20)
    blink[10:12] = 1.0
    assert filtered(np.arange(20) / 30, blink, "eyeBlinkLeft").max() > 0.95


def test_a_mouth_that_shut_is_soon_shut_altogether():
    opened = np.where(np.arange(30) < 10, 0.5, 0.0)
    values = filtered(np.arange(30) / 30, opened, "jawOpen")
    assert 0.02 <= values[10] < 0.5
    assert (values[16:] == 0.0).all()


def test_the_same_motion_is_filtered_alike_at_any_frame_rate():
    ends = []
    for rate_hz in (30, 60, 120):
        times_s = np.arange(rate_hz + 1) / rate_hz
        ends.append(filtered(times_s, np.where(times_s > 0.5, 10.0, 0.0))[-1])
    assert np.ptp(ends) < 0.5


def test_a_face_that_was_away_starts_anew_and_one_that_flickered_does_not():
    smoother = Smoother()
    smoother.apply(face_at(0.0, headYaw=0.0))
    assert smoother.apply(Face.lost(200_000_000, 1)).found is False
    assert smoother.apply(face_at(0.4, headYaw=30.0)).pose.values[YAW] < 30.0
    assert smoother.apply(face_at(1.0, headYaw=-30.0)).pose.values[YAW] == -30.0


def test_no_strength_is_no_filter():
    noise = np.random.default_rng(0).normal(0, 5, 30)
    assert filtered(np.arange(30) / 30, noise, strength=0.0) == pytest.approx(noise, abs=1e-5)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2**60), st.floats(-90, 90), st.floats(0, 1)),
        min_size=1,
        max_size=12,
    )
)
def test_filtered_values_stay_between_those_that_came_in(rows):
    smoother = Smoother()
    yaws, blinks = [], []
    for time_ns, yaw, blink in rows:  # in any order: a clock that jumps back starts anew
        pose = PoseInput.of({"headYaw": yaw, "eyeBlinkLeft": blink})
        yaws.append(pose.values[YAW])
        blinks.append(pose.values[BLINK])
        values = smoother.apply(Face(time_ns, 0, True, pose)).pose.values
        assert min(yaws) - 1e-3 <= values[YAW] <= max(yaws) + 1e-3
        assert min(blinks) - 1e-3 <= values[BLINK] <= max(blinks) + 1e-3


def moving(speed_deg_s, count=4, noise_deg=0.0):
    random = np.random.default_rng(3)
    return [
        face_at(
            n / 30, headYaw=speed_deg_s * n / 30 + random.normal(0, noise_deg) * (noise_deg > 0)
        )
        for n in range(count)
    ]


def test_a_head_in_motion_is_led_to_its_time():
    faces = moving(60.0)
    led = extrapolate(faces, faces[-1].captured_ns + 50_000_000)
    assert led.values[YAW] == pytest.approx(60 * 3 / 30 + 60 * 0.05, abs=0.05)
    assert led.values[BLINK] == faces[-1].pose.values[BLINK]


def test_the_lead_is_bounded_in_time_and_in_angle():
    faces = moving(60.0)
    far = extrapolate(faces, faces[-1].captured_ns + 10**10).values[YAW]
    assert far == pytest.approx(6.0 + 60 * FURTHEST_S, abs=0.05)
    fast = moving(600.0, count=4)
    lead = extrapolate(fast, fast[-1].captured_ns + 10**10).values[YAW] - fast[-1].pose.values[YAW]
    assert lead == pytest.approx(8.0, abs=0.01)


def test_nothing_is_led_at_rest_in_noise_into_the_past_or_from_too_little():
    for faces in (moving(2.0), moving(60.0, noise_deg=6.0), moving(60.0, count=2)):
        led = extrapolate(faces, faces[-1].captured_ns + 50_000_000)
        assert led.values[YAW] == pytest.approx(faces[-1].pose.values[YAW], abs=0.05)
    faces = moving(60.0)
    assert (
        extrapolate(faces, faces[-1].captured_ns - 10**9).values[YAW] == faces[-1].pose.values[YAW]
    )
    assert extrapolate([], 0) is None


def test_a_predictor_makes_up_for_what_the_filter_is_late():
    smoother, predictor = Smoother(), Predictor()
    faces = [face_at(n / 30, headYaw=45.0 * n / 30) for n in range(30)]
    calm = [smoother.apply(face) for face in faces]
    for face in calm:
        predictor.add(face)
    now_ns = faces[-1].captured_ns + 20_000_000
    truth = 45.0 * now_ns / 1e9
    assert truth - calm[-1].pose.values[YAW] > 1.0
    assert predictor.at(now_ns).values[YAW] == pytest.approx(truth, abs=0.3)


def test_a_predictor_forgets_a_face_that_was_lost():
    predictor = Predictor()
    for face in moving(60.0):
        predictor.add(face)
    assert predictor.at(10**9).values[YAW] > 6.5
    predictor.add(Face.lost(2 * 10**8, 0))
    assert predictor.at(10**9) is None
