"""How well does a camera move the character? Every figure of face tracking, in one run.

    python benchmarks/tracking.py [--json] [--data FOLDER] [--only ROW ...]

One setting for all clips, the path of a live show: tracker, filter, and, where it says so,
retarget and prediction. Real clips and labels: the test data (VTUBER_TEST_DATA, default
../shared/data); `tracking_labels.json`, beside this file, adds labels of gaze and mouth, and says
how they were made. Rivals on the same landmarks: `head_solvers.py`.

canonical   the canonical face projected at known angles (|yaw|, |pitch| <= 45, |roll| <= 30), 35 to
            90 cm away, each landmark with noise of 0.5 % of the distance of the outer corners of
            the eyes; mean error over the three angles, degrees; `behind`: how much better the best
            rival is. `pnp468` has every point of the very face that it is shown, so no face is
            nearer to its model than this one.
someone     the same with faces that are not the model: each proportion changed by 6 % (standard
            deviation), the jaw dropped by up to 1.8 cm.
anybody     the same, and dented at random, as no model of faces knows: each point by 0.2 cm, with
            those around it (Gaussian, 2.5 cm).
flip        the same clip flipped and flipped back: mean difference of the three angles; `slope` and
            `correlation` of yaw: 1 is right sign and size.
rotate      clips and stills turned by +-15 degrees, the pose turned back: the same.
blink       events F1 within 2 frames of the labels, false ones a minute; openness when shut and
            open, over all labelled clips.
mouth       jawOpen against the labels: Spearman's rank correlation, AUC of closed against not.
gaze        share of labelled pictures told left, centre or right at +-0.4 of the range.
jitter      where a head is at rest, as weighted Kabsch sees it: RMS of the angles less their
            centred mean over half a second.
lag         how much later than the measured head the character's is, in frames of 30 a second: a
            beat of 60 Hz asks for its pose at every moment, each face comes 20 ms after its frame.
cpu         CPU time of all threads for a frame of 640x480, tracker and filter.
far         heads pasted into drawn rooms, 24 px between the outer corners of their eyes: share that
            is found, in the right place, within three frames.
recovery    frames without a face after 30 black ones; after a jump by 60 % of the width.
swaps       frames in which the first performer's character is moved by somebody else, out of those
            of four scenes of two people: side by side, one covered for 0.5 s, for 3 s, one leaves.
pair        the same with two performers (`--faces 2`), over six scenes of each of four pairs: side
            by side, they change places, one leaves for two seconds, the other does, somebody takes
            the place of who left, a third one walks by in front; `found`: share of the frames in
            which a performer was there, with nobody in front, and was found.
passer      the same for one performer, in front of whom somebody as large walks by, at 8, 16 and 24
            pixels a frame: twelve pairs.
cpu2        CPU as above with two performers; tracker only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from typing import Any

from tracking_crowd import TOGETHER  # beside this file
from tracking_drawn import DRAWN  # beside this file
from tracking_rows import ALONE, Material  # beside this file

ROWS = {**DRAWN, **ALONE, **TOGETHER}
REPOSITORY = Path(__file__).resolve().parent.parent

# what: (must, good), and whether less is better
TARGETS: dict[str, tuple[float, float | None, bool]] = {
    "canonical.mae_deg": (1.5, 1.0, True),
    "canonical.behind_deg": (0.0, None, True),
    "someone.mae_deg": (1.5, 1.0, True),
    "someone.behind_deg": (0.0, None, True),
    "anybody.mae_deg": (1.5, 1.0, True),
    "anybody.behind_deg": (0.0, None, True),
    "flip.mae_deg": (1.5, 1.0, True),
    "rotate.mae_deg": (2.0, 1.4, True),
    "blink.f1": (0.95, 1.0, False),
    "blink.false_per_minute": (1.0, 0.0, True),
    "blink.shut_p95": (0.25, None, True),
    "blink.open_p5": (0.7, None, False),
    "mouth.rank": (0.85, 0.90, False),
    "mouth.auc": (0.97, 0.99, False),
    "gaze.accuracy": (0.92, 1.0, False),
    "jitter.rms_deg": (0.07, 0.04, True),
    "lag.frames": (1.0, 0.0, True),
    "cpu.ms": (9.0, 6.5, True),
    "far.found": (0.95, 1.0, False),
    "recovery.after_black": (3.0, 0.0, True),
    "recovery.after_jump": (5.0, 1.0, True),
    "swaps.frames": (0.0, None, True),
    "pair.frames": (0.0, None, True),
    "passer.frames": (0.0, None, True),
}


def verdict(name: str, value: float) -> str:
    """Say whether a figure is good, as it must be, or misses.

    >>> verdict("cpu.ms", 7.0)
    'must'
    """
    must, good, less_is_better = TARGETS[name]
    sign = 1 if less_is_better else -1
    if good is not None and sign * value <= sign * good + 1e-9:
        return "good"
    return "must" if sign * value <= sign * must + 1e-9 else "MISSES"


def table(report: dict[str, Any]) -> str:
    lines = [f"{'figure':<24}{'value':>9}{'must':>8}{'good':>8}  verdict"]
    for name, (must, good, _) in TARGETS.items():
        row, key = name.split(".")
        if row not in report:
            continue
        value = report[row][key]
        shown = "" if good is None else f"{good:g}"
        lines.append(f"{name:<24}{value:>9}{must:>8g}{shown:>8}  {verdict(name, value)}")
        rivals = report[row].get("rivals")
        if rivals:
            lines.append("    rivals: " + ", ".join(f"{n} {v}" for n, v in rivals.items()))
    return "\n".join(lines)


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    folder = os.environ.get("VTUBER_TEST_DATA", str(REPOSITORY / "../shared/data"))
    parser.add_argument("--data", type=Path, default=Path(folder), help="the test data")
    parser.add_argument("--only", nargs="+", choices=tuple(ROWS), default=tuple(ROWS))
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    if not (flags.data / "SOURCES.md").is_file():
        parser.error(f"no test data at {flags.data}; give its folder with --data")
    material = Material(flags.data)
    report: dict[str, Any] = {name: ROWS[name](material) for name in flags.only}
    report["machine"] = f"{os.cpu_count()} x {platform.processor() or platform.machine()}"
    print(json.dumps(report) if flags.json else table(report))


if __name__ == "__main__":
    main()
