"""Every style, small, beside its golden picture: what looks another way is seen in a review."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import UInt8

from tests.design.test_draw import FIELDS
from tests.metrics import psnr_db
from vtuber.avatar.images import decode_png
from vtuber.design import catalogue
from vtuber.design.draw import draw, frame
from vtuber.design.export import preview
from vtuber.design.genome import Body, Design, Extras, Eyes, Hair, Outfit, changed
from vtuber.design.png import png

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
TILE_PX, COLUMNS = 168, 8
GROUND = np.array([236, 232, 240], np.float32)
LEAST_DB = 34.0  # other processors round edges another way: 41 dB; another style is below 25
# styles are shown on somebody else than the default, so that a fall-back is seen
BASE = Design(
    seed=7,
    palette="honey",
    body=Body(presentation=0.9),
    eyes=Eyes(shape="almond"),
    hair=Hair(front="curtain", side="none", back="bob", gradient=0.5),
    outfit=Outfit(style="casual"),
    extras=Extras(),
)
PATTERNED = {"pattern": {"outfit.style": "kimono"}}


def tile(design: Design) -> UInt8[np.ndarray, "h w 3"]:
    rgba = preview(draw(design), frame(design, TILE_PX)).astype(np.float32)
    alpha = rgba[..., 3:] / 255
    return (rgba[..., :3] * alpha + GROUND * (1 - alpha)).round().astype(np.uint8)


@cache
def contact_sheet(kind: str) -> UInt8[np.ndarray, "h w 3"]:
    given = PATTERNED.get(kind, {})
    tiles = [tile(changed(BASE, {**given, FIELDS[kind]: name})) for name in catalogue.styles(kind)]
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[i : i + COLUMNS]) for i in range(0, len(tiles), COLUMNS)]
    return np.vstack(rows)


@pytest.mark.parametrize("kind", catalogue.kinds())
def test_every_style_looks_as_it_did(kind: str, update_golden: bool) -> None:
    path, sheet = GOLDEN / f"design_{kind}.png", contact_sheet(kind)
    opaque = np.dstack([sheet, np.full(sheet.shape[:2], 255, np.uint8)])
    if update_golden:
        path.write_bytes(png(opaque))
    assert path.is_file(), f"no {path.name}; run with --update-golden"
    golden = decode_png(path.read_bytes())
    same_size = golden.shape == opaque.shape
    if not same_size or psnr_db(golden, opaque) < LEAST_DB:
        failed = GOLDEN / "failed"
        failed.mkdir(exist_ok=True)
        (failed / path.name).write_bytes(png(opaque))
        pytest.fail(f"{kind} differs from {path.name}; see {failed}, or run with --update-golden")


@pytest.mark.parametrize("kind", catalogue.kinds())
def test_any_two_styles_of_a_kind_differ(kind: str) -> None:
    sheet = contact_sheet(kind).astype(int)
    width = sheet.shape[1] // COLUMNS
    count = len(catalogue.styles(kind))
    tiles = [
        sheet[TILE_PX * (i // COLUMNS) :, width * (i % COLUMNS) :][:TILE_PX, :width]
        for i in range(count)
    ]
    for i, one in enumerate(tiles):
        for j in range(i):
            assert np.abs(one - tiles[j]).max() > 30, f"{kind}: tiles {j} and {i} are alike"
