"""Backgrounds in, what stands behind everybody at each beat out: one cross-fades into the next."""

from __future__ import annotations

from vtuber.animate.fade import Fade
from vtuber.core.look import Background
from vtuber.core.scene import Fading

MOST = 4  # that show through each other; each costs a picture's mixing


class Behind:
    """What stands behind everybody; at first nothing, which is transparent."""

    def __init__(self) -> None:
        # Each comes over the ones before it, so that a change on the way to another is no jump.
        self._stack: list[tuple[Background | None, Fade]] = [(None, Fade(1.0))]

    def put(self, background: Background | None, now_ns: int, over_s: float = 0.0) -> None:
        """Cross-fade to another background, or to none."""
        comes = Fade()
        comes.to(1.0, now_ns, over_s)
        self._stack = [*self._stack[1 - MOST :], (background, comes)]

    def play(self, background: Background) -> None:
        """Show the next frame of the video that was put up last."""
        self._stack[-1] = background, self._stack[-1][1]

    def at(self, now_ns: int) -> tuple[Background | None, Fading]:
        """Give what was put up last, and what is still seen through it."""
        shares = [comes.at(now_ns) for _, comes in self._stack]
        lowest = max(i for i, share in enumerate(shares) if share == 1.0 or i == 0)
        del self._stack[:lowest], shares[: lowest + 1]
        before = zip((background for background, _ in self._stack), shares, strict=False)
        return self._stack[-1][0], tuple(before)
