"""A live show is written down as a script, which performed again is the same show."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.shows.live.test_show import NoKeys
from tests.shows.plays.test_acting import FPS, OnTheBeat
from vtuber.animate.performer import Behaviour
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.ports import VoiceContext
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.speech import SAMPLE_RATE_HZ, Line
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.meter import Meter
from vtuber.script.statements import Order, Say, Script
from vtuber.settings import Settings
from vtuber.shows.faces.intake import Performance as BuiltIn
from vtuber.shows.film.recorded import RecordedSpeech
from vtuber.shows.film.rehearsal import moment_ns
from vtuber.shows.film.voices import Speakers
from vtuber.shows.live import scriptlog
from vtuber.shows.live.assemble import Wishes, assemble
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.scriptlog import Acted, ScriptLog, script_log
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import Sinks, parse_outputs
from vtuber.shows.plays.casting import play_of, read_play
from vtuber.shows.plays.performance import Performance
from vtuber.shows.plays.scripted import Engine
from vtuber.shows.talk.liveline import LiveLine
from vtuber.stage import Stage

S = 1_000_000_000


def silent() -> Speakers:
    return Speakers({"performer": "silent"}, lambda why: None, VoiceContext())


class Speaking(OnTheBeat):
    """The voice of a film, for the commands of a live show."""

    watched = ()

    def __init__(self, clock: ManualClock, log: ScriptLog) -> None:
        super().__init__(silent())
        self.clock, self._log = clock, log

    def say(self, line: Line, names: Sequence[str]) -> LiveLine:  # type: ignore[override]
        made = super().say(Line(line.text, performer=names[0]), self.clock.now_ns())
        told = LiveLine(names[0], first=made.first, end=made.end)
        self._log.line(line, names, told)
        return told

    def begin(self) -> None: ...

    def played(self, now_ns: int) -> tuple[()]:
        return ()

    def close(self) -> None: ...


def look(lines: Sequence[LiveLine], now_ns: int) -> None:
    """Notice what is heard by a speaker that began with the show."""
    for line in lines:
        line.look(now_ns, now_ns / S * SAMPLE_RATE_HZ)


def take(path: Path, settings: Settings, orders: Sequence[tuple[float, str]]) -> list[np.ndarray]:
    """Run a show of the built-in performance with orders; give the pose of each beat."""
    said: list[str] = []
    clock, meter, poses = ManualClock(0), Meter(), []
    log = script_log(path, settings, None, said.append, look)
    left = list(orders)

    class Ordered(Direction):
        def follow(self, stage: Stage, now_ns: int) -> None:
            while left and left[0][0] <= now_ns / S:
                self.offer(parse_command(left.pop(0)[1]))
            super().follow(stage, now_ns)

    class Watched(Sinks):
        def offer(self, picture, now_ns: int) -> None:
            poses.append(seen[0]._seen["performer"].pose.values.copy())
            super().offer(picture, now_ns)

    seen: list[Stage] = []

    def direct(end: Callable[[], None]) -> Direction:
        direction = Ordered(
            settings, None, NoKeys, said.append, end, clock, speech=Speaking(clock, log)
        )
        opened = direction.open
        direction.open = lambda stage: (seen.append(stage), opened(stage))[1]  # type: ignore
        return direction

    chosen = parse_outputs(("null",), None, float(FPS))
    sinks = Watched(chosen, settings.size, clock, meter, said.append)
    show = LiveShow(
        settings, BuiltIn(""), sinks, meter, clock,
        Announcer(said.append, lambda status: None), direct, log=log,
    )  # fmt: skip
    show.run(3.2)
    return poses


def performed(path: Path, frames: int) -> list[np.ndarray]:
    """Perform a script; give the pose of each picture."""
    play, poses = read_play(path), []
    with Engine(None, (64, 64)) as engine:
        performance = Performance(play, RecordedSpeech(silent()), engine)
        for frame in range(frames):
            performance.go_to(moment_ns(frame, Fraction(FPS)))
            poses.append(engine.advance().actors[0].pose.values.copy())
    return poses


ORDERS = (
    (0.0, "background #203040"),
    (0.4, "expression joy over 0.4"),
    (1.0, "say Hello out there, [pause 0.2] my friends"),
    (1.5, "set headRoll 12 over 0.5"),
    (2.2, "expression neutral over 0.2"),
    (2.4, "mirror off"),
    (2.8, "set headRoll over 0.3"),
    (3.0, "move 0.1 0.05"),
)


def test_a_show_that_was_written_down_and_performed_again_has_the_same_poses(tmp_path, bundle):
    settings = Settings.model_validate(
        {"size": "64x64", "fps": FPS, "avatar": str(bundle), "voice": {"engine": "silent"}}
    )
    path = tmp_path / "show.puppet"
    live = take(path, settings, ORDERS)
    again = performed(path, len(live))
    assert len(live) == 80
    apart = np.abs(np.array(live) - np.array(again)).max(0)
    degrees = [BASE.index[name] for name in ("headYaw", "headPitch", "headRoll", "bodyYaw")]
    assert apart.max() < 0.001  # of a degree, of a blendshape: it rounds to 0.0001
    moved = np.ptp(np.array(live), axis=0)
    assert moved[degrees].min() > 1
    assert moved[BASE.index["jawOpen"]] > 0.1
    without = Script(
        statements=[s for s in Script.load(path).statements if getattr(s, "do", "") != "track"]
    )
    (tmp_path / "still.puppet").write_text(without.to_text())
    still = performed(tmp_path / "still.puppet", len(live))
    assert np.abs(np.array(live) - np.array(still)).max() > 5, "the faces are in the recording"


class Told:
    """A log, fed by hand."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self.path = folder / "show.puppet"
        cast = {"performer": Acted("default", Behaviour())}
        self.log = ScriptLog(self.path, cast, (), self.said.append, look)
        self.log.open()

    def until(self, second: float) -> None:
        self.log.beat(round(second * S), {})

    def say(self, text: str, start_s: float, end_s: float, **more) -> LiveLine:
        counts = (round(t_s * SAMPLE_RATE_HZ) for t_s in (start_s, end_s))
        told = LiveLine("performer", first=next(counts), end=next(counts))
        self.log.line(Line(text, **more), ("performer",), told)
        return told

    def do(self, second: float, command: str) -> None:
        self.log.command(round(second * S), parse_command(command))

    def text(self, path: Path | None = None) -> list[str]:
        return (path or self.path).read_text("utf-8").splitlines()[2:]


