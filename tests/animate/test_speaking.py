from vtuber.animate.speaking import COMES_S, GOES_S, Speaking
from vtuber.core.pose import PoseInput
from vtuber.core.speech import Mouth

SECOND = 1_000_000_000
JOY, ANGER = PoseInput.of({"mouthSmileLeft": 1.0}), PoseInput.of({"browAngryLeft": 1.0})
HAS = {"joy": JOY, "anger": ANGER}


def mouth(expression):
    return Mouth(PoseInput.of({}), expression)


def gains(speaking, at_s, said):
    parts = speaking.parts(round(at_s * SECOND), None if said is None else mouth(said), HAS)
    return {"joy" if part.source is JOY else "anger": round(part.gain, 2) for part in parts}


def test_a_face_comes_with_the_words_and_goes_after_them():
    speaking = Speaking()
    assert gains(speaking, 0.0, "joy") == {}
    assert gains(speaking, COMES_S / 2, "joy") == {"joy": 0.5}
    assert gains(speaking, COMES_S, "joy") == {"joy": 1.0}
    assert gains(speaking, 1.0, None) == {"joy": 1.0}
    assert gains(speaking, 1.0 + GOES_S / 2, None) == {"joy": 0.5}
    assert gains(speaking, 1.0 + GOES_S, None) == {}


def test_one_face_fades_into_the_next():
    speaking = Speaking()
    gains(speaking, 0.0, "joy")
    gains(speaking, 1.0, "anger")
    both = gains(speaking, 1.0 + COMES_S / 2, "anger")
    assert both["anger"] == 0.5
    assert 0.5 < both["joy"] < 1.0


def test_a_face_that_the_avatar_lacks_changes_nothing():
    speaking = Speaking()
    gains(speaking, 0.0, "smug")
    assert gains(speaking, 1.0, "smug") == {}
