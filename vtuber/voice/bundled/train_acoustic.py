"""Trains the acoustic model: a corpus in, weights of Coqui's ForwardTTS out. Reads top to bottom.

The losses are Coqui's own `ForwardTTSLoss`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from vtuber.voice.bundled import progress, pulses
from vtuber.voice.bundled.corpus import Corpus, Utterance
from vtuber.voice.bundled.nets import MELS, PITCH, VOICED, acoustic_config, acoustic_model
from vtuber.voice.bundled.read import SHORTEST

Tensor = Any


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that a training depends on, beside the corpus."""

    seed: int = 0
    steps: int = 4000
    batch: int = 16
    rate: float = 2e-3
    warm_up: int = 100
    decay: float = 1e-4
    every: int = 100  # steps between two lines of the curve, and two savings


def train(
    corpus: Corpus,
    arguments: Arguments,
    folder: Path,
    report: progress.Report,
    stop_at: int | None = None,
) -> Any:
    """Train, or go on where `folder` left off, up to `stop_at` if given; gives the model."""
    import torch

    torch.manual_seed(arguments.seed)
    config = acoustic_config()
    model = acoustic_model(config)
    criterion = model.get_criterion()
    optimiser = torch.optim.AdamW(
        model.parameters(), arguments.rate, betas=(0.9, 0.98), weight_decay=arguments.decay
    )
    by_length = sorted(corpus.utterances, key=lambda one: one.mel.shape[1])
    model.train()
    progress.go_on(
        "acoustic model",
        folder / "acoustic.state",
        model,
        optimiser,
        arguments,
        lambda step: _losses(model, criterion, _batch(by_length, arguments, step)),
        report,
        stop_at,
    )
    return model.eval()


def _batch(by_length: list[Utterance], arguments: Arguments, step: int) -> dict[str, Tensor]:
    """Draw utterances of about one length, so that little is padding."""
    import torch

    chance = np.random.default_rng([arguments.seed, step])
    pool = min(arguments.batch * 4, len(by_length))
    start = chance.integers(0, len(by_length) - pool + 1)
    chosen = [by_length[start + k] for k in chance.permutation(pool)[: arguments.batch]]
    return {
        "tokens": _stacked([one.tokens for one in chosen], least=SHORTEST),
        "token_counts": torch.tensor([len(one.tokens) for one in chosen]),
        "frames": _stacked([one.frames for one in chosen], least=SHORTEST),
        "mel": _stacked([_target(one) for one in chosen], -4.0),
        "mel_counts": torch.tensor([one.mel.shape[1] for one in chosen]),
        "pitch": _stacked([one.pitch for one in chosen])[:, None],
        "plain": torch.tensor([one.plain for one in chosen]),
    }


def _target(one: Utterance) -> np.ndarray:
    """Give what frames are to be: mel, and pitch and voicing for `pulses`."""
    voiced = np.where(one.pitch != 0.0, 1.0, 0.0)
    return np.vstack([one.mel, pulses.joined(one.pitch), voiced]).T.astype(np.float32)


def _stacked(arrays: list[np.ndarray], padding: float = 0, least: int = 0) -> Tensor:
    import torch

    longest = max(least, *(len(array) for array in arrays))
    shape = (len(arrays), longest, *arrays[0].shape[1:])
    whole = np.full(shape, padding, arrays[0].dtype)
    for row, array in zip(whole, arrays, strict=True):
        row[: len(array)] = array
    return torch.from_numpy(whole)


def _losses(model: Any, criterion: Any, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    outputs = model(
        batch["tokens"], batch["token_counts"], batch["mel_counts"], y=batch["mel"],
        dr=batch["frames"], pitch=batch["pitch"],
    )  # fmt: skip
    made = outputs["model_outputs"][:, :, : VOICED + 1]
    plain = batch["plain"][:, None]
    durations, pitch = outputs["durations_log"], outputs["pitch_avg"]
    # What is said in another manner teaches neither: there, the guess is the truth.
    durations = durations.where(plain, (batch["frames"].float() + 1).log())
    pitch = pitch.where(plain[:, None], outputs["pitch_avg_gt"])
    losses: dict[str, Tensor] = criterion(
        decoder_output=made, decoder_target=batch["mel"],
        decoder_output_lens=batch["mel_counts"], dur_output=durations,
        dur_target=batch["frames"], pitch_output=pitch, pitch_target=outputs["pitch_avg_gt"],
        energy_output=None, energy_target=None, input_lens=batch["token_counts"],
    )  # fmt: skip
    heard = outputs["y_mask"][:, 0, :, None]
    voice = ((made - batch["mel"])[:, :, PITCH:] * heard).abs().mean()
    # Two channels of 82 would have little weight; a wrong pitch is heard first.
    return {**losses, "loss_voice": voice, "loss": losses["loss"] + _VOICE_SHARE * voice}


_VOICE_SHARE = 0.4


def resounded(model: Any, corpus: Corpus) -> Corpus:
    """Give the corpus with the frames that the model makes of the true durations and pitch."""
    import torch

    made = []
    with torch.inference_mode():
        for one in corpus.utterances:
            tokens = _stacked([one.tokens], least=SHORTEST)
            outputs = model(
                tokens, torch.tensor([len(one.tokens)]), torch.tensor([one.mel.shape[1]]),
                dr=_stacked([one.frames], least=SHORTEST),
                pitch=torch.from_numpy(one.pitch)[None, None],
            )  # fmt: skip
            mel = outputs["model_outputs"][0, :, :MELS].T.numpy().astype(np.float32)
            made.append(replace(one, mel=mel))
    return Corpus(made)
