"""Runs `vtuber` as its user would: a process of its own, without this machine's settings."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bundles import make_bundle

REPOSITORY = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(home: Path) -> dict[str, str]:
    """Give an environment with a home of its own, in which no settings are."""
    return {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHONPATH": str(REPOSITORY),
    }


@pytest.fixture
def vtuber(tmp_path: Path) -> Run:
    """Give a function that runs `vtuber WORDS` in an empty folder and gives what came of it."""

    def run(*words: str | Path, **options: object) -> "subprocess.CompletedProcess[str]":
        how = {"stdin": subprocess.DEVNULL} if "input" not in options else {}
        command = [sys.executable, "-m", "vtuber", *map(str, words)]
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            command,
            **{
                "cwd": tmp_path,
                "env": environment(tmp_path),
                "capture_output": True,
                "text": True,
                "timeout": 60,
                **how,
                **options,
            },
        )

    return run


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small synthetic avatar."""
    return make_bundle(tmp_path_factory.mktemp("avatars") / "small")
