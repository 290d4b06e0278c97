import itertools

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line
from vtuber.voice.engines.espeak import Options, Voice
from vtuber.voice.styles import STYLES


@pytest.fixture(scope="module")
def espeak():
    voice = Voice(Options(), VoiceContext())
    try:
        voice.open()
    except UserError as error:
        pytest.skip(str(error))
    return voice


def whole(voice, text, **more):
    found = list(voice.speak(Line(text, **more)))
    return np.concatenate([piece.samples for piece in found]), found


def visemes(found):
    return [viseme for piece in found for viseme in piece.visemes]


def test_it_speaks_and_lips_close_on_the_sounds_that_need_it(espeak):
    samples, found = whole(espeak, "Papa, Mama, baby.")
    assert np.abs(samples).max() > 0.1
    closed = [v for v in visemes(found) if v.viseme == "PP"]
    assert len(closed) == 6
    assert 1.0 < len(samples) / 48_000 < 3.0


def test_two_voices_of_one_process_speak_each_as_themselves(espeak):
    _, before = whole(espeak, "Good morning.")
    german = Voice(Options("de"), VoiceContext())
    german.open()
    sound, other = whole(german, "Good morning.")
    own, after = whole(espeak, "Good morning.")
    assert len(sound)
    assert len(own)
    shown, again, foreign = ([v.viseme for v in visemes(f)] for f in (before, after, other))
    assert shown == again != foreign


def test_a_language_that_several_voices_speak_is_spoken(espeak):
    british = Voice(Options("en-gb"), VoiceContext())
    british.open()
    _, found = whole(british, "Bath.")
    assert len(visemes(found)) >= 3


def test_a_voice_that_is_misspelt_is_answered_with_the_nearest(espeak):
    with pytest.raises(UserError, match=r"no voice 'cnm'; did you mean cmn\?"):
        Voice(Options("cnm"), VoiceContext()).open()


def test_visemes_lie_where_the_sound_is(espeak):
    samples, found = whole(espeak, "Ah [pause 1] ah.")
    for viseme in visemes(found):
        at = round(viseme.t_s * 48_000)
        if viseme.viseme == "aa":
            assert np.abs(samples[at : at + 2400]).max() > 0.05
    silent = samples[round(0.6 * 48_000) : round(0.9 * 48_000)]
    assert np.abs(silent).max() < 0.01


def test_words_are_those_of_the_text_in_their_order(espeak):
    _, found = whole(espeak, "It costs 3.50, Bob!")
    words = [word for piece in found for word in piece.words]
    assert [word.text for word in words] == ["It", "costs", "3.50,", "Bob!"]
    assert all(one.end_s <= other.t_s + 1e-9 for one, other in itertools.pairwise(words))


def pitch_hz(samples):
    """Give the strongest rate of a vowel between 60 and 400 Hz, by autocorrelation."""
    part = samples[4_800:19_200] - samples[4_800:19_200].mean()
    likeness = np.correlate(part, part, "full")[len(part) - 1 :]
    shortest, longest = 48_000 // 400, 48_000 // 60
    return 48_000 / (shortest + int(np.argmax(likeness[shortest:longest])))


def test_a_style_is_heard(espeak):
    plain, happy, sad = (
        whole(espeak, "Aaah, no.", style=style)[0] for style in ("", "happy", "sad")
    )
    assert len(happy) < len(plain) < len(sad)
    assert np.square(sad).mean() < np.square(happy).mean()


def test_a_style_changes_the_pitch(espeak):
    low, plain, high = (
        whole(espeak, "Aaah, no.", style=style, speed=1 / STYLES[style or "neutral"].speed)[0]
        for style in ("sad", "", "happy")  # all as fast
    )
    assert pitch_hz(low) < pitch_hz(plain) < pitch_hz(high)


def test_other_scripts_are_refused_or_read_by_a_voice_of_theirs(espeak):
    with pytest.raises(UserError, match="cannot read Chinese characters"):
        whole(espeak, "你好")
    with pytest.raises(UserError, match="no voice 'nonesuch'"):
        Voice(Options(voice="nonesuch"), VoiceContext()).open()


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(UserError, match="rate=20: give 80 to 450"):
        Voice(Options(rate=20), VoiceContext())
