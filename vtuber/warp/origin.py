"""Says which code trained weights: a checkout in, its commit out, and whether it was left as it is.

Nothing of the network; asks `git`, which an installed copy may lack.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
# what the outcome of a training depends on
_CODE = ("vtuber/warp", "vtuber/avatar", "vtuber/core/pose.py")


def commit_of(root: Path = ROOT) -> str:
    """Name the commit that is checked out, and add " changed" where its code is not as committed.

    "unknown" in an installed copy.
    """
    try:
        commit = _git(root, "rev-parse", "HEAD")
        return commit + " changed" * bool(_git(root, "status", "--porcelain", "--", *_CODE))
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)
    return done.stdout.decode().strip()
