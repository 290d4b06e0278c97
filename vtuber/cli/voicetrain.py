"""`vtuber voice train`, `export`: the bundled voice made anew, and handed to Coqui's programs."""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vtuber.cli.arguments import whole
from vtuber.cli.verbs import Verb, added, bar
from vtuber.core.errors import UserError

_WORDS = Path("/usr/share/dict/american-english")  # of the Debian package wamerican
_SHIPPED = ("acoustic.safetensors", "vocoder.safetensors", "spelling.safetensors", "exceptions.txt")


def configure(verbs: Any) -> None:
    """Add both to the verbs of `vtuber voice`."""
    made = added(verbs, VERBS)
    train = made["train"]
    train.add_argument(
        "folder", type=Path, metavar="FOLDER",
        help="keeps the states, the curves and the weights; a training that is there goes on",
    )  # fmt: skip
    train.add_argument(
        "--seed", type=whole, default=0, help="default: 0; the same one gives the same"
    )
    train.add_argument(
        "--share", type=_share, default=1.0, metavar="X",
        help="of the steps of each network, 0.001 to 10; default: 1, an hour of one core",
    )  # fmt: skip
    train.add_argument(
        "--words", type=Path, default=_WORDS, metavar="FILE",
        help=f"a list of English words, one a line; default: {_WORDS}",
    )  # fmt: skip
    train.add_argument(
        "--ship", action="store_true", help="put the result where the program takes it from"
    )
    made["export"].add_argument("folder", type=Path, metavar="FOLDER", help="receives four files")


def run(args: argparse.Namespace) -> int:
    try:
        VERBS[args.voice_verb].do(args)
    except ImportError as error:
        if error.name not in ("torch", "TTS", "num2words"):
            raise
        raise UserError(
            "the voice needs PyTorch and coqui-tts: pip install 'vtuber[voice]'"
        ) from error
    return 0


def _train(args: argparse.Namespace) -> None:
    from vtuber.voice.bundled import train, weights

    if not args.words.is_file():
        raise UserError(
            f"no list of words at {args.words}: apt-get install wamerican, or name one with --words"
        )
    arguments = _arguments(args.seed, args.share)
    about = train.train(arguments, args.words, args.folder, _Curve(args.folder))
    for name in _SHIPPED:
        print(args.folder / name)
        if args.ship:
            shutil.copyfile(args.folder / name, weights.SHIPPED / name)
    print(f"letters to phonemes: {json.dumps(about['spelling'])}", file=sys.stderr)


def _arguments(seed: int, share: float) -> Any:
    """Give the arguments of a training, all of whose parts have that share of their steps."""
    from vtuber.voice.bundled.train import Arguments

    whole = Arguments(seed=seed)
    parts = {}
    for name in ("acoustic", "vocoder", "spelling"):
        part = getattr(whole, name)
        steps = {"steps": max(round(part.steps * share), 1)}
        if name == "vocoder":
            steps["last"] = round(part.last * share)
        parts[name] = dataclasses.replace(part, seed=seed, **steps)
    utterances = max(round(whole.utterances * min(share, 1.0)), 80)
    return dataclasses.replace(whole, utterances=utterances, **parts)


def _export(args: argparse.Namespace) -> None:
    from vtuber.voice.bundled import weights
    from vtuber.voice.coqui_import import prepare

    prepare()
    args.folder.mkdir(parents=True, exist_ok=True)
    for path in weights.as_coqui(weights.SHIPPED, args.folder).values():
        print(path)


class _Curve:
    """Draws the bar, and keeps every line of it in FOLDER/curve.csv."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "curve.csv"

    def __call__(self, what: str, done: int, count: int, losses: Mapping[str, float]) -> None:
        told = ", ".join(f"{n} {v:.3f}" for n, v in losses.items() if n != "steps")
        terminal = sys.stderr.isatty()
        if terminal or losses:
            end = "\n" if not terminal or done == count else ""
            text = f"{bar(done, count)} {what}: {done:,} of {count:,}  {told}"
            print(f"\r{text:110}" if terminal else text, end=end, file=sys.stderr, flush=True)
        if losses:
            row = ",".join([what, str(done), *(f"{n}={v:.5f}" for n, v in losses.items())])
            with self._path.open("a", encoding="utf-8") as file:
                file.write(row + "\n")


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0.001 <= share <= 10.0:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number from 0.001 to 10")
    return share


VERBS = {
    "train": Verb(_train, "Train the bundled voice anew, or go on where a training ended."),
    "export": Verb(_export, "Write the bundled voice as files that Coqui's own programs load."),
}
