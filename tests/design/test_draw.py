"""What the parts draw: whole layers, true landmarks, the same bits every time."""

from __future__ import annotations

import numpy as np
import pytest

from vtuber.avatar.roles import LANDMARKS, ROLES, SIDES
from vtuber.design.board import Board
from vtuber.design.canvas import Frame
from vtuber.design.design import MIRO
from vtuber.design.draw import draw
from vtuber.design.export import HIDDEN_AT_REST, composite

# what this character does not wear, or wears as a part of something else
NOT_WORN = {"glasses", "item"}


def alpha_at(board: Board, layer: str, landmark: str) -> int:
    """Give a layer's alpha at a landmark."""
    x, y = board.frame.px(board.landmarks[landmark])
    margin = board.frame.margin_px
    return int(board.sheets[layer].rgba[round(y) + margin, round(x) + margin, 3])


def alpha_near(board: Board, layer: str, landmark: str, reach_px: int = 5) -> int:
    """Give a layer's greatest alpha within a few pixels of a landmark."""
    x, y = board.frame.px(board.landmarks[landmark])
    column, row = round(x) + board.frame.margin_px, round(y) + board.frame.margin_px
    around = board.sheets[layer].rgba[
        row - reach_px : row + reach_px + 1, column - reach_px : column + reach_px + 1, 3
    ]
    return int(around.max())


def test_two_draws_give_the_same_bytes() -> None:
    small = Frame().scaled(0.25)
    one, other = draw(MIRO, small), draw(MIRO, small)
    assert list(one.sheets) == list(other.sheets)
    for name, sheet in one.sheets.items():
        assert np.array_equal(sheet.rgba, other.sheets[name].rgba), name
    assert one.landmarks == other.landmarks


def test_every_role_is_drawn_on_both_sides_where_it_has_two(board: Board) -> None:
    drawn = {plan.role for plan in board.plans.values()}
    for name, role in ROLES.items():
        if name not in NOT_WORN:
            wanted = {f"{name}_{side}" for side in SIDES} if role.sided else {name}
            assert wanted <= drawn, f"no layer for {wanted - drawn}"


def test_every_landmark_of_the_table_is_set_and_no_other(board: Board) -> None:
    assert set(board.landmarks) == set(LANDMARKS)


@pytest.mark.parametrize("side", SIDES)
def test_landmarks_of_the_eye_lie_on_what_they_name(board: Board, side: str) -> None:
    assert alpha_at(board, f"eye_white_{side}", f"iris_{side}") == 255
    assert alpha_at(board, f"iris_{side}", f"iris_{side}") == 255
    for corner in ("inner", "outer", "top", "bottom"):
        assert alpha_near(board, f"eye_white_{side}", f"eye_{side}_{corner}") > 200
    for place in ("inner", "middle", "outer"):
        assert alpha_near(board, f"brow_{side}", f"brow_{side}_{place}") > 100


@pytest.mark.parametrize(
    ("layer", "landmark"),
    [
        *[("face", f"{name}_{side}") for name in ("jaw", "cheek") for side in SIDES],
        *[("body", f"shoulder_{side}") for side in SIDES],
        *[("neck", f"neck_{side}") for side in SIDES],
        *[("lip_upper", f"mouth_{place}") for place in ("left", "right", "top", "bottom")],
        ("neck", "neck_pivot"),
        ("nose", "nose_tip"),
        ("face", "chin"),
        ("face", "crown"),
    ],
)
def test_landmarks_lie_on_the_layer_that_they_measure(
    board: Board, layer: str, landmark: str
) -> None:
    assert alpha_near(board, layer, landmark) > 150


def test_left_is_the_characters_own_and_right_in_the_picture(board: Board) -> None:
    for name, (u, _) in board.landmarks.items():
        if "_left" in name:
            assert u > 0, name
        if "_right" in name:
            assert u < 0, name


@pytest.mark.parametrize(
    "hidden",
    [
        {"front_hair", "hair_shadow"},
        {"front_hair", "side_hair", "front_locks", "headwear", "accessory"},
        {"lash_upper", "lash_lower", "eye_white", "iris", "eye_light"},
        {"lip_upper", "lip_lower", "nose", "brow"},
    ],
    ids=lambda hidden: min(hidden),
)
def test_there_is_no_hole_in_the_head_when_what_lies_in_front_is_hidden(
    board: Board, hidden: set[str]
) -> None:
    head = board.sheets["face"].rgba[..., 3] == 255
    shown = composite(board, hidden | HIDDEN_AT_REST)
    assert head.sum() > 100_000
    assert shown[..., 3][head].min() > 0.999


def test_the_body_runs_past_the_bottom_and_the_hair_past_the_shoulders(board: Board) -> None:
    margin, height = board.frame.margin_px, board.frame.size_px[1]
    assert board.sheets["body"].rgba[margin + height + 150, :, 3].max() == 255
    hair = np.flatnonzero(board.sheets["back_hair"].rgba[..., 3].any(axis=0))
    assert hair[0] - margin < 150
    assert hair[-1] - margin > board.frame.size_px[0] - 150


def test_a_layer_is_clipped_only_by_a_layer_that_exists_and_has_no_clip(board: Board) -> None:
    for plan in board.plans.values():
        if plan.clip:
            assert board.plans[plan.clip].clip is None


def test_no_drawing_touches_the_edge_of_its_sheet_but_the_body_below(board: Board) -> None:
    for name, sheet in board.sheets.items():
        alpha = sheet.rgba[..., 3]
        edges = [alpha[0].max(), alpha[:, 0].max(), alpha[:, -1].max()]
        assert max(edges) == 0, name
