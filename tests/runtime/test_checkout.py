"""Where weights come from: the commit of the code, and whether the code was as committed."""

import subprocess
from pathlib import Path

from vtuber.runtime.checkout import commit_of


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    done = subprocess.run(["git", "-C", str(folder), *who, *words], capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_a_commit_is_named_and_uncommitted_code_is_told(tmp_path: Path) -> None:
    code = tmp_path / "vtuber" / "warp" / "net.py"
    code.parent.mkdir(parents=True)
    code.write_text("a = 1\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    head = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(["vtuber"], tmp_path) == head
    (tmp_path / "notes.txt").write_text("not code")
    assert commit_of(["vtuber"], tmp_path) == head
    code.write_text("a = 2\n")
    assert commit_of(["vtuber"], tmp_path) == f"{head} changed"


def test_an_installed_copy_knows_no_commit(tmp_path: Path) -> None:
    assert commit_of(["vtuber"], tmp_path) == "unknown"
