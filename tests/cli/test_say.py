"""`vtuber say` and `vtuber voice`, as their user types them."""

import json
import wave

import pytest

from vtuber.cli.main import run


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "models"))


def test_a_text_is_spoken_into_a_file_with_the_mouth_s_times(tmp_path, capsys):
    assert run(["say", "Hello there. Bob", "--voice", "silent", "-o", "a.wav", "--visemes",
                "a.json"]) == 0  # fmt: skip
    with wave.open("a.wav") as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (48_000, 1, 2)
        seconds = sound.getnframes() / 48_000
    table = json.loads((tmp_path / "a.json").read_text())
    assert set(table) == {"visemes", "words"}
    assert [word["text"] for word in table["words"]] == ["Hello", "there.", "Bob"]
    assert set(table["visemes"][0]) == {"t_s", "viseme", "weight"}
    assert 0 <= table["visemes"][0]["t_s"] <= table["visemes"][-1]["t_s"] <= seconds + 1e-3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[0] == "the voice is silent"


def test_files_that_cannot_be_written_whole_stay_as_they_were(tmp_path, capsys):
    for name in ("a.wav", "a.json"):
        (tmp_path / name).write_text("old")
        (tmp_path / f"{name}.part").mkdir()  # as good as a full disk
        flag = "-o" if name == "a.wav" else "--visemes"
        assert run(["say", "Hi", "--voice", "silent", flag, name]) == 2
        assert (tmp_path / name).read_text() == "old"
        assert f"cannot write {name}: " in capsys.readouterr().err


def test_visemes_alone_need_no_sound(tmp_path, capsys):
    assert run(["say", "papa", "--voice", "silent", "--visemes", "only.json"]) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["only.json"]


def test_it_is_played_until_it_was_heard(capsys):
    assert run(["say", "Hi", "--voice", "silent", "--speaker", "silent"]) == 0


def test_a_text_may_come_from_standard_input(monkeypatch, capsys):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("Hello\nBob\n"))
    assert run(["say", "-", "--voice", "silent", "--visemes", "a.json"]) == 0
    assert "2 words" in capsys.readouterr().err


def test_what_is_missing_is_said_and_the_next_voice_speaks(tmp_path, capsys):
    assert run(["say", "Hi", "--voice", "espeak:voice=nonesuch", "-o", "a.wav"]) == 0
    said = capsys.readouterr().err
    assert "the voice is silent, because espeak:nonesuch cannot speak: espeak-ng" in said
    assert (tmp_path / "a.wav").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["", "--voice", "silent", "-o", "a.wav"], "there is nothing to say in ''"),
        (["a", "--voice", "silnt", "-o", "a.wav"], "no voice called 'silnt'; did you mean silent?"),
        (["a", "--voice", "silent:rate=0", "-o", "a.wav"], "give 1 to 100 letters a second"),
        (["a", "--voice", "silent:reat=1", "-o", "a.wav"], "no option 'reat'; did you mean rate?"),
        (["a", "-o", "a.mp3"], "a.mp3: sound is written as .wav"),
        (["a", "-o", "no/a.wav"], "there is no folder no; make it"),
        (["a", "-o", "a.wav", "--visemes", "a.wav"], "cannot hold both"),
        (["a", "--style", "hapy"], "no style called 'hapy'; did you mean happy?"),
        (["a", "--speed", "3"], "give 0.5 to 2"),
        (["a" * 10_001, "--voice", "silent", "-o", "a.wav"], "10,000 are the most"),
    ],
)
def test_mistakes_are_told_in_a_sentence_and_leave_no_file(tmp_path, words, says, capsys):
    try:
        code = run(["say", *words])
    except SystemExit as error:  # argparse
        code = error.code
    assert code == 2
    assert says in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_every_voice_is_listed_with_what_it_is_or_why_not(capsys):
    from vtuber import plugins

    assert run(["voice", "list", "--json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert {engine["name"] for engine in table["engines"]} == set(plugins.names("voice"))
    assert table["models"] == []
    silent = next(e for e in table["engines"] if e["name"] == "silent")
    assert silent["fault"] == ""
    assert silent["about"].startswith("Says nothing and moves the mouth")


def test_a_model_that_coqui_does_not_know_is_refused(capsys):
    pytest.importorskip("trainer", reason="needs coqui-tts")
    assert run(["voice", "download", "tts_models/en/ljspeech/vitz"]) == 2
    assert "did you mean tts_models/en/ljspeech/vits?" in capsys.readouterr().err
