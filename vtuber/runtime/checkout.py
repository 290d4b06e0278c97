"""Says which code is at work: a checkout in, its commit out, and whether it was left as it is.

Asks `git`, which an installed copy may lack.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from vtuber.runtime.program import Program

ROOT = Path(__file__).parents[2]
LIMIT_S = 10.0


def commit_of(code: Sequence[str], root: Path = ROOT) -> str:
    """Name the commit that is checked out; add " changed" where these paths are not as committed.

    "unknown" in an installed copy.
    """
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain", "--", *code)
    if commit is None or changed is None:
        return "unknown"
    return commit.strip() + " changed" * bool(changed.strip())


def _git(root: Path, *words: str) -> str | None:
    try:
        with closing(Program(["git", "-C", str(root), *words])) as program:
            ended = program.wait(LIMIT_S)
    except OSError:
        return None
    return ended.out if ended is not None and ended.code == 0 else None
