"""Draws one character and rolls some; skips where Skia is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("skia", reason="drawing needs skia-python: pip install 'vtuber[design]'")

if TYPE_CHECKING:
    from vtuber.design.board import Board


@pytest.fixture(scope="session")
def board() -> Board:
    from vtuber.design.draw import draw
    from vtuber.design.genome import Design

    return draw(Design())
