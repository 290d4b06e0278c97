"""Reads and writes the weights of the bundled voice: safetensors, in which nothing can run.

They are kept as float16, and with them what they come from. Coqui's loader reads torch's own files:
`as_coqui` writes those for it, into a folder that goes away when they are loaded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from vtuber.core.errors import UserError

SHIPPED = Path(__file__).parent
NAMES = ("acoustic", "vocoder", "spelling")
_MOST_BYTES = 64 << 20


def save(path: Path, weights: Mapping[str, np.ndarray], said: Mapping[str, Any]) -> None:
    """Write weights, halved, and what is said of them. The file is never there in part."""
    from safetensors.numpy import save_file

    kept = {
        name: np.ascontiguousarray(array, np.int64 if array.dtype.kind == "i" else np.float16)
        for name, array in sorted(weights.items())
    }
    part = path.with_suffix(".part")
    save_file(kept, part, {name: json.dumps(value) for name, value in said.items()})
    part.chmod(0o644)  # the library writes files for their owner alone
    part.replace(path)


def load(path: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Read weights, and what is said of them. Raises UserError for any other file."""
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        raise UserError(f"no weights at {path}; `vtuber voice train` makes some")
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(f"{path} holds no weights of the bundled voice: it is too large")
    try:
        with safe_open(path, framework="numpy") as file:
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            said = {name: json.loads(text) for name, text in (file.metadata() or {}).items()}
            return weights, said
    except (SafetensorError, TypeError, ValueError) as error:
        raise UserError(f"{path} holds no weights of the bundled voice: {error}") from error


def as_coqui(source: Path, folder: Path) -> dict[str, str]:
    """Write the networks as files of Coqui's, and give what `TTS.api.TTS` is to be called with.

    The same files go with `tts --model_path ...` of Coqui's own command line.
    """
    import torch

    from vtuber.voice.bundled.nets import acoustic_config, vocoder_config

    files = {
        "model_path": "model.pth", "config_path": "config.json",
        "vocoder_path": "vocoder.pth", "vocoder_config_path": "vocoder.json",
    }  # fmt: skip
    paths = {name: str(folder / file) for name, file in files.items()}
    acoustic_config().save_json(paths["config_path"])
    vocoder_config().save_json(paths["vocoder_config_path"])
    for name, place in (("acoustic", "model_path"), ("vocoder", "vocoder_path")):
        arrays, _ = load(source / f"{name}.safetensors")
        state = {key: torch.from_numpy(array) for key, array in arrays.items()}
        # Without the second, Coqui's loader asks for the discriminator of a GAN.
        torch.save({"model": state, "model_disc": {}}, paths[place])
    return paths
