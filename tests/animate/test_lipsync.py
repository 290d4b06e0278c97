import numpy as np
import pytest

from tests.animate.show import Show
from vtuber.animate.lipsync import LEAD_S, MOUTH, SHAPES, SHUT_S, VISEMES, Lipsync, pose_of
from vtuber.animate.mix import Part, mix
from vtuber.core.face import Face
from vtuber.core.pose import BASE, Pose, PoseInput
from vtuber.core.speech import SAMPLE_RATE_HZ, Mouth, Utterance, Viseme

BEAT_S = 1 / 60
JAW = MOUTH.index("jawOpen")


def piece(seconds, *visemes, start_s=0.0):
    samples = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
    return Utterance(samples, start_s, tuple(Viseme(t, name) for t, name in visemes))


class Playing:
    """A speaker that begins to be heard at a time, and stops where nothing is queued."""

    def __init__(self, begin_s=0.5):
        self.begin_s, self.queued_s = begin_s, 0.0

    def put(self, lips, spoken):
        lips.add(round(self.queued_s * SAMPLE_RATE_HZ), spoken)
        self.queued_s += len(spoken.samples) / SAMPLE_RATE_HZ

    def heard(self, now_ns):
        return min(max(0.0, now_ns / 1e9 - self.begin_s), self.queued_s) * SAMPLE_RATE_HZ


def watch(lips, playing, until_s, hz=60, name="jawOpen", begin_s=0.0):
    """Give times, values and weights of a mouth's parameter."""
    times = begin_s + np.arange(round((until_s - begin_s) * hz)) / hz
    poses = [lips.at(round(t * 1e9), playing.heard) for t in times]
    at = BASE.index[name]
    values = np.array([0.0 if pose is None else pose.values[at] for pose in poses])
    weights = np.array([0.0 if pose is None else pose.weights[at] for pose in poses])
    return times, values, weights


def test_every_viseme_has_a_shape_that_moves_the_mouth_only():
    assert set(SHAPES) == set(VISEMES)
    for name in VISEMES:
        pose = pose_of(SHAPES[name])
        moved = {BASE.names[i] for i in np.flatnonzero(pose.weights)}
        assert moved == set(MOUTH)
    assert not any("mile" in name or "rown" in name for name in MOUTH)  # the face's own


@pytest.mark.parametrize("viseme", ["PP", "sil"])
def test_lips_that_meet_are_shut(viseme):
    assert SHAPES[viseme][JAW] == 0.0


def test_the_vowels_differ_as_on_the_chart():
    jaw = {name: SHAPES[name][JAW] for name in ("aa", "E", "ih", "oh", "ou")}
    assert jaw["aa"] > jaw["oh"] > jaw["E"] > jaw["ih"] > jaw["ou"] > 0
    funnel, stretch = MOUTH.index("mouthFunnel"), MOUTH.index("mouthStretchLeft")
    assert min(SHAPES[v][funnel] for v in ("oh", "ou")) > 0.3
    assert SHAPES["ih"][stretch] > SHAPES["E"][stretch] > 0.3


def test_the_mouth_is_a_little_ahead_of_what_is_heard():
    lips, playing = Lipsync(), Playing(begin_s=0.5)
    playing.put(lips, piece(1.0, (0.0, "sil"), (0.4, "aa"), (0.7, "sil")))
    times, jaw, weights = watch(lips, playing, 2.0, hz=1000)
    shown = jaw * weights
    half = SHAPES["aa"][JAW] / 2
    opens, shuts = times[shown > half][[0, -1]]
    assert opens == pytest.approx(0.5 + 0.4 - LEAD_S, abs=0.003)
    assert shuts == pytest.approx(0.5 + 0.7 - LEAD_S, abs=0.003)


def test_a_mouth_waits_for_the_device():
    lips, playing = Lipsync(), Playing(begin_s=0.5)
    playing.put(lips, piece(1.0, (0.0, "aa"), (1.0, "sil")))
    times, jaw, weights = watch(lips, playing, 2.0, hz=1000)
    shown = jaw * weights
    assert not shown[times < 0.5 - 0.1].any()
    assert times[shown > SHAPES["aa"][JAW] / 2][0] == pytest.approx(0.5 - 0.015, abs=0.02)


@pytest.mark.parametrize("length_s", [0.02, 0.05, 0.12])
@pytest.mark.parametrize("hz", [30, 60])
def test_lips_close_for_a_picture_at_least_however_short_the_p(length_s, hz):
    for shift in np.linspace(0, 1 / hz, 7):
        lips, playing = Lipsync(), Playing(begin_s=0.2 + shift)
        playing.put(
            lips, piece(0.8, (0.0, "aa"), (0.4, "PP"), (0.4 + length_s, "aa"), (0.8, "sil"))
        )
        times, jaw, weights = watch(lips, playing, 1.1, hz)
        near = np.abs(times - playing.begin_s - 0.4 - SHUT_S / 2) < 0.1
        assert (jaw * weights)[near].min() < 0.02
        assert (jaw * weights)[near].max() > 0.5


def test_nothing_jumps():
    lips, playing = Lipsync(), Playing(begin_s=0.2)
    visemes = [(0.09 * i, name) for i, name in enumerate(VISEMES)]
    playing.put(lips, piece(1.5, *visemes))
    poses = [lips.at(round(t * 1e6), playing.heard) for t in range(0, 2500, 2)]
    shown = np.array([np.zeros(len(BASE)) if p is None else p.values * p.weights for p in poses])
    assert np.abs(np.diff(shown, axis=0)).max() < 0.08  # in 2 ms


