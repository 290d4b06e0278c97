"""The Makefile tells of what it can do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_help_names_every_target_for_users() -> None:
    listed = re.search(r"^\.PHONY: (.*)$", (REPOSITORY / "Makefile").read_text("utf-8"), re.M)
    assert listed is not None
    done = subprocess.run(
        ["make", "help"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    told = set(re.findall(r"[\w-]+", done.stdout))
    assert set(listed[1].split()) - {"help", "setup-dev"} <= told
    assert "PYTHON=" in done.stdout
