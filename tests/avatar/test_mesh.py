import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vtuber.avatar.mesh import grid_mesh


def area_px(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    return ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]) / 2


def test_cells_without_alpha_are_dropped_and_no_vertex_is_left_over() -> None:
    alpha = np.zeros((100, 100), np.uint8)
    alpha[:30, :30] = alpha[-30:, -30:] = 255
    mesh = grid_mesh(alpha, (0, 0), (10, 10))
    assert len(mesh.triangles) < 2 * 40
    assert set(mesh.triangles.ravel()) == set(range(len(mesh.vertices_px)))


def test_an_empty_picture_gives_an_empty_mesh() -> None:
    assert len(grid_mesh(np.zeros((9, 9), np.uint8), (0, 0), (4, 4)).triangles) == 0


@given(
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 29)), min_size=1, max_size=12),
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
)
def test_the_mesh_covers_every_pixel_with_alpha_by_triangles_of_one_orientation(
    pixels: list[tuple[int, int]], grid: tuple[int, int]
) -> None:
    alpha = np.zeros((30, 40), np.uint8)
    for x, y in pixels:
        alpha[y, x] = 1
    mesh = grid_mesh(alpha, (-5.0, 7.0), grid)
    areas = area_px(mesh.vertices_px.astype(float), mesh.triangles)
    assert (areas > 0).all() or (areas < 0).all()
    corners = mesh.vertices_px[mesh.triangles]
    low, high = corners.min(1) - 1e-3, corners.max(1) + 1e-3
    for x, y in pixels:
        centre = np.array([x + 0.5 - 5.0, y + 0.5 + 7.0])
        assert ((low <= centre) & (centre <= high)).all(1).any()
