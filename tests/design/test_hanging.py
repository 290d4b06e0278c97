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


def test_of_a_bow_on_cloth_only_the_tails_swing() -> None:
    _, board = dressed("sailor")
    bow = {p.name: p.group for p in board.ordered() if p.name.startswith("neck_bow")}
    assert bow == {"neck_bow_tails": "ribbon", "neck_bow": None}


@pytest.mark.parametrize("kind", ["side_ribbon", "twin_ribbons", "maid", "hairband"])
def test_of_a_bow_in_the_hair_only_the_tails_swing(kind: str) -> None:
    board = draw(changed(Design(), {"extras.ribbon": kind}))
    for plan in board.ordered():
        if "_bow" in plan.name:
            assert plan.group == ("ribbon" if plan.name.endswith("_tails") else None)
    assert any(plan.group == "ribbon" for plan in board.ordered())


@pytest.mark.parametrize(("shading", "falls"), [("cel", True), ("soft", True), ("flat", False)])
def test_hair_before_the_shoulders_throws_a_shadow_on_the_clothes(
    shading: str, falls: bool
) -> None:
    long, short = (
        dressed("sailor", **{"hair.back": back, "pen.shading": shading})
        for back in ("flicked", "short_boy")
    )
    paper = frame(long[0], 320)
    below, bare = (
        b.sheets["body"].render(paper, paper.whole).astype(int) for _, b in (long, short)
    )
    assert (below[..., 3] == bare[..., 3]).all()  # none falls beside the body
    darker = bare[..., :3].sum(axis=-1) - below[..., :3].sum(axis=-1)
    assert darker.min() >= -6
    assert ((darker > 30).sum() > 100) == falls
