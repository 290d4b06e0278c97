"""`vtuber warp`: train the network that moves avatars, and measure it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber.cli.arguments import whole
from vtuber.cli.verbs import Verb, added, bar
from vtuber.core.errors import UserError

if TYPE_CHECKING:
    from vtuber.warp.train import Progress

TRAINED_BY = ("vtuber/warp", "vtuber/avatar", "vtuber/core/pose.py")  # decide what is learnt


def configure(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    made = added(verbs, VERBS)
    train = made["train"]
    train.add_argument(
        "folder", type=Path, metavar="FOLDER",
        help="keeps the state, the curve and the weights; a training that is there goes on",
    )  # fmt: skip
    train.add_argument(
        "--steps", type=whole,
        help="8000 unless said, and 5000 that only look: 12 minutes of one core",
    )  # fmt: skip
    train.add_argument("--seed", type=whole, help="0 unless said; the same one gives the same")
    measure = made["eval"]
    measure.add_argument("--weights", type=Path, metavar="FILE", help="default: those that ship")
    measure.add_argument("--json", action="store_true", help="print all numbers as one object")
    measure.add_argument("--plot", type=_png, metavar="FILE.png", help="draw the methods as bars")
    measure.add_argument(
        "--characters",
        type=whole,
        default=24,
        metavar="N",
        help="made-up ones of each of two kinds, and a quarter as many rolled; default: 24",
    )
    measure.add_argument(
        "--poses", type=whole, default=24, metavar="N", help="of each; default: 24"
    )
    measure.add_argument(
        "--seed", type=whole, default=0, metavar="N",
        help="of characters and poses: another one shows how much is luck; default: 0",
    )  # fmt: skip
    measure.add_argument(
        "--ablation", action="store_true", help="measure what each of its pieces is worth instead"
    )
    fit = made["fit"]
    fit.add_argument("avatar", metavar="NAME", help="a name, or a folder")
    fit.add_argument(
        "--example", action="append", required=True, type=_example, metavar="POSE.json=DRAWING.png",
        help="a pose, as {\"eyeBlinkLeft\": 1}, and the whole canvas drawn in it; repeatable",
    )  # fmt: skip
    fit.add_argument(
        "--plot", type=_png, default=Path("fit.png"), metavar="FILE.png",
        help="each drawing, the avatar before and after, and what differs; default: fit.png",
    )  # fmt: skip
    train.add_argument("--device", choices=("cpu", "cuda"), help="cpu unless said")


def run(args: argparse.Namespace) -> int:
    try:
        VERBS[args.what].do(args)
    except ImportError as error:
        needs = {"torch": "training needs PyTorch: pip install 'vtuber[train]'",
                 "skia": "rolling designs needs Skia: pip install 'vtuber[design]'"}  # fmt: skip
        if error.name not in needs:
            raise
        raise UserError(needs[error.name]) from error
    return 0


def _train(args: argparse.Namespace) -> None:
    from vtuber.runtime.checkout import commit_of
    from vtuber.shows.warping.plots import plot_training
    from vtuber.warp.train import Arguments, train
    from vtuber.warp.weights import save

    said = {name: getattr(args, name) for name in ("steps", "seed", "device")}
    arguments = Arguments(**{name: value for name, value in said.items() if value is not None})
    weights, about = train(arguments, args.folder, _show, commit=commit_of(TRAINED_BY))
    goal = args.folder / "warp.safetensors"
    save(goal, weights, about)
    plot_training(args.folder / "curve.csv", args.folder / "curve.png")
    print(goal)
    print(f"{goal.stat().st_size / 1000:.0f} kB; evaluation: {json.loads(about['evaluation'])}",
          file=sys.stderr)  # fmt: skip


def _eval(args: argparse.Namespace) -> None:
    from vtuber.shows.warping.evaluate import Amount, evaluate
    from vtuber.shows.warping.plots import plot_errors

    if args.ablation:
        return _ablation(args)
    counts = max(args.characters, 1), args.characters // 4, max(args.poses, 2)
    amount = Amount(*counts, seed=args.seed)
    numbers = evaluate(args.weights, amount, _told)
    _told("")
    if args.plot:
        plot_errors(numbers, args.plot)
    print(json.dumps(numbers) if args.json else _table(numbers))


def _ablation(args: argparse.Namespace) -> None:
    from vtuber.shows.warping.ablate import ablate

    found = ablate(args.weights, max(args.characters // 2, 1), max(args.poses // 2, 2), _told)
    _told("")
    if args.json:
        print(json.dumps(found))
        return
    print(f"{'px of 512':18} {'mean':>6} {'p99':>6}   no [rig]: {'mean':>5} {'p99':>6}")
    for name, row in found.items():
        print(
            f"{name:18} {row['mean']:6.2f} {row['p99']:6.2f} "
            f"{row['mean_no_rig']:17.2f} {row['p99_no_rig']:6.2f}"
        )


def _fit(args: argparse.Namespace) -> None:
    from vtuber.shows.warping.fit import fit

    path, gains = fit(args.avatar, args.example, args.plot, _progress)
    for gain in gains:
        share = 1.0 - gain.after / max(gain.before, 1e-9)
        print(
            f"{gain.drawing}: {share:.0%} nearer (error {gain.before:.4f} -> {gain.after:.4f})"
            if gain.is_learned
            else f"{gain.drawing}: nothing learned; it is met already (error {gain.before:.4f}), "
            "or is not of this avatar"
        )
    if any(gain.is_learned for gain in gains):
        print(path)
    print(args.plot)


def _example(text: str) -> tuple[Path, Path]:
    pose, equals, drawing = text.partition("=")
    if not (equals and pose.lower().endswith(".json") and drawing.lower().endswith(".png")):
        raise argparse.ArgumentTypeError(f"{text!r}: write POSE.json=DRAWING.png")
    return Path(pose), Path(drawing)


def _progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == count else ""
        print(f"\r{bar(done, count)} {done} of {count} steps", end=end, file=sys.stderr, flush=True)


def _told(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{what:40}", end="\n" if not what else "", file=sys.stderr, flush=True)


def _table(numbers: Mapping[str, Any]) -> str:
    lines = [f"{'px of 512':16} {'mean':>7} {'rms':>7} {'p99':>7}"]
    for name, error in numbers["vertex_px_512"].items():
        lines.append(f"{name:16} {error['mean']:7.2f} {error['rms']:7.2f} {error['p99']:7.2f}")
    drawn = numbers["render"]
    lines += [
        f"drawn, 1 - SSIM: {1 - drawn['network']['ssim_full']:.4f} all controls, "
        f"{1 - drawn['network']['ssim_expression']:.4f} expressions "
        f"(still: {1 - drawn['still']['ssim_full']:.4f}, "
        f"{1 - drawn['still']['ssim_expression']:.4f})",
        f"folds: {numbers['folds']}; with turns 1.3 times as far: {numbers['folds_further']}",
        f"a frame: {numbers['frame_ms_p50']:.2f} ms, 99 of 100 below {numbers['frame_ms_p99']:.2f} "
        f"({numbers['vertices']} vertices); baking: {numbers['bake_ms']:.1f} ms",
        f"weights: {numbers['weights_bytes'] / 1000:.0f} kB; error at rest: "
        f"{numbers['rest_error_px']:g} px",
    ]
    return "\n".join(lines)


def _png(text: str) -> Path:
    if not text.lower().endswith(".png"):
        raise argparse.ArgumentTypeError(f"{text!r}: the chart is a picture; name it FILE.png")
    return Path(text)


def _show(progress: Progress) -> None:
    """Draw the bar over itself in a terminal, else write a line."""
    text = (
        f"{bar(progress.step, progress.steps)} {progress.step:,} of {progress.steps:,}, "
        f"{progress.cpu_s:.0f} s of CPU; held out: {progress.mean:.2f} px "
        f"(p99 {progress.p99:.1f}), without [rig] "
        f"{progress.mean_no_rig:.2f} ({progress.p99_no_rig:.1f})"
    )
    terminal = sys.stderr.isatty()
    end = "\n" if not terminal or progress.step == progress.steps else ""
    print(f"\r{text}" if terminal else text, end=end, file=sys.stderr, flush=True)


VERBS = {
    "train": Verb(_train, "Train the network anew, or go on where a training ended."),
    "fit": Verb(_fit, "Teach the network an avatar's own drawings of poses."),
    "eval": Verb(_eval, "Measure the network against the exact rig, and its rivals beside it."),
}
