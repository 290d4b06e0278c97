import itertools

import pytest

from vtuber.voice.timing import Token, phones, words


def tokens(text, step_s=0.1, blank="@"):
    return [Token(c, step_s, c == blank) for c in text]


def test_marks_of_stress_belong_to_the_sound_behind_and_of_length_to_the_one_before():
    found = phones(tokens("ˈaːb"))
    assert [(p.sound, round(p.begin_s, 3), round(p.end_s, 3)) for p in found] == [
        ("a", 0.0, 0.3), ("b", 0.3, 0.4),
    ]  # fmt: skip


def test_blanks_are_divided_between_their_neighbours_and_the_first_is_silence():
    found = phones(tokens("@a@b@"))
    assert [(p.sound.strip(), round(p.begin_s, 3)) for p in found] == [
        ("", 0.0), ("a", 0.1), ("b", 0.25),
    ]  # fmt: skip


def test_a_short_space_does_not_shut_the_mouth_and_a_long_one_does():
    assert [p.sound for p in phones(tokens("a b", 0.05))] == ["a", "b"]
    assert [p.sound for p in phones(tokens("a b", 0.1))] == ["a", " ", "b"]


def test_sounds_have_no_gaps():
    found = phones(tokens("@ˈ@h@ə@l@ˈ@o@ʊ@,@ @w@ɜ@ː@l@d@.@", 0.03))
    for one, other in itertools.pairwise(found):
        assert one.end_s == pytest.approx(other.begin_s)


def test_words_are_between_the_spaces():
    found = words("Hi Bob", tokens("haɪ bɒb"))
    assert [(w.text, round(w.t_s, 3), round(w.end_s, 3)) for w in found] == [
        ("Hi", 0.0, 0.3), ("Bob", 0.4, 0.7),
    ]  # fmt: skip


def test_where_the_spaces_do_not_fit_words_share_the_time_by_their_length():
    found = words("It is 7", tokens("ɪtɪz sɛvən"))
    assert [w.text for w in found] == ["It", "is", "7"]
    assert found[0].t_s == 0.0
    assert found[-1].end_s == pytest.approx(1.0)


def test_nothing_has_no_words():
    assert phones([]) == ()
    assert words("a", []) == ()
