"""Faces are drawn: a colour at each point of a mesh."""

import numpy as np
import pytest

from vtuber.track.looks import FAMILIAR, QUARTERS, STRANGE, Memory, look_of

RANDOM = np.random.default_rng(5)
POINTS = np.array([point for quarter in QUARTERS for point in quarter])
FACES = [RANDOM.uniform(60, 160, (478, 1)) * RANDOM.uniform(0.7, 1.3, 3) for _ in range(2)]


def seen(colours, *, shift=0, nose=0.5, hidden=(), noise=0.0):
    """Draw a face whose points stand in rows of 5x5 squares, and its mesh."""
    points = np.arange(478)
    columns, rows = points % 22 * 5 + shift, points // 22 * 5
    mesh = np.column_stack((columns + 2, rows + 2, np.zeros(478))).astype(np.float32)
    squares = np.array(colours) + np.zeros((478, 3))
    for quarter in hidden:
        for point in QUARTERS[quarter]:
            squares[point] = RANDOM.uniform(0, 255, 3)
    rgb = np.zeros((110, 140, 3))
    for point in points:
        x, y = columns[point], rows[point]
        rgb[y : y + 5, x : x + 5] = squares[point]
    rgb = rgb + RANDOM.normal(0, 1, rgb.shape) * noise
    mesh[4] = mesh[234] + nose * (mesh[454] - mesh[234])
    return look_of(np.clip(rgb, 0, 255).astype(np.uint8), mesh)


@pytest.fixture
def memory():
    memory = Memory()
    for _ in range(10):
        memory.learn(seen(FACES[0]))
    return memory


def test_the_same_face_is_familiar_and_another_is_strange(memory):
    assert memory.strangeness(seen(FACES[0], shift=7)) < 0.05
    assert memory.strangeness(seen(FACES[1])) > STRANGE


@pytest.mark.parametrize("light", [(0.5, 0.5, 0.5), (1.4, 1.4, 1.4), (1.1, 1.0, 0.9)])
def test_another_light_leaves_a_face_familiar(memory, light):
    assert memory.strangeness(seen(FACES[0] * light)) < FAMILIAR


def test_the_noise_of_a_dark_room_leaves_a_face_familiar(memory):
    noisy = [memory.strangeness(seen(FACES[0] * 0.3, noise=12.0)) for _ in range(10)]
    assert max(noisy) < FAMILIAR


def test_half_a_face_may_be_hidden_but_not_more(memory):
    assert memory.strangeness(seen(FACES[0], hidden=(2, 3))) < FAMILIAR
    assert memory.strangeness(seen(FACES[0], hidden=(0, 2, 3))) > STRANGE


def test_a_face_that_is_turned_or_shows_nothing_says_nothing(memory):
    assert seen(FACES[0], nose=0.05) is None
    assert seen(np.full((478, 3), 99.0)) is None
    assert memory.strangeness(None) == 0
    assert Memory().strangeness(seen(FACES[0])) == 0


def test_what_is_learnt_follows_a_face_that_changes_slowly_and_is_forgotten(memory):
    for _ in range(300):
        memory.learn(seen(FACES[1]))
    assert memory.strangeness(seen(FACES[1])) < FAMILIAR
    memory.forget()
    assert not memory.knows


@pytest.mark.parametrize("value", [-1e9, 1e9])
def test_a_mesh_that_is_outside_of_the_picture_is_no_trouble(value):
    rgb = np.zeros((20, 30, 3), np.uint8)
    look_of(rgb, np.full((478, 3), value, np.float32))
    mesh = RANDOM.uniform(0, 20, (478, 3)).astype(np.float32)
    mesh[POINTS[0]] = value
    look_of(rgb, mesh)
