"""Trains the ear of the microphone on espeak-ng's voices: `vtuber/sound/lips.safetensors`.

    python benchmarks/train_lips.py

Every voice says sentences, each in another made-up room; the network sees what the microphone's own
ear makes of that, after its own running mean, as it will be. Needs torch and espeak-ng; 4 minutes
of one core at 2.5 GHz.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from lips_corpus import (
    TRAINING,
    Frames,
    frames_of,
    in_a_room,
    stretched,
    synthetic,
)
from safetensors.numpy import save_file

from vtuber.sound.features import CONTEXT, Norm, in_context
from vtuber.sound.lips import WEIGHTS

STRETCHES = (0.85, 1.18)


@dataclass(frozen=True)
class Arguments:
    """What a training is told."""

    seed: int = 1
    sentences: int = 24  # of each voice
    together: int = 4  # sentences after which another microphone is switched on
    hidden: int = 96
    epochs: int = 10
    batch: int = 512
    rate: float = 3e-3
    decay: float = 1e-3
    noise: float = 0.05  # on the inputs, of their spread
    path: Path = WEIGHTS


def corpus(asked: Arguments) -> list[list[Frames]]:
    """Let every voice speak; give what the ear hears, microphone by microphone."""
    dice = np.random.default_rng(asked.seed)
    microphones = []
    for voice in TRAINING:
        speeches = list(synthetic(voice, asked.sentences, asked.seed))
        for begin in range(0, len(speeches), asked.together):
            factor = dice.uniform(*STRETCHES)
            said = (stretched(one, factor) for one in speeches[begin : begin + asked.together])
            microphones.append([frames_of(in_a_room(one, dice)) for one in said])
    return microphones


def rows_of(
    microphones: Iterable[Iterable[Frames]], mean: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lay frames side by side as the network gets them; with their vowels and whether open."""
    rows, vowels, opens = [], [], []
    for microphone in microphones:
        norm = Norm(mean)
        for frames in microphone:
            rows.append(in_context(norm(frames.found, frames.is_loud)))
            vowels.append(frames.vowel[CONTEXT - 1 :])
            opens.append(frames.is_open[CONTEXT - 1 :])
    return np.concatenate(rows), np.concatenate(vowels), np.concatenate(opens)


def train(asked: Arguments) -> dict[str, np.ndarray]:
    """Give the weights."""
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    microphones = corpus(asked)
    loud = [frames.found[frames.is_loud] for said in microphones for frames in said]
    mean = np.concatenate(loud).mean(0)
    rows, vowels, opens = rows_of(microphones, mean)
    spread = rows.std(0)
    x, v, o = torch.tensor(rows / spread), torch.tensor(vowels), torch.tensor(opens)
    counts = torch.bincount(v[v >= 0], minlength=5)
    weight = (counts.sum() / 5 / counts).sqrt()  # half way to all vowels alike
    net = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], asked.hidden),
        torch.nn.ReLU(),
        torch.nn.Linear(asked.hidden, 6),
    )
    optimiser = torch.optim.AdamW(net.parameters(), asked.rate, weight_decay=asked.decay)
    steps = asked.epochs * len(x) // asked.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, asked.rate, total_steps=steps)
    for _ in range(steps):
        drawn = torch.randint(len(x), (asked.batch,))
        said = net(x[drawn] + asked.noise * torch.randn(asked.batch, x.shape[1]))
        vowel, is_open = v[drawn], o[drawn]
        told, known = vowel >= 0, is_open >= 0
        loss = torch.nn.functional.cross_entropy(said[told, :5], vowel[told], weight)
        loss = loss + torch.nn.functional.binary_cross_entropy_with_logits(
            said[known, 5], is_open[known].float()
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    first, last = net[0], net[2]
    return {
        "mean": mean,
        "into": first.weight.detach().numpy().T / spread[:, None],  # the spread is in the weights
        "into_bias": first.bias.detach().numpy(),
        "out": last.weight.detach().numpy().T,
        "out_bias": last.bias.detach().numpy(),
    }


def main() -> None:
    asked = Arguments()
    weights = train(asked)
    said = {"seed": asked.seed, "voices": list(TRAINING), "by": "benchmarks/train_lips.py"}
    save_file(
        {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()},
        asked.path,
        {name: json.dumps(value) for name, value in said.items()},
    )
    print(f"{asked.path}: {asked.path.stat().st_size:,} bytes; benchmarks/voice_microphone.py")


if __name__ == "__main__":
    main()
