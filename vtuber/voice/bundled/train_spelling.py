"""Trains letters to phonemes: a list of words in, weights out. Reads from top to bottom.

espeak-ng says how each word sounds. One word in twenty is held out, chosen by its own letters, so
that every training measures itself on the same ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vtuber.voice.bundled import progress
from vtuber.voice.bundled.phonemes import SOUNDS, Phoneme, parse, spell
from vtuber.voice.bundled.read import linked
from vtuber.voice.bundled.spelling import (
    ALPHABET,
    BLANK,
    LAYERS,
    SLOTS,
    Weights,
    decode,
    encode,
    scores,
)
from vtuber.voice.bundled.teacher import Teacher

Tensor = Any
Pair = tuple[str, tuple[Phoneme, ...]]


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that a training depends on, beside the words."""

    seed: int = 0
    steps: int = 8500
    batch: int = 192
    width: int = 88
    rate: float = 5e-3
    warm_up: int = 100
    every: int = 100


def read_words(path: Path) -> list[str]:
    """Read words, one a line, that have nothing but letters; sorted, each once."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sorted({word for word in lines if word.isascii() and word.isalpha()})


def pronounced(teacher: Teacher, words: Sequence[str]) -> list[Pair]:
    """Have every word said; those that are spelled out letter by letter are left out."""
    pairs = ((word.lower(), parse(teacher.phonemes(word))) for word in words)
    return [
        (word, sounds)
        for word, sounds in dict(pairs).items()
        if 0 < len(sounds) <= SLOTS * len(word) and any(c in "aeiouy" for c in word)
    ]


def is_held_out(word: str) -> bool:
    """Say whether a word is one of those that no training sees."""
    return zlib.crc32(word.encode()) % 20 == 0


def train(
    pairs: Sequence[Pair],
    arguments: Arguments,
    folder: Path,
    report: progress.Report,
    stop_at: int | None = None,
) -> Weights:
    """Train, or go on where `folder` left off, up to `stop_at` if given; gives the weights."""
    import torch

    torch.manual_seed(arguments.seed)
    model = _net(arguments.width)
    optimiser = torch.optim.AdamW(
        model.parameters(), arguments.rate, betas=(0.9, 0.98), weight_decay=0.01
    )
    taught = [
        (encode(word), np.array([SOUNDS.index(sound) for sound in sounds]))
        for word, sounds in pairs
        if not is_held_out(word)
    ]
    by_length = sorted(taught, key=lambda pair: len(pair[0]))
    progress.go_on(
        "letters to phonemes",
        folder / "spelling.state",
        model,
        optimiser,
        arguments,
        lambda step: {"loss": _loss(model, _batch(by_length, arguments, step))},
        report,
        stop_at,
        most=1.0,
    )
    return _weights(model)


def _net(width: int) -> Any:
    """Make the network that `spelling.scores` computes."""
    from torch import nn

    return nn.ModuleDict(
        {
            "letters": nn.Embedding(len(ALPHABET) + 1, 48),
            "gru": nn.GRU(48, width, LAYERS, bidirectional=True, batch_first=True, dropout=0.1),
            "head": nn.Linear(2 * width, SLOTS * (BLANK + 1)),
        }
    )


def _batch(by_length: Sequence[Any], arguments: Arguments, step: int) -> list[Any]:
    """Draw words of about one length, so that little is padding."""
    chance = np.random.default_rng([arguments.seed, step])
    pool = min(arguments.batch * 6, len(by_length))
    start = chance.integers(0, len(by_length) - pool + 1)
    return [by_length[start + k] for k in chance.permutation(pool)[: arguments.batch]]


def _loss(model: Any, batch: list[Any]) -> Tensor:
    import torch
    from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

    lengths = torch.tensor([len(letters) for letters, _ in batch])
    letters = pad_sequence([torch.from_numpy(letters) for letters, _ in batch], True)
    sounds = torch.from_numpy(np.concatenate([sounds for _, sounds in batch]))
    packed = pack_padded_sequence(model["letters"](letters), lengths, True, False)
    states, _ = pad_packed_sequence(model["gru"](packed)[0], True)
    said = model["head"](states).reshape(len(batch), -1, BLANK + 1).log_softmax(-1)
    counts = torch.tensor([len(sounds) for _, sounds in batch])
    return torch.nn.functional.ctc_loss(
        said.transpose(0, 1), sounds, lengths * SLOTS, counts, BLANK, zero_infinity=True
    )


def _weights(model: Any) -> Weights:
    state = {name: value.detach().numpy().copy() for name, value in model.state_dict().items()}
    state["letters"] = state.pop("letters.weight")
    return state


def error(weights: Weights, pairs: Sequence[Pair]) -> dict[str, float]:
    """Measure the share of wrong phonemes on held-out words, without and with stress."""
    wrong, wrong_stressed, count, whole = 0, 0, 0, 0
    words = [word for word, _ in pairs if is_held_out(word)]
    truth = dict(pairs)
    for word, said in zip(words, _said(weights, words), strict=True):
        sounds = truth[word]
        missed = distance([p.ipa for p in said], [p.ipa for p in sounds])
        wrong += missed
        wrong_stressed += distance(said, sounds)
        count += len(sounds)
        whole += missed > 0
    return {
        "phoneme_error": wrong / count,
        "phoneme_error_with_stress": wrong_stressed / count,
        "word_error": whole / len(words),
        "words": len(words),
    }


def _said(weights: Weights, words: Sequence[str]) -> list[tuple[Phoneme, ...]]:
    """Give what the network makes of words."""
    return [decode(found.argmax(1)) for found in scores(weights, [encode(word) for word in words])]


def distance(one: Sequence[object], other: Sequence[object]) -> int:
    """Count the insertions, deletions and replacements between two (Levenshtein)."""
    row = list(range(len(other) + 1))
    for place, mine in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, theirs in enumerate(other, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (mine != theirs)),
            )
    return row[-1]


# -- the words that are listed ---------------------------------------------------------------------

_HETERONYMS = (
    "record present object project content read live lead tear wind close use bow permit produce"
    " contract conduct contest increase subject perfect separate excuse house refuse desert rebel"
    " conflict protest progress export import insult suspect transport update upset research"
    " estimate graduate advocate moderate duplicate alternate decrease address"
)
# Where a word's sound depends on what is around it, it is heard there. "_" is the word.
_CARRIERS = {
    "mid": ("Now", "_", "people."),
    "last": ("See", "people", "_."),
    "vowel": ("Now", "_", "apples."),
}
_ROLES = {
    "verb": ("They", "will", "_", "people."), "noun": ("Like", "the", "_", "there."),
    "past": ("They", "have", "_", "people."),
}  # fmt: skip


def exceptions(teacher: Teacher, weights: Weights, words: Sequence[str]) -> list[str]:
    """Make the list of `exceptions.txt`: words that the network says otherwise than espeak-ng."""
    lines, listed = [], sorted({*words, *_HETERONYMS.split()})
    for word, said in zip(listed, _said(weights, listed), strict=True):
        alone = parse(teacher.phonemes(word))
        forms = {"alone": alone}
        carriers = _CARRIERS | (_ROLES if word in _HETERONYMS.split() else {})
        for kind, carrier in carriers.items():
            heard = _heard_in(teacher, word, carrier)
            usual = forms.get("mid", alone)
            if heard and heard != (linked(usual) if kind == "vowel" else usual):
                forms[kind] = heard
        if said != alone or len(forms) > 1:
            lines.append(" ".join([word, *(f"{k}={spell(s)}" for k, s in forms.items())]))
    return lines


def _heard_in(teacher: Teacher, word: str, carrier: Sequence[str]) -> tuple[Phoneme, ...]:
    """Give a word's phonemes inside a sentence; none where the words run into each other."""
    spelled = teacher.phonemes(" ".join(carrier).replace("_", word)).split(" ")
    place = next(place for place, part in enumerate(carrier) if "_" in part)
    return parse(spelled[place]) if len(spelled) == len(carrier) else ()
