"""What hangs on clothes is a layer of its own, on springs, fastened to what it hangs on."""

import numpy as np
import pytest

from vtuber.avatar.springs import SPRINGS
from vtuber.avatar.strands import HELD
from vtuber.design import catalogue
from vtuber.design.board import Board
from vtuber.design.draw import draw, frame
from vtuber.design.genome import Design, changed

HARD = {"cyber"}  # nothing of it hangs


def dressed(style: str, **sets: str) -> tuple[Design, Board]:
    design = changed(Design(), {"outfit.style": style, **sets})
    return design, draw(design)


def hanging(board: Board) -> list[str]:
    return [p.name for p in board.ordered() if p.role == "body" and p.group]


@pytest.mark.parametrize("style", sorted(set(catalogue.styles("outfit")) - HARD))
def test_what_hangs_on_an_outfit_swings_and_is_fastened(style: str) -> None:
    design, board = dressed(style)
    assert hanging(board)
    paper = frame(design, 320)
    fixed = [p.name for p in board.ordered() if p.role == "body" and not p.group]
    ground = np.max([board.sheets[name].render(paper, paper.whole)[..., 3] for name in fixed], 0)
    for name in hanging(board):
        assert board.plans[name].group in SPRINGS
        alpha = board.sheets[name].render(paper, paper.whole)[..., 3] > 128
        rows = np.flatnonzero(alpha.any(axis=1))
        held = rows[0] + max(round(HELD * len(rows)), 2)
        root = alpha[:held]
        if board.plans[name].depth < 0:  # a cape behind the body hangs from under it
            continue
        assert (ground[:held][root] > 128).mean() > 0.2, name


def test_a_bow_leaves_its_shadow_on_the_body() -> None:
    design, cel = dressed("sailor", **{"pen.shading": "cel"})
    paper = frame(design, 640)
    tail_u, tail_v = paper.px((0.36, 3.06))  # beside the tip of its left tail, away from the light
    u, v = round(tail_u) + paper.margin_px, round(tail_v) + paper.margin_px
    body = cel.sheets["body"].render(paper, paper.whole)[v - 4 : v + 4, u - 30 : u + 8, 1]
    assert np.ptp(body.astype(int)) > 15


@pytest.mark.parametrize("kind", ["side_ribbon", "twin_ribbons", "maid", "hairband"])
def test_ribbons_in_the_hair_swing(kind: str) -> None:
    board = draw(changed(Design(), {"extras.ribbon": kind}))
    assert any(p.role == "accessory" and p.group == "ribbon" for p in board.ordered())
