"""The performance of a script: what happens when, whatever the beat."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.script.plays import S, Show
from vtuber.core.command import SetExpression, SetParameter, WearOutfit, Zoom
from vtuber.core.errors import UserError
from vtuber.script.player import MOST_REACTIONS


def test_statements_come_one_after_the_other_at_their_own_times_not_at_the_beats():
    show = Show("@outfit a\n@wait 0.333\n@outfit b\n@wait 0.333\n@outfit c").play(1.0, fps=30)
    assert show.of("command") == [(0, "outfit a"), (0.333, "outfit b"), (0.666, "outfit c")]
    assert show.commands[2][1] == WearOutfit("c", performer="Mika")
    assert show.player.is_over


def test_a_cue_comes_with_its_word():
    show = Show("Mika: Hello [nod] and welcome [outfit b]").play(3.0)
    assert show.of("line") == [(0.1, "Hello and welcome")]
    assert show.of("gesture") == [(0.35, "nod")]  # with "and", after "Hello"
    assert show.of("command") == [(0.85, "outfit b")]  # behind the last word
    assert show.of("said")[0][0] == 0.85


def test_a_cue_behind_a_pause_comes_so_much_after_the_word_before():
    show = Show("Mika: Hello [outfit a] <0.4> [outfit b]").play(3.0)
    assert show.of("command") == [(0.35, "outfit a"), (0.75, "outfit b")]
    show = Show("Mika: Hello [outfit a] <0.2> [outfit b] <0.1> you").play(3.0)
    assert show.of("command") == [(0.35, "outfit a"), (0.55, "outfit b")]


def test_a_line_without_words_is_acted():
    show = Show("Mika: [outfit a] <0.5> [nod]\n@outfit b").play(2.0)
    assert show.of("command") == [(0, "outfit a"), (0.5, "outfit b")]
    assert show.of("gesture") == [(0.5, "nod")]


def test_the_face_of_a_direction_is_worn_while_the_line_is_heard():
    show = Show("@expression love\nMika (happy): Hello you\nMika: Plain").play(3.0)
    faces = [(t, c.name) for t, c in show.commands if isinstance(c, SetExpression)]
    assert faces == [(0, "love"), (0.1, "joy"), (0.6, "love")]


def test_the_next_line_waits_for_the_one_before():
    show = Show("Mika: one two\nMika: three").play(2.0)
    assert show.of("line") == [(0.1, "one two"), (0.7, "three")]


def test_par_does_all_at_once_and_goes_on_after_the_last():
    text = "@par\n@wait 1\n@seq\n@wait 0.2\n@outfit a\n@end\n@end\n@outfit b"
    assert Show(text).play(2.0).of("command") == [(0.2, "outfit a"), (1.0, "outfit b")]


def test_set_holds_for_a_time_and_lets_go():
    show = Show("@Mika set headYaw=10 over 0.5 hold 1").play(3.0)
    assert show.commands == [
        (0, SetParameter("headYaw", 10.0, 0.5, performer="Mika")),
        (1.5, SetParameter("headYaw", None, 0.5, performer="Mika")),
    ]  # fmt: skip


def test_the_camera_is_told_in_the_commands_of_the_show():
    ((at_s, command),) = Show("@camera zoom 1.4 over 1.0 ease").play(2.0).commands
    assert (at_s, command) == (0, Zoom(1.4, to=True, over_s=1.0, performer="camera"))


def test_loops_labels_and_goto():
    text = "label a:\nloop 2\n@wait 0.1\nend\nif plays < 3: goto a\nif plays a >= 3: @outfit b"
    show = Show(text).play(1.0)
    assert [at_s for at_s, _ in show.of("label")] == [0, 0.2, 0.4]
    assert show.of("command") == [(0.6, "outfit b")]


def test_else_is_done_when_the_condition_does_not_hold():
    show = Show("if seconds > 5:\n@outfit a\nelse:\n@outfit b\nend").play(0.1)
    assert show.of("command") == [(0, "outfit b")]


def test_chance_is_the_same_for_the_same_seed_and_another_for_another():
    text = "loop 40\nif chance < 0.5: @outfit a\nif chance >= 0.5: @outfit b\nend"
    told = [Show(text, seed).play(0.1).of("command") for seed in (1, 1, 2)]
    assert told[0] == told[1] != told[2]
    assert Show("@seed 1\n" + text, 9).play(0.1).of("command") == told[0]


def test_a_loop_that_takes_no_time_lets_the_beat_go_on():
    show = Show("loop\nif plays > 0: @outfit a\nend").play(0.1)
    assert not show.player.is_over


def test_an_event_is_answered_whenever_it_happens_and_goes_first():
    show = Show('on event "headpat": Mika: Hehe\nloop\nMika: a b c d\nend').play(0.5)
    assert show.player.happen("event", "headpat", round(0.5 * S))
    assert not show.player.happen("event", "hug", round(0.5 * S))
    show.play(3.0)
    assert [said.line.priority for said in show.voices.said if said.line.text == "Hehe"] == [1]


def test_wait_event_goes_on_when_it_happens():
    show = Show("@wait event go\n@outfit a").play(1.01, fps=100)
    assert not show.commands
    show.player.happen("event", "go", round(1.01 * S))
    assert show.play(2.0).of("command") == [(1.01, "outfit a")]


def test_a_script_brings_about_its_own_events_and_presses_its_own_keys():
    text = (
        'on event "pat": @outfit a\non key F2:\n@wait key F3\n@outfit b\nend\n'
        "@event pat\n@key F2\n@wait 0.5\n"
        "@par\n@key F3\n@wait event go\nMika: one [event go] two\n@end"
    )
    show = Show(text).play(2.0)
    outfits = [(at_s, c.name) for at_s, c in show.commands if isinstance(c, WearOutfit)]
    assert outfits == [(0, "a"), (0.5, "b")]
    assert show.player.is_over
    assert (0.85, "event go") in show.of("command"), "at the word"


def test_a_reaction_that_is_passed_again_is_not_there_twice():
    show = Show("label a:\non event x: Mika: [nod]\n@wait 1\ngoto a").play(5.5)
    show.player.happen("event", "x", round(5.5 * S))
    assert len(show.play(6.0).of("gesture")) == 1


def test_a_key_is_the_same_however_it_is_written():
    show = Show("on key pgup: @outfit a\n@par\n@wait key F2\n@key f2\n@end").play(0.1)
    assert show.player.is_over
    assert show.player.happen("key", "page_up", S // 10)


def test_lines_that_are_not_said_are_not_asked_about_again_and_again():
    show = Show("loop\nMika: one\nend")
    show.voices.blocks = True
    assert 5 <= len(show.play(1.0, fps=10).voices.said) <= 11


def test_what_waits_for_nothing_that_comes_is_stuck_and_says_for_what():
    show = Show("@par\n@wait event go\n@wait 0.2\n@end").play(0.1)
    assert not show.player.is_stuck
    assert show.play(0.5).player.is_stuck
    assert show.player.awaited == ("event go",)


def test_who_floods_a_show_with_events_fills_no_memory():
    show = Show("on event a: @wait 100\n@wait 1").play(0.1)
    for _ in range(1000):
        show.player.happen("event", "a", S // 10)
    assert len(show.player._tasks) <= 1 + MOST_REACTIONS


def test_the_gestures_of_words_that_are_not_heard_are_not_made_and_commands_are():
    show = Show("Mika: one two [nod] three [outfit a] four\n@outfit b").play(0.3)
    show.voices.break_off(round(0.3 * S))
    show.play(2.0)
    assert show.of("gesture") == []
    assert show.of("command") == [(0.3, "outfit a"), (0.3, "outfit b")]


def test_pause_keeps_what_is_left_of_a_wait():
    show = Show("@wait 1\n@outfit a").play(0.4)
    show.player.pause(round(0.4 * S))
    show.play(5.0)
    show.player.resume(5 * S)
    assert show.play(6.0).of("command") == [(5.6, "outfit a")]


def test_skip_ends_what_is_waited_for():
    show = Show("@wait 100\n@outfit a").play(1.0)
    show.player.skip(1 * S)
    assert show.play(1.5).of("command") == [(1.0, "outfit a")]


def test_skip_ends_the_parts_of_a_par_before_it_goes_on():
    show = Show("@par\n@wait 100\nMika (happy): a b c d e f\n@end\nlabel after:").play(1.0)
    show.player.skip(1 * S)
    assert show.play(1.5).of("label") == [(1.0, "after")]
    faces = [(t, c.name) for t, c in show.commands if isinstance(c, SetExpression)]
    assert faces == [(0.1, "joy"), (1.0, "neutral")]


def test_a_jump_out_of_a_line_gives_back_the_face_and_what_was_held():
    show = Show("@par\nMika (happy): a b c d e f\n@set headYaw=5 hold 9\n@end\nlabel after:").play(
        0.5
    )
    show.player.jump("after", S // 2)
    show.play(1.0)
    assert SetParameter("headYaw", None, 0.2) in [command for _, command in show.commands]
    faces = [(t, c.name) for t, c in show.commands if isinstance(c, SetExpression)]
    assert faces == [(0.1, "joy"), (0.5, "neutral")]
    assert show.of("said") == [(0.5, "a b c d e f")]


def test_a_reaction_that_goes_elsewhere_breaks_off_what_is_said_and_forgets_what_waits():
    text = (
        "on event stop: goto after\n@par\nMika: a b c d e f\nMika: g h\n@end\nlabel after:\nMika: i"
    )
    show = Show(text).play(0.5)
    assert show.player.happen("event", "stop", S // 2)
    show.play(2.0)
    assert [(said.line.text, said.is_gone) for said in show.voices.said] == [
        ("a b c d e f", True), ("g h", True), ("i", False),
    ]  # fmt: skip
    assert show.of("line")[-1] == (0.6, "i")


def test_what_begins_during_a_pause_waits_from_then_on():
    show = Show("@wait 100\nlabel after:\n@wait 2\n@outfit a").play(1.0)
    show.player.pause(1 * S)
    show.player.jump("after", 11 * S)
    show.player.resume(11 * S)
    show.now_s = 11.0
    assert show.play(14.0).of("command") == [(13.0, "outfit a")]


def test_jump_and_restart():
    show = Show("@wait 100\nlabel end_of_it:\n@outfit a").play(1.0)
    show.player.jump("end_of_it", 1 * S)
    assert show.play(1.5).of("command") == [(1.0, "outfit a")]
    with pytest.raises(UserError, match="did you mean end_of_it"):
        show.player.jump("endofit", 1 * S)
    show.player.restart(2 * S)
    assert not show.player.is_over


def test_a_gesture_moves_its_parameters_and_leaves_them_again():
    show = Show("Mika: [nod]")
    pitches = []
    for beat in range(90):
        pose = show.player.advance(round(beat / 60 * S)).poses.get("Mika")
        pitches.append(float(pose.values[pose.weights > 0].sum()) if pose is not None else 0.0)
    assert min(pitches) == pytest.approx(-12, abs=0.1)
    assert pitches[-1] == 0
    assert max(abs(b - a) for a, b in itertools.pairwise(pitches)) < 1.0


def test_a_script_comes_to_rest_with_its_last_gesture():
    show = Show("Mika: [nod]").play(0.5)
    assert show.player.is_over
    assert not show.player.has_come_to_rest(S // 2)
    assert show.play(1.1).player.has_come_to_rest(S + S // 10)


BITS = st.sampled_from(
    ["@wait 0.37", "Mika: one [nod] two", "@par\nMika: x [outfit a] y\n@wait 0.21\n@end",
     "loop 3\n@wait 0.05\n@outfit b\nend", "if chance < 0.5: @outfit c", "@set headYaw=3 over 0.1"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(BITS, max_size=8).map("\n".join), st.sampled_from([7.0, 24.0, 59.94, 240.0]))
def test_every_rate_of_beats_gives_the_same_performance(text, fps):
    shows = [Show(text).play(12.0, rate) for rate in (30.0, fps)]
    first, second = ([(c.at_ns, c.kind, c.what) for c in show.cued] for show in shows)
    assert first == second
    assert shows[0].commands == shows[1].commands


def test_a_track_moves_the_cast_from_its_statement_on_until_it_ends():
    show = Show("@wait 0.2\n@track take.jsonl\n@wait track\n@outfit b").play(2.0, fps=10)
    assert show.faces[:2] == [{}, {}]
    assert show.faces[2] == {"Mika": 0, "Bo": 0}
    assert show.faces[6] == {"Mika": 4, "Bo": 4}, "whose last face it is"
    assert show.faces[7] == {"Mika": 5}
    assert show.faces[11:] == [{"Mika": 9}] + [{}] * 9
    assert show.of("command") == [(1.1, "outfit b")]


def test_a_track_of_one_performer_is_ended_or_goes_on_behind_a_pause():
    show = Show("@Bo track take.jsonl\n@wait 0.5\n@track off").play(0.2, fps=10)
    show.player.pause(round(0.2 * S))
    show.play(1.2, fps=10)
    assert show.faces[-1] == {"Bo": 2}, "it waits, too"
    show.player.resume(round(1.2 * S))
    show.play(1.4, fps=10)
    assert show.faces[-1] == {"Bo": 4}
    assert show.play(1.6, fps=10).faces[-1] == {}


def test_wait_until_counts_from_the_beginning_and_not_from_now():
    show = Show("@wait 0.4\n@outfit a\n@wait until 0.9\n@outfit b\n@wait until 0.5\n@outfit c")
    assert show.play(2.0).of("command") == [(0.4, "outfit a"), (0.9, "outfit b"), (0.9, "outfit c")]
    show = Show("@wait until 1\n@outfit a").play(0.5)
    show.player.pause(round(0.5 * S))
    show.player.resume(round(2.5 * S))
    show.now_s = 2.5
    assert show.play(4.0).of("command") == [(3.0, "outfit a")], "a pause counts for nothing"
