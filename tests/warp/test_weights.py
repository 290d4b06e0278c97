"""Weights on the disk: what is read is what was written, and nothing else is read at all."""

import json
from pathlib import Path

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.warp.weights import SHIPPED, load, save


def some() -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    shapes = {"a.in": (3, 4), "a.bias": (4,), "a.skip": (2, 3, 4)}
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def test_read_is_what_was_written(tmp_path: Path) -> None:
    save(tmp_path / "w.safetensors", some(), {"commit": "abc"}, halved=False)
    weights, said = load(tmp_path / "w.safetensors")
    assert said == {"commit": "abc"}
    for name, array in some().items():
        np.testing.assert_array_equal(weights[name], array)


def test_halved_matrices_take_half_the_room_and_keep_three_digits(tmp_path: Path) -> None:
    save(tmp_path / "w.safetensors", {"m": np.full((100, 100), 1 / 3, np.float32)}, {})
    assert (tmp_path / "w.safetensors").stat().st_size < 20_500
    np.testing.assert_allclose(load(tmp_path / "w.safetensors")[0]["m"], 1 / 3, rtol=5e-4)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 7, b"PK\x03\x04" * 9, (2**62).to_bytes(8, "little") + b"{}",
     (2).to_bytes(8, "little") + b"[]", (60).to_bytes(8, "little") + json.dumps(
         {"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 4]}}).encode().ljust(60)],
)  # fmt: skip
def test_any_other_file_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "w").write_bytes(data)
    with pytest.raises(UserError, match="holds no weights"):
        load(tmp_path / "w")


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="vtuber warp train"):
        load(tmp_path / "none")


def test_what_ships_is_small_and_says_where_it_comes_from() -> None:
    assert SHIPPED.stat().st_size <= 400_000
    weights, said = load(SHIPPED)
    assert all(np.isfinite(w).all() for w in weights.values())
    assert json.loads(said["arguments"])["steps"] > 0
    assert len(said["commit"]) == 40
    assert json.loads(said["evaluation"])["mean"] < 1.2
