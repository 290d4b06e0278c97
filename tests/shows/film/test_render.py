"""Films of scripts: the same for the same script, whatever becomes of the processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.shows.film.films import FPS, SMALL, decoded, film, pictures, script
from tests.shows.waiting import until
from vtuber.core.errors import UserError
from vtuber.shows.film.render import render
from vtuber.shows.film.segments import Job
from vtuber.shows.plays.casting import read_play

TEXT = """\
@title Small news
@cast Mika avatar="{bundle}" voice=silent
@seed 7
Mika: Hello [nod] and welcome to the show!
label next:
Mika (happy): This is it. [wink right]
@camera zoom 1.2 over 0.5
@wait 0.6
"""


@pytest.fixture(scope="module")
def text(bundle: Path) -> str:
    return TEXT.format(bundle=bundle)


@pytest.fixture(scope="module")
def plain(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a film that one process made."""
    return film(text, tmp_path_factory.mktemp("films") / "a.mp4")


def command(text: str, path: Path, *more: str) -> list[str]:
    words = ["-m", "vtuber", "perform", str(script(path.parent, text)), "--render", str(path)]
    return [sys.executable, *words, "--size", "160x90", "--fps", str(FPS), "--jobs", "1", *more]


def await_first(process: subprocess.Popen, parts: Path, name: str) -> None:
    """Wait until there is a first part."""
    until(lambda: list(parts.glob(name)) or process.poll() is not None, 60.0)
    assert process.poll() is None, "it ended before its time"


def test_two_processes_make_the_same_film_as_one(plain: Path, text: str, tmp_path: Path):
    again = decoded(film(text, tmp_path / "a.mp4", jobs=2))
    assert len(again.pictures) > 60, "three segments or more"
    assert again == decoded(plain)
    assert len(set(again.pictures)) > 30, "it moves"


def test_a_film_that_was_killed_goes_on_and_is_the_same(plain: Path, text: str, tmp_path: Path):
    path = tmp_path / "a.mp4"
    process = subprocess.Popen(command(text, path), start_new_session=True)
    first = tmp_path / "a.mp4.parts" / "00000.mp4"
    await_first(process, first.parent, "00000*.mp4")
    process.send_signal(signal.SIGSTOP)  # who draws gets no more to do, however slow we are
    until(first.exists, 60.0)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not path.exists()
    drawn = first.stat().st_mtime_ns, first.stat().st_ino
    kept = tmp_path / "kept.mp4"
    os.link(first, kept)
    film(text, path)
    assert decoded(path) == decoded(plain)
    assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == drawn, "it was not drawn again"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.mp4", "a.srt", "a.vtt", "kept.mp4", "show.puppet",
    ]  # fmt: skip


def test_without_its_nod_only_the_pictures_of_the_nod_are_others(
    plain: Path, text: str, tmp_path: Path
):
    still = film(text.replace("[nod] ", ""), tmp_path / "a.mp4", crf=0)
    with_nod = film(text, tmp_path / "b.mp4", crf=0)
    pairs = zip(pictures(still, "gray"), pictures(with_nod, "gray"), strict=True)
    changes = [np.abs(one.astype(int) - other).max() for one, other in pairs]
    # "and" is heard at 0.53 s, the nod takes 0.95; hair swings on behind it, a few levels of 255
    assert not any(changes[:8])
    assert min(changes[9:20]) > 10
    assert max(changes[23:]) < 10


def test_a_line_that_its_voice_cannot_speak_is_named_with_its_place(bundle: Path, tmp_path: Path):
    text = f'@cast Mika avatar="{bundle}" voice="wav:path={tmp_path}"\n\n  Mika: nothing there'
    with pytest.raises(UserError, match=r"show\.puppet:3:3: .*nothing there"):
        film(text, tmp_path / "a.mp4")


def test_a_folder_of_pictures_has_its_sound_beside_them(text: str, tmp_path: Path):
    path = film(text, tmp_path / "a.png", seconds=0.5, size_px=(64, 36))
    assert path == tmp_path / "a"
    names = sorted(p.name for p in path.iterdir())
    assert names == [*(f"{number:06}.png" for number in range(1, 8)), "sound.wav"]
    with wave.open(str(path / "sound.wav")) as sound:
        assert sound.getnframes() == 22_400, "as long as seven pictures"
    assert pictures(path / "000001.png")[0][0, 0, 3] == 0, "the corner is transparent"
    assert "Hello and welcome" in (tmp_path / "a.srt").read_text("utf-8")


def test_an_old_film_is_kept_and_so_are_its_subtitles(text: str, tmp_path: Path):
    for name in ("a.mp4", "a.srt"):
        (tmp_path / name).write_text("old", "utf-8")
    film(text, tmp_path / "a.mp4", seconds=0.2, size_px=(64, 36))
    assert (tmp_path / "a.1.mp4").read_text("utf-8") == "old"
    assert (tmp_path / "a.1.srt").read_text("utf-8") == "old"


@pytest.mark.parametrize("is_silent", [False, True])
def test_a_full_disk_is_one_sentence_and_no_film(text: str, tmp_path: Path, is_silent: bool):
    """Who speaks fills it with sound, who does not, with pictures."""

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2500, 2500))

    path = tmp_path / "a.mp4"
    if is_silent:
        text = "\n".join([*text.splitlines()[:3], "@wait 1"])
    words = command(text, path, "--seconds", "1")
    ended = subprocess.run(words, preexec_fn=little_room, capture_output=True, text=True)
    assert ended.returncode == 2
    *_, said = ended.stderr.strip().splitlines()
    assert said.startswith("vtuber perform: ")
    assert "cannot write " in said
    assert "File too large" in said
    assert said.count("cannot write") == 1
    assert "Traceback" not in ended.stderr
    assert not path.exists()


def test_who_interrupts_is_told_that_the_same_command_goes_on(text: str, tmp_path: Path):
    path = tmp_path / "a.mp4"
    words = command(f"{text}@wait 90", path)  # longer than we may take to interrupt it
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    await_first(process, tmp_path / "a.mp4.parts", "00000.mp4")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said.strip() == "interrupted; the same command goes on from here"
    assert (tmp_path / "a.mp4.parts" / "00000.mp4").exists()


def test_a_folder_of_something_else_is_not_cleared(text: str, tmp_path: Path):
    (tmp_path / "a.mp4.parts").mkdir()
    (tmp_path / "a.mp4.parts" / "mine").touch()
    with pytest.raises(UserError, match="is a folder of something else"):
        film(text, tmp_path / "a.mp4")


def test_segments_cover_every_picture_once(tmp_path: Path):
    job = Job(
        "", (), True, tmp_path, ".mp4", None, (8, 8), Fraction(30), 125, 60, 0, None, "", 18, ""
    )
    assert [list(job.range(n)) for n in range(job.segments)][2] == [120, 121, 122, 123, 124]
    assert sum(len(job.range(n)) for n in range(job.segments)) == 125


def test_a_folder_that_is_not_there_is_one_sentence(text: str, tmp_path: Path):
    (tmp_path / "show").mkdir()
    play = read_play(script(tmp_path / "show", text))
    with pytest.raises(UserError, match=r"cannot write to .*No such file"):
        render(play, replace(SMALL, path=tmp_path / "none" / "a.mp4"))
