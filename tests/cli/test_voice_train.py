"""`vtuber voice train` and `export`, as their user calls them; what they make: tests/voice."""

from __future__ import annotations

import importlib.util

import pytest

from vtuber.cli import voicetrain
from vtuber.cli.main import run


def test_a_list_of_words_that_is_not_there_is_named(tmp_path, capsys):
    assert run(["voice", "train", str(tmp_path / "t"), "--words", str(tmp_path / "none")]) == 2
    said = capsys.readouterr()
    assert "no list of words at" in said.err
    assert "--words" in said.err
    assert not (tmp_path / "t").exists()


@pytest.mark.parametrize("share", ["0", "-1", "11", "all"])
def test_a_share_that_is_none_is_refused(share, capsys):
    with pytest.raises(SystemExit) as ended:
        run(["voice", "train", "t", f"--share={share}"])
    assert ended.value.code == 2
    assert "from 0.001 to 10" in capsys.readouterr().err


def test_a_share_is_one_of_the_steps_of_every_network():
    whole, tenth = voicetrain._arguments(0, 1.0), voicetrain._arguments(5, 0.1)
    for part in ("acoustic", "vocoder", "spelling"):
        assert getattr(tenth, part).steps == round(getattr(whole, part).steps / 10)
        assert getattr(tenth, part).seed == 5
    assert tenth.vocoder.last < tenth.vocoder.steps
    assert tenth.utterances < whole.utterances


def test_every_line_of_a_training_is_kept(tmp_path, capsys):
    curve = voicetrain._Curve(tmp_path)
    curve("vocoder", 1, 2, {"bands": 0.5, "steps": 1.0})
    curve("vocoder", 2, 2, {"bands": 0.25, "steps": 1.0})
    lines = (tmp_path / "curve.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "vocoder,1,bands=0.50000,steps=1.00000",
        "vocoder,2,bands=0.25000,steps=1.00000",
    ]
    assert "vocoder: 2 of 2" in capsys.readouterr().err


@pytest.mark.skipif(
    importlib.util.find_spec("TTS") is None, reason="files for Coqui are written by coqui-tts"
)
def test_export_writes_what_coqui_loads(tmp_path, capsys):
    assert run(["voice", "export", str(tmp_path / "coqui")]) == 0
    written = capsys.readouterr().out.split()
    names = ["config.json", "model.pth", "vocoder.json", "vocoder.pth"]
    assert sorted(path.name for path in (tmp_path / "coqui").iterdir()) == names
    assert len(written) == 4
