"""Trains the whole bundled voice: a seed in, the files that ship out. Reads from top to bottom.

A folder keeps the corpus, the state of every training and its curve, so that it goes on where it
was interrupted, and gives the same as if it had not been.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vtuber.core.errors import UserError
from vtuber.voice.bundled import (
    progress,
    train_acoustic,
    train_spelling,
    train_vocoder,
    weights,
)
from vtuber.voice.bundled.teacher import VOICE, Teacher

COMMON = Path(__file__).with_name("common.txt")
_HEAD = (
    "# word, and how it sounds: alone, amid others, last, before a vowel, as verb, noun, participle"
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that the voice depends on, beside the version of espeak-ng."""

    seed: int = 0
    utterances: int = 3000
    acoustic: train_acoustic.Arguments = field(default_factory=train_acoustic.Arguments)
    vocoder: train_vocoder.Arguments = field(default_factory=train_vocoder.Arguments)
    spelling: train_spelling.Arguments = field(default_factory=train_spelling.Arguments)


def train(
    arguments: Arguments,
    words: Path,
    folder: Path,
    report: progress.Report,
    common: Path = COMMON,
) -> Mapping[str, Any]:
    """Train all three networks into `folder`; gives what is to be said of them.

    `words` is a list of words, one a line (Debian: the package wamerican); those of `common` are
    listed where the network errs. Needs torch, coqui-tts and the library espeak-ng.
    """
    import torch

    from vtuber.voice.coqui_import import prepare

    prepare()
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    about: dict[str, Any] = {"arguments": dataclasses.asdict(arguments), "teacher": VOICE}
    _check_same(folder / "arguments.json", about)
    about["spelling"] = spelling_and_list(arguments, words, common, folder, report)
    corpus = _corpus(arguments, folder, report)
    acoustic = train_acoustic.train(corpus, arguments.acoustic, folder, report)
    weights.save(folder / "acoustic.safetensors", progress.arrays(acoustic), about)
    vocoder = train_vocoder.train(
        corpus,
        lambda: train_acoustic.resounded(acoustic, corpus),
        arguments.vocoder,
        folder,
        report,
    )
    weights.save(folder / "vocoder.safetensors", progress.arrays(vocoder), about)
    return about


def spelling_and_list(
    arguments: Arguments, words: Path, common: Path, folder: Path, report: progress.Report
) -> Mapping[str, float]:
    """Train letters to phonemes, list the common words that it misses, and measure it."""
    teacher = Teacher()
    pairs = train_spelling.pronounced(teacher, train_spelling.read_words(words))
    taught = train_spelling.train(pairs, arguments.spelling, folder, report)
    measured = train_spelling.error(taught, pairs)
    weights.save(folder / "spelling.safetensors", taught, {"evaluation": measured})
    known = common.read_text(encoding="utf-8").split()
    listed = train_spelling.exceptions(teacher, taught, known)
    (folder / "exceptions.txt").write_text("\n".join([_HEAD, *listed, ""]), encoding="utf-8")
    return measured


def _check_same(path: Path, about: Mapping[str, Any]) -> None:
    """Refuse to go on with what was begun otherwise. Raises UserError."""
    if path.exists() and json.loads(path.read_text(encoding="utf-8")) != about:
        raise UserError(
            f"{path.parent} holds a training with another seed or share: give the same, or another "
            "folder"
        )
    path.write_text(json.dumps(about, indent=1), encoding="utf-8")


def _corpus(arguments: Arguments, folder: Path, report: progress.Report) -> Any:
    from vtuber.voice.bundled.corpus import Corpus

    path = folder / "corpus.npz"
    if path.exists():
        return Corpus.load(path)
    made = Corpus.made(
        arguments.seed,
        arguments.utterances,
        lambda done, count: report("speech of espeak-ng", done, count, {}),
    )
    made.save(path)
    return Corpus.load(path)  # as it will be read when the training goes on
