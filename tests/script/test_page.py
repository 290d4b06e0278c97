"""The page about scripts says what there is."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from vtuber.script.gestures import FILE, read_gestures
from vtuber.script.lines import FORMS
from vtuber.script.parse import parse
from vtuber.script.statements import Script

PAGE = (Path(__file__).parents[2] / "docs" / "scripts.md").read_text("utf-8")
BLOCKS = [textwrap.dedent(block) for block in re.findall(r"(?:^    .*\n)+", PAGE, re.MULTILINE)]


def test_every_gesture_stands_there_with_what_it_says():
    for gesture in read_gestures(FILE).values():
        assert gesture.about, gesture.name
        assert f"| `{gesture.name}` | {gesture.about} |" in PAGE


def test_every_statement_stands_there():
    assert all(word in PAGE for word in FORMS)


def test_the_examples_are_read(tmp_path: Path):
    (example,) = (block for block in BLOCKS if block.startswith("@title"))
    assert parse(example)[1] == []
    (own,) = (block for block in BLOCKS if block.startswith("[wave]"))
    (tmp_path / "own.toml").write_text(own, "utf-8")
    assert "wave" in read_gestures(FILE, tmp_path / "own.toml")
    (twin,) = (block for block in BLOCKS if block.startswith("{"))
    assert Script.model_validate_json(twin).to_text() == "Mika: Hello [nod] you\n"
