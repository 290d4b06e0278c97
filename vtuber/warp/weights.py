"""Reads and writes the network's weights: a safetensors file, by hand, with NumPy alone.

The format (github.com/huggingface/safetensors): 8 bytes say how long the JSON is that follows;
it names each array's type, shape and place in the bytes after it. Nothing in it can run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from vtuber.core.errors import UserError

SHIPPED = Path(__file__).with_name("warp.safetensors")
_TYPES = {"F16": np.float16, "F32": np.float32}
_MOST_BYTES = 64 << 20

Weights = dict[str, np.ndarray]


def save(
    path: Path, weights: Mapping[str, np.ndarray], said: Mapping[str, str], halved: bool = True
) -> None:
    """Write weights, and what is said of them: config, commit, evaluation.

    Matrices are kept as float16 unless `halved` is off. The file is never there in part.
    """
    header: dict[str, object] = {"__metadata__": dict(said)}
    chunks, end = [], 0
    for name, array in sorted(weights.items()):
        kind = "F16" if halved and array.ndim > 1 else "F32"
        chunks.append(np.ascontiguousarray(array, _TYPES[kind]).tobytes())
        place = [end, end + len(chunks[-1])]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": place}
        end = place[1]
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    part = path.with_suffix(".part")
    part.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(chunks))
    part.replace(path)


def load(path: Path) -> tuple[Weights, dict[str, str]]:
    """Read weights as float32, and what is said of them. Raises UserError for any other file."""
    if not path.is_file():
        raise UserError(f"no weights at {path}; `vtuber warp train` makes some")
    data = path.read_bytes()
    try:
        return _parsed(data)
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} holds no weights of this network: {error}") from error


@cache
def shipped() -> Weights:
    """Give the weights that ship: 2 ms, once."""
    return load(SHIPPED)[0]


def _parsed(data: bytes) -> tuple[Weights, dict[str, str]]:
    if len(data) > _MOST_BYTES:
        raise ValueError("it is too large")
    size = int.from_bytes(data[:8], "little")
    if not 2 <= size <= len(data) - 8:
        raise ValueError("it has no header")
    header = json.loads(data[8 : 8 + size])
    said = header.pop("__metadata__", {})
    weights = {}
    for name, about in header.items():
        kind = np.dtype(_TYPES[about["dtype"]])
        begin, end = about["data_offsets"]
        array = np.frombuffer(data[8 + size + begin : 8 + size + end], kind)
        weights[name] = array.reshape(about["shape"]).astype(np.float32)
    return weights, said
