import pytest

from vtuber.animate.lipsync import SHAPES, pose_of
from vtuber.core.pose import BASE
from vtuber.core.speech import Mouth
from vtuber.shows.talk.listening import Listening

JAW = BASE.index["jawOpen"]
BEAT_NS = 16_666_667


class Hearing:
    """A microphone that hears what it is told."""

    name, blocks, heard = "desk", 0, None

    def run(self, stop):
        stop.wait()

    def check(self):
        """It is there."""

    def shares(self, now_ns):
        return self.heard


@pytest.fixture
def show():
    microphone = Hearing()
    return microphone, Listening(microphone, "performer")


def play(listening, spoken, beats, begin=0):
    for beat in range(begin, begin + beats):
        mouths = listening.under(spoken, beat * BEAT_NS)
    return mouths


def test_a_microphone_that_says_nothing_leaves_mouths_alone(show):
    spoken = {"second": Mouth(pose_of(SHAPES["oh"]))}
    assert play(show[1], spoken, 3) is spoken


def test_what_it_hears_moves_the_mouth_of_its_performer(show):
    microphone, listening = show
    microphone.heard = (("aa", 0.8), ("oh", 0.0))
    pose = play(listening, {}, 30)["performer"].pose
    assert pose.values[JAW] == pytest.approx(0.8 * 0.75)
    assert pose.weights[JAW] == 1.0
    microphone.heard = (("aa", 0.0), ("oh", 0.0))
    pose = play(listening, {}, 1, 30)["performer"].pose
    assert (pose.values[JAW], pose.weights[JAW]) == (0.0, 1.0)  # it knows that it is shut


def test_the_camera_takes_over_softly_when_it_is_unplugged(show):
    microphone, listening = show
    microphone.heard = (("aa", 1.0),)
    play(listening, {}, 30)
    microphone.heard = None
    weights = []
    for beat in range(30, 60):
        mouth = listening.under({}, beat * BEAT_NS).get("performer")
        weights.append(0.0 if mouth is None else mouth.pose.weights[JAW])
    assert weights[-1] == 0.0
    assert 0.2 < weights[7] < 0.8


def test_the_voice_goes_before_it(show):
    microphone, listening = show
    microphone.heard = (("aa", 1.0),)
    play(listening, {}, 30)
    half = {"performer": Mouth(pose_of(SHAPES["PP"], 0.5), "joy")}
    mouth = listening.under(half, 31 * BEAT_NS)["performer"]
    assert mouth.expression == "joy"
    assert mouth.pose.values[JAW] == pytest.approx(0.375)
    assert mouth.pose.weights[JAW] == 1.0
    whole = {"performer": Mouth(pose_of(SHAPES["PP"]))}
    assert listening.under(whole, 32 * BEAT_NS)["performer"].pose.values[JAW] == 0.0
