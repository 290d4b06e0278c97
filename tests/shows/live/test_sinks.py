"""Outputs: exactly those that were asked for, under names of their own, ended in bounded time."""

import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from vtuber import output, plugins
from vtuber.core.command import Zoom
from vtuber.core.errors import UserError
from vtuber.core.picture import Box, Picture
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.runtime.meter import Meter
from vtuber.shows.live.sinks import (
    CLOSE_NEWEST_S,
    OPTIONAL,
    SERVED,
    Sinks,
    default_outputs,
    parse_outputs,
)

# a sink that is slow, or that fails, in the way that a test asks for
SINK = """
import threading
from vtuber.core.errors import DeviceLost
from vtuber.output.null import Options
BUSY, GATE = threading.Event(), threading.Event()
class Output:
    eats, runs_on = frozenset({"picture"}), "thread"
    delivery = DELIVERY
    def __init__(self, options, context): self.context = context
    def open(self): pass
    def send(self, picture):
        BUSY.set()
        GATE.wait(20.0)
    def close(self): END
"""
PIXELS = np.zeros((64, 64, 4), np.uint8)
PICTURES = [Picture(PIXELS, Box(0, 0, 0, 0), 0, 0, beat) for beat in range(60)]


def sinks(*texts: str, record: str | None = None) -> Sinks:
    chosen = parse_outputs(texts, record, 30.0)
    return Sinks(chosen, (64, 64), ManualClock(), Meter(), lambda sentence: None)


