"""Draws the shipped character once for all tests of this room; skips where Skia is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("skia", reason="drawing needs skia-python: pip install 'vtuber[design]'")

if TYPE_CHECKING:
    from vtuber.design.board import Board


@pytest.fixture(scope="session")
def board() -> Board:
    from vtuber.design.design import MIRO
    from vtuber.design.draw import draw

    return draw(MIRO)
