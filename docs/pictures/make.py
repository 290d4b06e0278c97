"""Draw the pictures of the documents again: `.venv/bin/python docs/pictures/make.py`.

Stills come from `vtuber still`, the page from `vtuber run` in headless Chromium (`make setup-dev`).
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from vtuber.resources import shipped_names

FOLDER = Path(__file__).resolve().parent
VTUBER = [sys.executable, "-m", "vtuber"]

FINER = 3  # thin lines break into dots where a picture is a quarter of the avatar's own size
HEAD = (0.16, 0.04, 0.84, 0.66)  # left, top, right, bottom of a still, as shares of its sides

# file: how many in a row, the size of each still (of expressions: its head alone), the poses
SHEETS: dict[str, tuple[int, tuple[int, int], list[dict[str, object]]]] = {
    "strip.png": (6, (222, 278), [
        {"avatar": "default", "pose": {"headYaw": 20, "headPitch": 4, "headRoll": -4}},
        {"avatar": "rowan", "pose": {"headYaw": -14, "jawOpen": 0.35, "mouthSmileLeft": 0.7,
                                     "mouthSmileRight": 0.7}},
        {"avatar": "hanae", "expression": "laugh"},
        {"avatar": "juno", "pose": {"headYaw": 12, "headRoll": 8, "mouthSmileLeft": 0.8,
                                    "mouthSmileRight": 0.8, "eyeLookInLeft": 0.4,
                                    "eyeLookOutRight": 0.4}},
        {"avatar": "osric", "pose": {"headYaw": -18, "headPitch": -5}},
        {"avatar": "pip", "expression": "surprise"},
    ]),
    "expressions.png": (6, (304, 380), [
        {"expression": name} for name in (
            "neutral", "joy", "laugh", "anger", "sadness", "surprise", "shy", "sleepy", "love",
            "panic", "tears", "smug",
        )
    ]),
    "signs.png": (3, (264, 330), [
        {"pose": {"headYaw": 22}}, {"pose": {"headPitch": 16}}, {"pose": {"headRoll": 12}},
    ]),
}  # fmt: skip
SEED = 100  # of the first character of the rolled sheet
BACKDROP = "body { background: linear-gradient(90deg, #0f766e, #7c3aed 60%, #db2777); }"
PAGE_PX = (896, 504)


def main() -> None:
    """Draw every sheet, then the page."""
    for name, (columns, size_px, poses) in SHEETS.items():
        stills = [still(size_px, **pose) for pose in poses]  # type: ignore[arg-type]
        if name == "expressions.png":
            stills = [head(one) for one in stills]
        save(sheet(stills, columns), FOLDER / name)
    for name in shipped_names():
        save(portrait(name), FOLDER / f"sheet-{name}.png")
    save(rolled(), FOLDER / "many.png")
    save(page(), FOLDER / "page.png")


def rolled() -> Image.Image:
    """Let `vtuber avatar random` roll a sheet; halve it, in 256 colours: 0.2 MB and not 0.6."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.png"
        words = ["avatar", "random", "--count", "12", "--seed", str(SEED), "--sheet", str(path)]
        subprocess.run([*VTUBER, *words], check=True, stdout=subprocess.DEVNULL)
        return Image.open(path).convert("RGB").reduce(2).quantize(256, kmeans=2)


def portrait(name: str) -> Image.Image:
    """Let `vtuber avatar sheet` draw an avatar; a third of it, in 256 colours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.png"
        words = ["avatar", "sheet", name, "-o", str(path)]
        subprocess.run([*VTUBER, *words], check=True, stdout=subprocess.DEVNULL)
        return Image.open(path).convert("RGB").reduce(3).quantize(256, kmeans=2)  # reds stay


def still(
    size_px: tuple[int, int], pose: object = None, expression: object = "", avatar: str = "default"
) -> Image.Image:
    """Draw one picture with `vtuber still`, larger than asked, and make it smaller by averaging."""
    size = "x".join(str(FINER * side) for side in size_px)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "still.png"
        words = ["still", "--avatar", avatar, "--size", size, "--expression", str(expression)]
        words += ["--pose", json.dumps(pose or {}), "-o", str(path)]
        subprocess.run([*VTUBER, *words], check=True, stdout=subprocess.DEVNULL)
        return Image.open(path).reduce(FINER)


def head(one: Image.Image) -> Image.Image:
    """Keep the part of a still that changes."""
    sides = one.size * 2
    left, top, right, bottom = (round(a * b) for a, b in zip(HEAD, sides, strict=True))
    return one.crop((left, top, right, bottom))


def sheet(stills: list[Image.Image], columns: int) -> Image.Image:
    """Lay pictures of one size side by side, in rows; what is transparent stays so."""
    width, height = stills[0].size
    whole = Image.new("RGBA", (columns * width, -(-len(stills) // columns) * height))
    for i, one in enumerate(stills):
        whole.paste(one, (i % columns * width, i // columns * height))
    return whole


def page() -> Image.Image:
    """Photograph the live page over a colourful background, which shines through."""
    from playwright.sync_api import sync_playwright

    size = "{}x{}".format(*PAGE_PX)
    words = ["run", "--size", size, "--fps", "30", "--output", "web", "--seconds", "60"]
    show = subprocess.Popen(
        [*VTUBER, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert show.stdin is not None
    assert show.stdout is not None
    try:
        said = iter(show.stdout.readline, "")
        address = next(found[0] for line in said if (found := re.search(r"http://\S+", line)))
        show.stdin.write("zoom 1.15\nmove 0.4 -0.06\nexpression joy\nset headYaw -14\n")
        show.stdin.flush()
        with sync_playwright() as play:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            view = browser.new_page(viewport={"width": PAGE_PX[0], "height": PAGE_PX[1]})
            view.goto(address)
            view.add_style_tag(content=BACKDROP)
            view.wait_for_function("vtuber.drawn > 60")
            picture = Image.open(io.BytesIO(view.screenshot()))
            browser.close()
        show.stdin.write("quit\n")
        show.stdin.flush()
        show.wait(30)
    finally:
        show.kill()
    return picture.convert("RGB")


def save(picture: Image.Image, path: Path) -> None:
    """Write a PNG and say how large it became."""
    picture.save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
