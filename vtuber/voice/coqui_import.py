"""Makes `import TTS` work: call `prepare()` before it, in a process that draws nothing.

coqui-tts looks whether torchaudio and torchcodec are installed, and some of its models import
torchaudio. The wheels of torchaudio are built for CUDA: beside a torch for the CPU their extension
does not load. What the models take from it (resampling, spectrograms) is Python; so the extension
is left out where it fails, and a package that is absent is stood in for by an empty one.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
from functools import cache
from importlib.machinery import ModuleSpec
from types import ModuleType


@cache
def prepare() -> None:
    """Prepare this process for `import TTS`. Raises ImportError where PyTorch is absent."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning threads cost up to 5 times
    import torch

    torch.set_num_threads(1)  # two cost more than they give beside a show
    for name in ("torchaudio", "torchcodec"):
        if importlib.util.find_spec(name) is None:
            sys.modules[name] = _empty(name)
    try:
        import torchaudio
    except OSError:  # its extension wants CUDA
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchaudio"]:
            del sys.modules[name]
        sys.modules["torchaudio._extension"] = _without_extension()
        import torchaudio  # noqa: F401
    for noisy in ("TTS", "trainer", "numba", "matplotlib"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def _without_extension() -> ModuleType:
    """Stand in for `torchaudio._extension`, with the flags that say that there is none."""
    module = _empty("torchaudio._extension")
    for flag in ("_IS_TORCHAUDIO_EXT_AVAILABLE", "_IS_RIR_AVAILABLE", "_IS_ALIGN_AVAILABLE"):
        setattr(module, flag, False)
    module.fail_if_no_align = lambda function: function  # type: ignore[attr-defined]
    module.fail_if_no_rir = lambda function: function  # type: ignore[attr-defined]
    return module


def _empty(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    return module