def test_what_happens_while_a_line_is_heard_stands_beside_it(tmp_path):
    told = Told(tmp_path)
    told.until(0)
    told.do(0.5, "expression joy")
    told.until(0.5)
    told.say("[sad] Oh. [pause 0.4] (Well) [1] 5 <3 <4>", 1.0, 3.0, speed=1.2)
    told.do(2.0, "@performer outfit")
    for second in (1.0, 2.0, 3.0):
        told.until(second)
    told.say("", 3.0, 3.0)  # broken off before anybody heard it
    told.do(3.5, "quit")
    told.do(3.5, "output web off")
    told.do(3.5, "say no")
    told.until(4.0)
    told.log.close()
    assert told.text() == [
        "@wait until 0.5", "@expression joy", "@wait until 0.88", "@par",
        "  performer (sad, speed 1.2): Oh. <0.4> (Well) \\[1\\] 5 <3 \\<4>", "  @seq",
        "    @wait until 2", "    @performer outfit", "  @end", "@end", "@wait until 4",
    ]  # fmt: skip
    assert told.said == []
    (say,) = [s for s in Script.load(told.path).walk() if isinstance(s, Say)]
    assert say.parts[-1] == " (Well) [1] 5 <3 <4>"


def test_a_line_that_is_too_long_for_a_script_or_has_odd_ends_is_written_all_the_same(tmp_path):
    told = Told(tmp_path)
    told.until(0)
    long = "[sad] " + "One [two] three, four! " * 90 + "[pause 0.3]" * 300 + "漢" * 3_000 + " end"
    told.say(long, 1.0, 3.0)
    told.do(2.0, "expression joy")
    told.say("hi\x0blabel x:\rgoto y\u2028loop\x85end", 4.0, 5.0)
    told.say("[pause 0.1] \n", 5.0, 5.5)
    for second in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0):
        told.until(second)
    told.log.close()
    *says, odd, empty = (s for s in Script.load(told.path).walk() if isinstance(s, Say))
    text = "".join(part for say in says for part in say.parts if isinstance(part, str))
    assert text.split() == re.sub(r"\[(sad|pause 0.3)\]", "", long.replace("[two]", "")).split()
    assert sum(not isinstance(part, str) for say in says for part in say.parts) == 300
    assert {say.directions[0].word for say in says} == {"sad"}
    assert len(says) < 8
    assert odd.parts == ("hi label x: goto y loop end",)
    assert empty.parts[0].pause == 0.1


def test_a_command_that_is_too_long_for_a_script_is_left_out_and_said(tmp_path):
    told = Told(tmp_path)
    told.until(0)
    told.do(0.5, f"item {'a' * 3_000} show mug.png")
    told.do(0.5, "expression joy")
    told.until(1.0)
    told.log.close()
    assert told.text() == ["@wait until 0.5", "@expression joy", "@wait until 1"]
    assert told.said == [
        f"the script leaves out a command that no line of it holds: item {'a' * 35}"
    ]


def test_a_show_that_is_killed_leaves_what_it_did(tmp_path):
    told = Told(tmp_path)
    told.until(0)
    told.do(1.0, "expression joy")
    told.log.beat(round(1.1 * S), {"performer": Face(0, 0, True, PoseInput.of({"jawOpen": 1}))})
    assert not told.path.exists()
    part = told.path.with_name("show.puppet.part")
    assert told.text(part) == ["@wait until 1", "@expression joy", "@wait until 1.1",
                               "@track show.faces.jsonl"]  # fmt: skip
    told.log.close()
    assert read_play(told.path).parts[0].name == "performer"
    assert not part.exists()


