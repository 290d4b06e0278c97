"""Speaks by a model of Coqui TTS: by its name, or from files of your own.

Settings: model (a name such as tts_models/en/ljspeech/vits, or the path of model.pth), config (of a
path; without one, config.json beside it), vocoder and vocoder_config (paths, for models without a
vocoder of their own), speaker, language, gpu (auto or off), threads (of the processor).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.voice.coqui_model import CoquiModel
from vtuber.voice.coqui_models import downloaded, is_name, own_files
from vtuber.voice.lines import Chunk, Phrase, spoken
from vtuber.voice.phonemes import visemes
from vtuber.voice.resample import Resampler, resampled
from vtuber.voice.timing import phones, words

DEFAULT = "tts_models/en/ljspeech/vits"


@dataclass(frozen=True)
class Options:
    """Settings of `--voice coqui`."""

    model: str = DEFAULT
    config: str = ""
    vocoder: str = ""
    vocoder_config: str = ""
    speaker: str = ""
    language: str = ""
    gpu: Literal["auto", "off"] = "auto"
    threads: int = 1


class Voice:
    """One model."""

    def __init__(self, options: Options, context: VoiceContext) -> None:
        if not 1 <= options.threads <= 64:
            raise UserError(f"threads={options.threads}: give 1 to 64")
        if is_name(options.model) and (options.config or options.vocoder):
            raise UserError(f"{options.model} brings its own config and vocoder; name neither")
        self.name = f"coqui:{options.model}"
        self._options, self._lips = options, context.lips
        self._model: CoquiModel | None = None

    def open(self) -> None:
        """Load the model. Raises UserError when Coqui or the model is absent, or it is broken."""
        options = self._options
        if not is_name(options.model):  # before what takes seconds
            files = own_files(
                options.model, options.config, options.vocoder, options.vocoder_config
            )
        try:
            from vtuber.voice.coqui_import import prepare

            prepare()
            import torch
            import TTS  # noqa: F401
        except (ImportError, OSError) as error:
            raise UserError(
                f"Coqui TTS is not installed, or not whole ({error}): pip install 'vtuber[voice]'"
            ) from error
        if is_name(options.model):
            files = downloaded(options.model)
        torch.set_num_threads(options.threads)
        self._model = CoquiModel(files, options.speaker, options.language, options.gpu == "auto")

    def speak(self, line: Line) -> Iterator[Utterance]:
        assert self._model is not None, "speak comes after open"
        return spoken(line, self.name, self._say, self._model.scripts)

    def _say(self, phrase: Phrase) -> Iterator[Chunk]:
        assert self._model is not None, "speak comes after open"
        made = self._model.say(phrase.text, phrase.speed, phrase.pitch)
        if not made.tokens:
            yield from self._by_ear(phrase, made.pieces)
            return
        resampler = Resampler(self._model.rate_hz)
        first = Chunk(
            np.zeros(0, np.float32), visemes(phones(made.tokens)), words(phrase.text, made.tokens)
        )
        for piece in made.pieces:
            yield replace(first, samples=resampler.push(piece * np.float32(phrase.energy)))
            first = Chunk(np.zeros(0, np.float32))
        yield Chunk(resampler.end())

    def _by_ear(self, phrase: Phrase, pieces: Iterator[np.ndarray]) -> Iterator[Chunk]:
        """Read the lips off the sound, where the model does not tell what it says when."""
        assert self._model is not None, "speak comes after open"
        whole = np.concatenate([*pieces, np.zeros(0, np.float32)]) * np.float32(phrase.energy)
        samples = resampled(whole, self._model.rate_hz)
        yield Chunk(samples, self._lips(samples))

    def close(self) -> None:
        """Let the model go."""
        self._model = None
