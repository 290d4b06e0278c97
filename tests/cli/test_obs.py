"""`vtuber obs` against a small OBS of our own; tests/real does it with a real one."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.control.small_obs import ModelObs, ObsServer
from vtuber.cli.main import run

PASSWORD = "correct horse"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObsServer]:
    monkeypatch.setenv("VTUBER_OBS_PASSWORD", PASSWORD)
    with contextlib.closing(ObsServer(ModelObs(), PASSWORD)) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text('outputs = ["alpha:port=1"]')  # nobody listens there
    return path


def obs(what: str, server: ObsServer, settings: Path, *more: str) -> int:
    return run(["obs", what, "--port", str(server.port), "--settings", str(settings), *more])


def test_a_dry_run_says_what_setup_then_does_once(server, settings, capsys) -> None:
    assert obs("setup", server, settings, "--dry-run") == 0
    planned = capsys.readouterr().out
    assert "would change in OBS" in planned
    assert list(server.model.scenes) == ["S"]
    assert obs("setup", server, settings) == 0
    done = capsys.readouterr().out
    assert '  new Media Source "vtuber avatar" (tcp://127.0.0.1:1)\n' in done
    assert planned.splitlines()[1:] == done.splitlines()[1 : len(planned.splitlines())]
    assert obs("setup", server, settings) == 0
    assert "nothing to change" in capsys.readouterr().out


def test_status_says_what_is_shown_and_what_would_help(server, settings, capsys) -> None:
    obs("setup", server, settings, "--scene", "mine")
    capsys.readouterr()
    assert obs("status", server, settings, "--scene", "mine") == 0
    said = capsys.readouterr().out
    assert "OBS 31.0.0 at 127.0.0.1" in said
    assert 'shows the scene "S"; recording' in said
    assert 'visible in the scene "mine", gets nothing, 1280x720' in said
    assert f"- no show sends to OBS: `vtuber run --settings {settings}`" in said
    assert obs("status", server, settings, "--json") == 0
    table = json.loads(capsys.readouterr().out)
    assert (table["scene"], table["has_scene"], table["is_sending"]) == ("vtuber", False, False)
    assert any("vtuber obs setup" in line for line in table["advice"])


def test_a_wrong_password_is_one_sentence_without_it(server, settings, capsys) -> None:
    assert obs("status", server, settings, "--password", "hunter2") == 2
    said = capsys.readouterr()
    assert "refuses the password of --password" in said.err
    assert "hunter2" not in said.out + said.err


def test_a_password_may_be_typed_unseen(server, settings, monkeypatch, capsys) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    monkeypatch.delenv("VTUBER_OBS_PASSWORD")
    assert obs("status", server, settings, "--password") == 0


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_that_cannot_be_is_refused(port: str, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["obs", "status", "--port", port])
    assert ended.value.code == 2
    assert "give 1 to 65535" in capsys.readouterr().err