def test_pieces_of_a_line_join_without_a_seam():
    whole, parts = Lipsync(), Lipsync()
    one, other = Playing(), Playing()
    visemes = ((0.0, "aa"), (0.3, "ih"), (0.55, "PP"), (0.62, "oh"))
    one.put(whole, piece(1.0, *visemes))
    for begin in (0.0, 0.25, 0.5, 0.75):
        new = [(t, name) for t, name in visemes if begin <= t < begin + 0.25]
        other.put(parts, piece(0.25, *new, start_s=begin))
    assert np.allclose(watch(whole, one, 2.0)[1], watch(parts, other, 2.0)[1], atol=1e-5)


def test_when_the_voice_is_late_the_mouth_shuts_and_goes_on_with_it():
    lips, playing = Lipsync(), Playing(begin_s=0.0)
    playing.put(lips, piece(0.5, (0.0, "aa")))
    _, _, weights = watch(lips, playing, 1.0)
    assert weights[-1] == 0.0
    playing.begin_s = 0.5  # it stood still at 0.5 s until now
    playing.put(lips, piece(0.5, (0.6, "oh"), start_s=0.5))
    _, jaw, weights = watch(lips, playing, 1.4, begin_s=1.0)
    assert (jaw * weights).max() > 0.6


def test_silence_lets_the_mouth_go_and_later_speech_moves_it():
    lips, playing = Lipsync(), Playing(begin_s=0.0)
    playing.put(lips, piece(3.0, (0.0, "aa"), (3.0, "sil")))
    watch(lips, playing, 1.0)
    playing.queued_s = 1.02
    lips.cut(round(1.02 * SAMPLE_RATE_HZ))
    _, jaw, weights = watch(lips, playing, 2.0, begin_s=1.0)
    assert (jaw * weights)[-1] == weights[-1] == 0.0
    playing.begin_s = 2.0 - 1.02
    playing.put(lips, piece(0.5, (0.1, "oh"), (0.4, "sil")))
    _, jaw, weights = watch(lips, playing, 2.4, begin_s=2.0)
    assert (jaw * weights).max() == pytest.approx(SHAPES["oh"][JAW], abs=0.01)


def test_what_others_say_moves_no_mouth():
    lips, playing = Lipsync(), Playing(begin_s=0.0)
    playing.put(lips, piece(0.5, (0.0, "aa")))
    playing.queued_s = 2.0  # somebody else's
    playing.put(lips, piece(0.5, (0.0, "oh")))
    times, _, weights = watch(lips, playing, 3.0)
    assert not weights[(times > 0.8) & (times < 1.85)].any()
    assert weights[(times > 2.05) & (times < 2.4)].min() == 1.0


def test_a_long_show_keeps_nothing_of_what_was_said():
    lips, playing = Lipsync(), Playing(begin_s=0.0)
    for second in range(100):
        playing.put(lips, piece(1.0, *((0.1 * i, "aa") for i in range(10))))
        lips.at(second * 1_000_000_000, playing.heard)
    assert len(lips._times) < 40
    assert len(lips._spans) <= 2


class TestMixing:
    camera = PoseInput.of({"jawOpen": 0.5, "mouthSmileLeft": 0.8})

    def mixed(self, sound, **how):
        return mix(BASE, [Part(self.camera), Part(sound, **how)])

    def test_sound_takes_the_mouth_and_leaves_the_smile(self):
        pose = self.mixed(pose_of(SHAPES["PP"]))
        assert pose["jawOpen"] == 0.0
        assert pose["mouthSmileLeft"] == pytest.approx(0.8)

    def test_the_stronger_of_both_opens_only(self):
        assert self.mixed(pose_of(SHAPES["PP"]), is_stronger=True)["jawOpen"] == 0.5
        assert self.mixed(pose_of(SHAPES["aa"]), is_stronger=True)["jawOpen"] == 0.75

    def test_half_a_weight_is_half_the_way(self):
        assert self.mixed(pose_of(SHAPES["PP"], 0.5))["jawOpen"] == 0.25
        assert isinstance(self.mixed(pose_of(SHAPES["PP"])), Pose)


class TestPerformer:
    """Who moves the mouth of an avatar."""

    camera = {"jawOpen": 0.5, "mouthSmileLeft": 0.6, "mouthSmileRight": 0.6}  # noqa: RUF012

    def jaw(self, avatar, mouth, viseme, **behaviour):
        show = Show(avatar, mouth=mouth, mirror=False, **behaviour)
        show.play(1.0, self.camera)
        face = Face(show.now_ns, 0, True, PoseInput.of(self.camera))
        spoken = Mouth(pose_of(SHAPES[viseme])) if viseme else None
        return show.performer.advance(show.now_ns + 1, face, mouth=spoken).pose["jawOpen"]

    @pytest.mark.parametrize(
        ("mouth", "viseme", "jaw"),
        [
            ("sound", "PP", 0.0),
            ("sound", "aa", 0.75),
            ("sound", None, 0.5),
            ("camera", "aa", 0.5),
            ("both", "PP", 0.5),
            ("both", "aa", 0.75),
        ],
    )
    def test_the_setting_says_who(self, avatar, mouth, viseme, jaw):
        assert self.jaw(avatar, mouth, viseme) == pytest.approx(jaw, abs=0.03)