@pytest.fixture
def sink_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Make an output called `made` that behaves so, and give its name."""

    def make(delivery: str, end: str = "pass") -> str:
        text = SINK.replace("DELIVERY", repr(delivery)).replace("END", end)
        (tmp_path / "made.py").write_text(text)
        monkeypatch.setattr(output, "__path__", [*output.__path__, str(tmp_path)])
        monkeypatch.delitem(sys.modules, "vtuber.output.made", raising=False)
        return "made"

    return make


def names(chosen: list[plugins.Plugin]) -> list[str]:
    return [plugin.name for plugin in chosen]


def test_without_a_word_there_is_the_page_and_a_film_if_one_is_asked_for() -> None:
    assert default_outputs()[:2] == ("web", "alpha")
    assert names(parse_outputs(None, "a.mp4", 30.0)) == [*default_outputs(), "record"]


def test_with_words_there_are_exactly_those() -> None:
    assert names(parse_outputs(("null", "null"), None, 30.0)) == ["null", "null"]
    assert parse_outputs((), None, 30.0) == []
    film = parse_outputs(("null",), "a.mp4", 59.94)[1]
    assert (film.name, film.options.fps, film.options.path) == ("record", 60, "a.mp4")


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(UserError) as caught:
        parse_outputs(("nul", "null:fsp=1"), None, 30.0)
    assert "null?" in str(caught.value)
    assert "fps?" in str(caught.value)


def test_outputs_of_one_kind_have_names_of_their_own_and_their_own_rates() -> None:
    several = sinks("null:fps=10", "null:fps=30", "null:fps=60")
    several.open()
    for beat in range(60):
        several.offer(PICTURES[beat], round(beat * 1e9 / 60))
    several.close(PICTURES[-1], 1_000_000_000)
    report = several.report()
    assert list(report) == ["null", "null2", "null3"]
    offered = [sink["frames"] + sink["dropped"] for sink in report.values()]
    assert offered == pytest.approx([10, 30, 60], abs=1)  # the last may wait when the show ends


def test_a_film_that_cannot_follow_is_told_and_a_page_that_skips_is_not(tmp_path: Path) -> None:
    both = sinks("null", record=str(tmp_path / "a.mp4"))
    for beat in range(100):  # nobody takes them: neither is open
        both.offer(Picture(PIXELS, Box(0, 0, 0, 0), 0, 0, beat), round(beat * 1e9 / 30))
    assert both.report()["null"]["dropped"] > 0
    notes = [note for watched in both.watched for note in watched.notes]
    said = [words for note in notes if (words := note(0))]
    assert len(said) == 1
    assert said[0].startswith("output record cannot follow")


@pytest.mark.parametrize("fps", [0, -1, 241])
def test_an_impossible_rate_is_refused(fps: int) -> None:
    with pytest.raises(UserError, match="1 to 240"):
        sinks(f"null:fps={fps}")


@pytest.mark.parametrize(
    ("foods", "thread", "says"),
    [
        ({"picture", "pose"}, "thread", "output odd eats picture, pose; a show serves pictures"),
        ({"sound"}, "thread", "output odd eats sound; a show serves pictures, and sound beside"),
        ({"face"}, "thread", "output odd eats face; a show serves pictures"),
        (set(), "thread", "output odd eats nothing"),
        ({"picture"}, "main", "output odd runs on main; a show has a thread for each only"),
    ],
)
def test_what_no_show_serves_is_refused_before_anything_is_made(
    foods: set[str], thread: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = f"eats, runs_on, delivery = frozenset({foods!r}), {thread!r}, 'newest'"
    (tmp_path / "odd.py").write_text(
        f"from vtuber.output.null import Options\nclass Output:\n    {declared}\n"
    )
    monkeypatch.setattr(output, "__path__", [*output.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "vtuber.output.odd", raising=False)
    with pytest.raises(UserError, match=says):
        parse_outputs(("odd",), None, 30.0)


def test_every_output_that_ships_is_one_that_a_show_serves() -> None:
    for name in plugins.names("output"):
        kind = plugins.parse("output", name).kind
        assert kind.eats <= SERVED, name
        assert kind.runs_on == "thread", name
        assert kind.delivery in ("newest", "paced")


def test_a_film_that_cannot_begin_is_told_before_an_address_is(tmp_path: Path) -> None:
    said: list[str] = []
    chosen = parse_outputs(("web",), str(tmp_path / "no" / "a.mp4"), 30.0)
    several = Sinks(chosen, (64, 64), SystemClock(), Meter(), said.append)
    with pytest.raises(UserError, match="no folder"):
        several.open()
    several.close(None, 0)
    assert said == []
    assert list(tmp_path.iterdir()) == []


def test_a_sink_that_hangs_holds_the_end_for_a_bounded_time() -> None:
    clock = SystemClock()
    chosen = parse_outputs(("null:delay_ms=30000", "null:delay_ms=30000"), None, 30.0)
    several = Sinks(chosen, (64, 64), clock, Meter(), lambda sentence: None)
    several.open()
    begin_ns = clock.now_ns()
    for beat in range(10):
        several.offer(PICTURES[beat], beat * 100_000_000)
    several.close(PICTURES[-1], 1_000_000_000)
    several.close(PICTURES[-1], 1_000_000_000)
    assert (clock.now_ns() - begin_ns) / 1e9 < CLOSE_NEWEST_S + 1.0  # both together
    assert several.report()["null"]["dropped"] >= 8


def test_a_reader_is_missed_when_nobody_came_for_a_while_and_not_while_one_is_new() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    several, address = sinks(f"alpha:port={port}"), f"tcp://127.0.0.1:{port}"
    several.open()

    def becomes(is_missed: bool) -> None:
        end_s = time.monotonic() + 30
        while several.is_missed(address) is not is_missed:
            assert time.monotonic() < end_s
            several.offer(PICTURES[0], round(time.monotonic() * 1e9))
            threading.Event().wait(0.01)

    assert not several.is_missed(address)  # no picture was sent yet
    assert not several.is_missed("tcp://127.0.0.1:1")
    becomes(True)
    with socket.create_connection(("127.0.0.1", port)):
        becomes(False)
    becomes(True)
    several.close(None, 0)
    assert not several.is_missed(address)


def test_a_show_goes_on_without_the_port_for_obs_when_another_has_it() -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as another:
        port = another.getsockname()[1]
        chosen = parse_outputs(("null", f"alpha:port={port}"), None, 30.0)
        several = Sinks(chosen, (64, 64), SystemClock(), Meter(), said.append, OPTIONAL)
        several.open()
        several.close(None, 0)
    assert list(several.report()) == ["null"]
    (sentence,) = said
    assert sentence.startswith(f"without alpha: cannot listen on 127.0.0.1 port {port}")


def test_a_film_that_fails_while_it_drains_is_told_in_one_sentence_and_counts_as_failed(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    (tmp_path / "films").mkdir()
    chosen = parse_outputs(("null",), str(tmp_path / "films" / "a.mp4"), 30.0)
    several = Sinks(chosen, (64, 64), SystemClock(), Meter(), said.append)
    several.open()
    several.offer(PICTURES[0], 0)
    (tmp_path / "films").rename(tmp_path / "gone")
    several.close(PICTURES[0], 300_000_000)
    (sentence,) = said
    assert sentence.startswith("output record failed at the end: ")
    assert "a.part.mp4 was moved or deleted" in sentence
    assert several.failed == ["record"]


def test_a_film_that_is_down_when_the_show_ends_counts_as_failed(tmp_path: Path) -> None:
    folder, clock = tmp_path / "films", SystemClock()
    folder.mkdir()
    said: list[str] = []
    chosen = parse_outputs(("null",), str(folder / "a.mp4"), 30.0)
    several = Sinks(chosen, (64, 64), clock, Meter(), said.append)
    several.open()
    shutil.rmtree(folder)
    several.offer(PICTURES[0], 0)
    several.offer(PICTURES[1], 2_000_000_000)  # sixty: it looks at its folder once a second
    (film,) = [w.worker for w in several.watched if w.name == "output record"]
    assert film.join(10.0)
    assert film.check(clock.now_ns()) is not None  # the show has said it
    several.close(PICTURES[1], 2_000_000_000)
    assert several.failed == ["record"]
    assert said == ["output record had stopped before the end"]


def counts(sinks: Sinks) -> dict[str, tuple[float, float]]:
    return {name: (one["frames"], one["dropped"]) for name, one in sinks.report().items()}


def test_a_film_that_is_long_in_the_finishing_says_once_what_is_left(
    sink_file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vtuber.shows.live.sinks.SILENT_S", 0.05)
    said: list[str] = []
    (chosen,) = parse_outputs((sink_file("paced"),), None, 30.0)
    made = sys.modules["vtuber.output.made"]

    def say(sentence: str) -> None:
        said.append(sentence)
        made.GATE.set()

    film = Sinks([chosen], (64, 64), SystemClock(), Meter(), say)
    film.open()
    film.offer(PICTURES[0], 0)
    assert made.BUSY.wait(10.0)
    for beat in range(1, 7):
        film.offer(PICTURES[beat], round(beat * 1e9 / 30))
    film.close(PICTURES[6], round(7e9 / 30))
    assert said == ["finishing output made: 6 pictures to go, at most 30 s"]
    assert counts(film) == {"made": (7, 0)}
    assert film.failed == []


def test_a_film_that_is_finished_quickly_says_nothing(sink_file: Callable[..., str]) -> None:
    said: list[str] = []
    film = Sinks(
        parse_outputs((sink_file("paced"),), None, 30.0),
        (64, 64), SystemClock(), Meter(), said.append,
    )  # fmt: skip
    sys.modules["vtuber.output.made"].GATE.set()
    film.open()
    film.offer(PICTURES[0], 0)
    film.close(PICTURES[0], 1_000_000_000)
    assert said == []
    assert counts(film) == {"made": (30, 0)}


@pytest.mark.parametrize(("delivery", "failed"), [("newest", []), ("paced", ["made"])])
def test_only_what_keeps_pictures_fails_a_show_at_its_end(
    delivery: str, failed: list[str], sink_file: Callable[..., str]
) -> None:
    """What shows pictures live has lost nothing when it fails at the end: exit code 0."""
    said: list[str] = []
    name = sink_file(delivery, "raise DeviceLost('its reader has gone')")
    several = Sinks(
        parse_outputs((name,), None, 30.0), (64, 64), SystemClock(), Meter(), said.append
    )
    sys.modules["vtuber.output.made"].GATE.set()
    several.open()
    several.offer(PICTURES[0], 0)
    several.close(PICTURES[0], 33_000_000)
    assert said == ["output made failed at the end: its reader has gone"]
    assert several.failed == failed


def test_what_is_done_to_an_output_reaches_who_listens(sink_file: Callable[..., str]) -> None:
    some = sinks(sink_file("newest"))
    sink = some._outboxes[0]._sink
    sink.context.act(Zoom(2.0))  # type: ignore[attr-defined]
    acts: list[object] = []
    keys: list[str] = []
    some.listen(acts.append, keys.append)
    sink.context.act(Zoom(2.0))  # type: ignore[attr-defined]
    sink.context.press("h")  # type: ignore[attr-defined]
    assert acts == [Zoom(2.0)], "the first was for nobody"
    assert keys == ["h"]
