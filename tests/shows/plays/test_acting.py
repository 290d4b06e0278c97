"""A script in a live show: the same pictures as its film, and steered by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.shows.live.test_show import NoKeys
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.picture import Picture
from vtuber.core.ports import VoiceContext
from vtuber.core.pose import PoseInput
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Mouth
from vtuber.image.alpha import straight
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.meter import Meter
from vtuber.script.deeds import Cued
from vtuber.script.statements import Script
from vtuber.settings import Settings
from vtuber.shows.faces.intake import Nobody
from vtuber.shows.film.recorded import RecordedSpeech
from vtuber.shows.film.rehearsal import moment_ns
from vtuber.shows.film.voices import Speakers
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import Sinks, parse_outputs
from vtuber.shows.plays.acting import Acting, LiveVoices
from vtuber.shows.plays.casting import Play, play_of
from vtuber.shows.plays.performance import Performance
from vtuber.shows.plays.scripted import Engine
from vtuber.shows.talk.liveline import LiveLine
from vtuber.shows.talk.mouths import NOTHING

FPS = 25  # a beat of 40 ms: both count the same nanoseconds
TEXT = """\
@cast Mika avatar="{0}" voice=silent
on event "headpat": Mika: Hehe.
label one:
Mika (happy): Hello [nod] you
@camera zoom 1.2 over 0.3
label two:
Mika: Again [bow]
@wait 0.2
"""


def recorded() -> RecordedSpeech:
    return RecordedSpeech(Speakers({"Mika": "silent"}, lambda why: None, VoiceContext()))


class OnTheBeat(RecordedSpeech):
    """The voices of a film in a live show, which asks how mouths are when the picture is seen."""

    clock: ManualClock

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        return super().mouths(self.clock.now_ns())


class Kept(Sinks):
    """Sinks that keep every picture."""

    pixels: list[np.ndarray]

    def offer(self, picture: Picture, now_ns: int) -> None:
        self.pixels.append(straight(picture.rgba, picture.alpha_box).copy())
        super().offer(picture, now_ns)


class Live:
    """A live show of a script on a clock that jumps."""

    def __init__(
        self, play: Play, *orders: tuple[float, str], intake: Nobody | None = None
    ) -> None:
        self.said: list[str] = []
        self.poses: list[Mapping[str, float]] = []  # of the first of the cast, beat by beat
        poses = self.poses
        self.cued: list[Cued] = []
        clock, meter = ManualClock(0), Meter()
        settings = Settings.model_validate({"size": "64x64", "fps": FPS})
        self.sinks = Kept(
            parse_outputs(("null",), None, float(FPS)), (64, 64), clock, meter, self.said.append
        )
        self.sinks.pixels = []
        speech = OnTheBeat(Speakers({"Mika": "silent"}, lambda why: None, VoiceContext()))
        speech.clock = clock
        self.acting = Acting(play, speech, note=self.cued.append)
        left = list(orders)

        class Ordered(Direction):
            def follow(self, stage, now_ns: int) -> None:
                while left and left[0][0] <= now_ns / 1e9:
                    self.offer(parse_command(left.pop(0)[1]))
                super().follow(stage, now_ns)
                poses.append(stage.standing("Mika", now_ns).pose or {})

        def direct(end: Callable[[], None]) -> Direction:
            transparent = Settings(background="transparent")
            return Ordered(
                transparent, None, NoKeys, self.said.append, end, clock, acting=self.acting
            )

        self.show = LiveShow(
            settings, intake or Nobody(), self.sinks, meter, clock,
            Announcer(self.said.append, lambda status: None), direct,
        )  # fmt: skip


@pytest.fixture(scope="module")
def play(bundle: Path) -> Play:
    return play_of(Script.from_text(TEXT.format(bundle)))


def test_a_live_show_without_a_camera_has_the_pictures_of_the_film(play: Play):
    live = Live(play)
    live.show.run(10.0)
    with Engine(None, (64, 64)) as engine:
        performance = Performance(play, recorded(), engine)
        film = []
        for frame in range(len(live.sinks.pixels)):
            performance.go_to(moment_ns(frame, Fraction(FPS)))
            film.append(engine.rgba())
    assert 40 < len(film) < 200, "it ended with its script"
    others = [n for n, p in enumerate(film) if not np.array_equal(p, live.sinks.pixels[n])]
    assert others == []
    assert len({p.tobytes() for p in film}) > 20, "it moves"


def said(live: Live) -> list[str]:
    return [cued.what for cued in live.cued if cued.kind in ("line", "label")]


def test_an_event_a_jump_and_a_restart_reach_the_script(play: Play):
    live = Live(play, (0.2, "script jump two"))
    live.show.run(10.0)
    assert said(live) == ["one", "Hello you", "two", "Again"]
    live = Live(play, (0.1, "event headpat"), (0.12, "event nothing"), (1.5, "script restart"))
    live.show.run(10.0)
    assert said(live)[:3] == ["one", "Hello you", "Hehe."]
    assert said(live).count("Hello you") == 2
    assert "nothing waits for nothing" in live.said


def test_an_urgent_reaction_breaks_off_the_line_and_the_script_goes_on(bundle: Path):
    text = (
        f'@cast Mika avatar="{bundle}" voice=silent\non event stop: Mika (urgent): Stop!\n'
        "on key F2: Mika (urgent): A key!\n"
        "Mika (happy): one two three four five [nod] six seven\nlabel after:\n@wait 1"
    )
    play = play_of(Script.from_text(text))
    whole, broken = Live(play), Live(play, (0.5, "event stop"), (1.5, "key f2"))
    assert broken.acting.keys == {"F2"}
    for live in (whole, broken):
        live.show.run(20.0)
    assert said(broken) == ["one two three four five six seven", "after", "Stop!", "A key!"]
    first = next(c for c in broken.cued if c.kind == "said")
    assert first.at_ns == pytest.approx(0.52e9, abs=30e6), "the beat after, in 20 ms"
    assert [c.what for c in whole.cued if c.kind == "gesture"] == ["nod"]
    assert not [c for c in broken.cued if c.kind == "gesture"], "its word was never heard"


class Facing(Nobody):
    """A face that looks up, to the left."""

    def face(self, now_ns: int, performer: int = 1) -> Face:
        pose = PoseInput.of({"headYaw": -15.0, "headPitch": 8.0})
        return Face(now_ns, now_ns, True, pose)


def test_a_gesture_comes_in_softly_over_a_tracked_face_and_hands_back(bundle: Path):
    text = f'@cast Mika avatar="{bundle}" voice=silent\n@wait 1.5\nMika: [nod]\n@wait 2'
    live = Live(play_of(Script.from_text(text)), intake=Facing())
    live.show.run(20.0)
    poses = live.poses[FPS // 2 :]  # the face has come in
    pitch, yaw = (np.array([p[name] for p in poses]) for name in ("headPitch", "headYaw"))
    assert pitch.min() < -5, "it nods"
    assert np.abs(pitch[[0, FPS // 2, -1]] - 8.0).max() < 1.5, "before and after, the face has it"
    assert np.abs(np.diff(pitch)).max() < 11, "from 8 to -13 degrees in four beats"
    assert np.ptp(yaw) < 1.5, "what the gesture does not name stays with the face"


def test_a_script_that_is_paused_waits_and_goes_on(play: Play):
    short, long = Live(play), Live(play, (0.5, "script pause"), (2.5, "script resume"))
    frames = [live.show.run(20.0)["frames"] for live in (short, long)]
    assert frames[1] - frames[0] == pytest.approx(2.0 * FPS, abs=FPS * 0.6)
    assert said(short) == said(long)


def test_a_wrong_step_or_label_is_said(play: Play):
    live = Live(play, (0.1, "script jump tow"), (0.1, "script stop"))
    live.show.run(1.0)
    assert "the script has no label called 'tow'; did you mean two? It has: one, two" in live.said
    assert any("no step called 'stop'" in sentence for sentence in live.said)
    with pytest.raises(UserError, match="does not steer itself"):
        play_of(Script.from_text("Mika: Hi\n@script pause"))


def test_a_live_line_knows_when_it_was_heard_only_once_it_was():
    line = LiveLine("Mika", first=4800, end=9600)
    line.look(50_000_000, 0.05 * SAMPLE_RATE_HZ)
    assert (line.start_ns, line.end_ns) == (None, None)
    line.look(133_000_000, 0.133 * SAMPLE_RATE_HZ)
    assert line.start_ns == pytest.approx(100_000_000, abs=10)
    line.look(300_000_000, 0.3 * SAMPLE_RATE_HZ)
    assert (line.start_ns, line.end_ns) == pytest.approx((100_000_000, 200_000_000), abs=10)


def test_a_live_line_that_is_gone_lets_the_script_go_on():
    line = LiveLine("Mika", is_gone=True)
    line.look(7, 0.0)
    assert (line.start_ns, line.end_ns) == (7, 7)


class Faced:
    """A speech in which everybody is heard, happily."""

    def say(self, line: Line, names: Sequence[str]) -> LiveLine:
        return LiveLine(line.performer)

    def look(self, lines: Sequence[LiveLine], now_ns: int) -> None:
        for line in lines:
            line.start_ns = now_ns

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        return {name: Mouth(NOTHING, "joy") for name in ("Mika", "Juno")}


def test_what_is_said_beside_a_script_brings_its_face_and_its_own_lines_do_not():
    voices = LiveVoices(Faced())  # type: ignore[arg-type]
    voices.say(Line("Hi", performer="Mika"), 0)
    assert {n: m.expression for n, m in voices.mouths(0).items()} == {"Mika": "joy", "Juno": "joy"}
    voices.look(0)
    assert {n: m.expression for n, m in voices.mouths(0).items()} == {"Mika": "", "Juno": "joy"}