def test_paths_of_commands_are_whole_and_a_full_script_is_said_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(scriptlog, "MOST", 6)
    told = Told(tmp_path)
    told.until(0)
    told.do(0, "background studio.png")
    told.do(0, "background navy")
    told.until(0.1)
    orders = [s.command for s in Script.load(tmp_path / "show.puppet.part").walk()
              if isinstance(s, Order)]  # fmt: skip
    assert orders == [f"background {tmp_path / 'studio.png'}", "background navy"]
    for second in range(1, 9):
        told.do(second, "expression joy")
        told.until(second)
    told.log.close()
    assert len(told.said) == 1
    assert "a script has at most 20,000 statements" in told.said[0]


def test_a_show_that_never_began_leaves_the_script_of_the_one_before(tmp_path):
    told = Told(tmp_path)
    told.path.write_text("precious")
    told.log.close()
    assert told.path.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [told.path]


def test_where_a_link_leads_the_script_and_its_faces_lie_together(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "show.puppet").symlink_to(tmp_path / "kept" / "take.puppet")
    told = Told(tmp_path)
    told.log.beat(0, {"performer": Face(0, 0, True, PoseInput.of({"jawOpen": 1}))})
    told.log.close()
    assert told.text() == ["@track take.faces.jsonl"]
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {
        "take.puppet", "take.faces.jsonl"
    }  # fmt: skip


def test_when_the_script_is_full_the_faces_up_to_then_get_their_name(tmp_path, monkeypatch):
    monkeypatch.setattr(scriptlog, "MOST", 6)
    told = Told(tmp_path)
    for second in range(9):
        face = Face(second, second * S, True, PoseInput.of({"jawOpen": 1}))
        told.log.beat(second * S, {"performer": face})
        told.do(second, "expression joy")
    told.log.close()
    assert len(told.said) == 1
    faces = (tmp_path / "show.faces.jsonl").read_text().splitlines()
    assert 2 < len(faces) < 9
    assert not (tmp_path / "show.faces.jsonl.part").exists()


def test_a_script_may_be_full_at_its_last_wait(tmp_path, monkeypatch):
    told = Told(tmp_path)
    told.until(0)
    told.until(1)
    monkeypatch.setattr(scriptlog, "MOST", 2)
    told.log.close()
    assert len(told.said) == 1


def test_an_urgent_line_that_overtakes_stands_where_it_was_heard(tmp_path):
    told = Told(tmp_path)
    told.until(0)
    first = told.say("A is cut off", 1, 9)
    waits = LiveLine("performer")
    told.log.line(Line("C waits"), ("performer",), waits)
    told.until(2)
    told.say("B is urgent", 2, 4)
    first.end_ns = 2 * S
    told.until(4)
    waits.start_ns, waits.end_ns = 5 * S, 7 * S
    told.until(8)
    told.log.close()
    assert told.text() == [
        "@wait until 0.88", "performer (neutral): A is cut off",
        "@wait until 1.88", "performer (neutral): B is urgent",
        "@wait until 4.88", "performer (neutral): C waits", "@wait until 8",
    ]  # fmt: skip


def test_a_line_of_all_is_said_by_the_first_of_them(tmp_path):
    told = Told(tmp_path)
    told.until(0)
    told.say("Hello", 1, 2, performer="all")
    told.until(2)
    told.log.close()
    assert "performer (neutral): Hello" in told.text()


def test_another_ending_is_refused_before_the_show(tmp_path):
    with pytest.raises(UserError, match="name it so"):
        ScriptLog(tmp_path / "show.txt", {}, (), print)


def test_an_avatar_that_no_script_can_name_is_refused_before_the_show(tmp_path):
    cast = {"Mika": Acted('a "b"', Behaviour())}
    with pytest.raises(UserError, match="no script can hold"):
        ScriptLog(tmp_path / "show.puppet", cast, (), print).open()
    assert list(tmp_path.iterdir()) == []


def test_a_script_that_is_performed_live_is_written_down_with_its_cast_and_gestures(
    tmp_path, bundle
):
    text = f'@cast Bo avatar="{bundle}" voice=silent x=0.2\nBo: [nod]\n@mirror off\n@wait 0.2'
    play = play_of(Script.from_text(text), folder=tmp_path)
    path, flags = tmp_path / "show.puppet", {"outputs": ("null",), "size": "64x64", "fps": 30}
    flags |= {
        "voice.speaker": "silent",
        "background": "navy",
        "control.page": False,
        "control.socket": False,
    }
    none = tmp_path / "settings.toml"
    none.touch()
    wishes = Wishes(flags, none, record_script=path)
    assemble(wishes, lambda sentence: None, lambda status: None, play=play).run(20.0)
    written = [s for s in path.read_text("utf-8").splitlines() if not s.startswith("@wait")]
    assert written[1:3] == [f"@cast Bo avatar={bundle} voice=silent x=0.2 y=0 seed=0",
                            "@background navy over 0"]  # fmt: skip
    assert sorted(written[3:]) == ["@Bo mirror off", "Bo: [nod]"]
    assert read_play(path).parts[0].behaviour == play.parts[0].behaviour
