"""Who is seen is judged by the beat on which faces come, whatever the tracker's pace and lag."""

import numpy as np
import pytest

from vtuber.animate.presence import FOUND_S, LOST_AFTER_MOST_NS, LOST_AFTER_NS, LOST_S, Presence
from vtuber.animate.retarget import Manner
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput

SECOND = 10**9
BEAT_NS = SECOND // 60
YAW = BASE.index["headYaw"]
PLAIN = Manner(mirror=False)
FOREVER_S = 60.0  # by then a performer is lost whatever the tracker


class Tracking:
    """A tracker that looks `hz` times a second and says so `late_s` later, at beats of 60 Hz."""

    def __init__(self, hz=30.0, late_s=0.0):
        self.presence = Presence()
        self.now_ns = 0
        self.shares = []
        self.parts = []
        self.step_ns, self.late_ns = round(SECOND / hz), round(late_s * SECOND)
        self.next_ns = self.late_ns
        self.face = None

    def play(self, seconds, sees=lambda number: True):
        for _ in range(round(seconds * 60)):
            if self.now_ns >= self.next_ns:
                captured_ns = self.next_ns - self.late_ns
                number = captured_ns // self.step_ns
                pose = PoseInput.of({"headYaw": 10.0})
                seen = Face(captured_ns, number, True, pose)
                self.face = seen if sees(number) else Face.lost(captured_ns, number)
                self.next_ns += self.step_ns
            self.follow()
            self.now_ns += BEAT_NS
        return self.shares[-1]

    def stop(self, most_s=FOREVER_S):
        """Let nothing come any more; give how many seconds somebody is still there."""
        start_ns = self.now_ns
        while self.is_there and self.now_ns - start_ns < most_s * SECOND:
            self.follow()
            self.now_ns += BEAT_NS
        return (self.now_ns - start_ns) / SECOND

    def follow(self, manner=PLAIN):
        self.parts = self.presence.follow(self.now_ns, self.face, manner, lead_to_ns=self.now_ns)
        self.shares.append(self.presence.share(self.now_ns))

    @property
    def is_there(self):
        return self.presence.captured_ns(self.now_ns) is not None


@pytest.mark.parametrize("late_s", [0.3, 0.6, 2.0])
def test_a_tracker_that_is_late_still_sees_its_performer(late_s):
    tracking = Tracking(late_s=late_s)
    assert tracking.play(late_s + FOUND_S + 0.1) == 1.0
    tracking.play(2.0)
    assert min(tracking.shares[-60:]) == 1.0
    captured_ns = tracking.presence.captured_ns(tracking.now_ns)
    assert tracking.now_ns - captured_ns >= late_s * SECOND  # the lag is told as it is


@pytest.mark.parametrize("hz", [1.0, 2.0, 3.0, 5.0, 10.0])
def test_a_slow_tracker_sees_its_performer_all_the_time(hz):
    tracking = Tracking(hz)
    tracking.play(12.0)
    shares = np.array(tracking.shares)
    assert (np.diff(shares) >= 0).all()  # also in the beginning, when its pace is not known
    assert shares[round(FOUND_S * 60) + 1 :].min() == 1.0


@pytest.mark.parametrize("hz", [2.0, 5.0, 30.0])
def test_one_face_that_was_missed_is_not_one_that_is_lost(hz):
    tracking = Tracking(hz)
    tracking.play(8.0, sees=lambda number: number % 4 != 3)
    assert min(tracking.shares[60:]) == 1.0


def test_a_tracker_whose_pace_drops_is_followed_at_once():
    fast = Tracking(30.0)
    fast.play(3.0)
    fast.step_ns = SECOND // 3  # a game has begun
    mark = len(fast.shares)
    fast.play(6.0)
    dips = np.array(fast.shares[mark:]) < 1.0
    assert not dips[90:].any()


@pytest.mark.parametrize(
    ("hz", "low_s", "high_s"), [(30.0, 0.25, 0.35), (5.0, 0.3, 0.55), (2.0, 0.75, 1.3)]
)
def test_who_goes_is_let_go_after_a_few_looks(hz, low_s, high_s):
    tracking = Tracking(hz)
    tracking.play(4.0)
    assert low_s <= tracking.stop() <= high_s


@pytest.mark.parametrize("hz", [0.2, 0.9, 2.0, 30.0, 240.0])
def test_nobody_is_there_for_longer_than_the_longest_wait(hz):
    tracking = Tracking(hz)
    tracking.play(11.0)
    gone_s = tracking.stop()
    assert gone_s <= LOST_AFTER_MOST_NS / SECOND + 0.1


def test_one_hitch_is_soon_forgotten():
    tracking = Tracking(30.0)
    tracking.play(2.0)
    tracking.next_ns += SECOND
    tracking.play(1.5)
    assert tracking.stop() <= LOST_AFTER_NS / SECOND + 0.05


def test_faces_in_which_nobody_was_found_keep_nobody():
    tracking = Tracking(30.0)
    tracking.play(2.0)
    tracking.play(LOST_AFTER_NS / SECOND + 0.1, sees=lambda number: False)
    assert not tracking.is_there
    assert tracking.play(LOST_S + 0.1, sees=lambda number: False) == 0.0


def test_another_gain_is_faded_to():
    tracking = Tracking()
    tracking.play(1.0)
    yaws = []
    for _ in range(60):
        tracking.follow(Manner(mirror=False, head_gain=2.0))
        values = [(part.source.values[YAW], part.gain) for part in tracking.parts]
        yaw = 0.0
        for value, gain in values:
            yaw += gain * (value - yaw)
        yaws.append(yaw)
        tracking.now_ns += BEAT_NS
        tracking.face = Face(tracking.now_ns, 0, True, PoseInput.of({"headYaw": 10.0}))
    assert yaws[0] == pytest.approx(10.0)
    assert yaws[-1] == pytest.approx(20.0)
    assert np.abs(np.diff(yaws)).max() < 1.5


def test_eyes_that_are_calibrated_leave_the_zero_of_the_head():
    tracking = Tracking()
    tracking.play(2.0)
    tracking.presence.calibrate(tracking.now_ns, takes_zero=False)
    tracking.play(1.0)
    assert tracking.parts[-1].source.values[YAW] == pytest.approx(10.0)
    tracking.presence.calibrate(tracking.now_ns)
    tracking.play(1.0)
    assert tracking.parts[-1].source.values[YAW] == pytest.approx(0.0)


def test_a_head_is_led_to_when_it_will_be_seen():
    def yaw(lead_ms):
        presence = Presence()
        for number in range(30):  # 60 degrees a second
            now_ns = number * SECOND // 30
            pose = PoseInput.of({"headYaw": -30 + 2.0 * number})
            face = Face(now_ns, number, True, pose)
            (part,) = presence.follow(now_ns, face, PLAIN, lead_to_ns=now_ns + lead_ms * 1_000_000)
        return part.source.values[YAW]

    assert yaw(20) - yaw(0) == pytest.approx(1.2, rel=0.2)
