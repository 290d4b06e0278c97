"""Reads and writes the network's weights: safetensors, in which nothing can run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from vtuber.core.errors import UserError

SHIPPED = Path(__file__).with_name("warp.safetensors")
_MOST_BYTES = 64 << 20

Weights = dict[str, np.ndarray]


def save(
    path: Path, weights: Mapping[str, np.ndarray], said: Mapping[str, str], halved: bool = True
) -> None:
    """Write weights, and what is said of them: config, commit, evaluation.

    Matrices are kept as float16 unless `halved` is off. The file is never there in part.
    """
    from safetensors.numpy import save_file

    kept = {
        name: np.ascontiguousarray(array, np.float16 if halved and array.ndim > 1 else np.float32)
        for name, array in sorted(weights.items())
    }
    part = path.with_suffix(".part")
    save_file(kept, part, dict(said))
    part.replace(path)


def load(path: Path) -> tuple[Weights, dict[str, str]]:
    """Read weights as float32, and what is said of them. Raises UserError for any other file."""
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        raise UserError(f"no weights at {path}; `vtuber warp train` makes some")
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(f"{path} holds no weights of this network: it is too large")
    try:
        with safe_open(path, framework="numpy") as file:
            weights = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118
            return weights, dict(file.metadata() or {})
    except (SafetensorError, TypeError) as error:  # TypeError: a type that NumPy has not
        raise UserError(f"{path} holds no weights of this network: {error}") from error


@cache
def shipped() -> Weights:
    """Give the weights that ship: 2 ms, once."""
    return load(SHIPPED)[0]
