"""What the documents promise: links resolve, commands parse, examples run, languages keep step."""

import argparse
import dataclasses
import importlib
import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vtuber import plugins, resources
from vtuber.avatar import bundle, files, images, manifest, style
from vtuber.avatar.roles import LANDMARKS, ROLES
from vtuber.avatar.springs import BOUNDS, SPRINGS
from vtuber.cli import avatar
from vtuber.cli.main import VERBS
from vtuber.control.keys import KEYS
from vtuber.core import command, pose
from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.output import virtualcam
from vtuber.runtime.clock import ManualClock
from vtuber.settings import CameraSettings, ItemSettings, LookSettings, Settings, ViewSettings, load

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
ENGLISH, CHINESE = REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md"
each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY))
)


def blocks(document: Path, language: str = r"\w*") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S)


def prose(document: Path) -> str:
    return re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)


def anchors(document: Path) -> set[str]:
    """Give the anchors that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", prose(document), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@each_document
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(document))
    for target in targets:
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path) if path else document
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def is_a_name(words: list[str]) -> bool:
    """Say whether words only name a command: `vtuber avatar edit`."""
    return words[1] == "avatar" and words[2:] in [[verb] for verb in avatar.VERBS if verb != "list"]


def commands(document: Path) -> Iterator[list[str]]:
    """Give each `vtuber ...` of the code blocks and of the code spans that hold a verb."""
    text = "\n".join(blocks(document, "(?:sh|bat)")).splitlines()
    spans = re.findall(r"`(?:\.venv/bin/)?(vtuber \w+ [^`]+)`", prose(document))
    for line in [*text, *spans]:
        for part in line.replace(r".venv\Scripts\vtuber", "vtuber").split(" | "):
            words = shlex.split(part)
            if words[:1] == ["vtuber"] and not is_a_name(words):
                yield words[1:]


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"vtuber {words[0]}")
    importlib.import_module(f"vtuber.cli.{words[0]}").configure(parser)
    return parser.parse_args(words[1:])


@each_document
def test_every_command_line_parses_with_the_programs_own_parser(document: Path) -> None:
    for words in commands(document):
        assert words[0] in VERBS, words
        try:
            args = parse(words)
        except SystemExit as error:
            raise AssertionError(f"vtuber {shlex.join(words)}") from error
        for output in (args.output or ()) if words[0] == "run" else ():
            plugins.parse("output", output)


@pytest.mark.parametrize("verb", VERBS)
def test_the_examples_of_a_verbs_help_parse(verb: str) -> None:
    parser = argparse.ArgumentParser()
    importlib.import_module(f"vtuber.cli.{verb}").configure(parser)
    for example in re.findall(r"^  vtuber (.*?)(?:  .*)?$", parser.epilog or "", re.MULTILINE):
        assert example.split()[0] == verb
        parse(shlex.split(example))


def test_the_readme_holds_command_lines_of_every_verb() -> None:
    assert {words[0] for words in commands(ENGLISH)} == set(VERBS)


def test_the_chinese_readme_has_the_same_code_pictures_and_links() -> None:
    assert blocks(CHINESE) == blocks(ENGLISH)
    links = [
        sorted(set(re.findall(r"\]\(([^)#\s]+)", prose(path))) - {ENGLISH.name, CHINESE.name})
        for path in (ENGLISH, CHINESE)
    ]
    assert links[0] == links[1]
    headings = [len(re.findall(r"^#+ ", prose(path), re.M)) for path in (ENGLISH, CHINESE)]
    assert headings[0] == headings[1]
    rows = [len(re.findall(r"^\|", prose(path), re.M)) for path in (ENGLISH, CHINESE)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("document", [ENGLISH, CHINESE], ids=lambda path: path.name)
def test_the_readme_names_every_flag_of_run_and_every_key(document: Path) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module("vtuber.cli.run").configure(parser)
    text = document.read_text("utf-8")
    for action in parser._actions:
        assert all(f"`{flag}" in text for flag in action.option_strings), action
    named = set("0123456789=") | {"left", "right", "up", "down"}
    assert all(f"`{key}`" in text for key in set(KEYS) - named)
    for key, does in KEYS.items():
        if key in "123456789":
            assert f"`{key}` {does.removeprefix('expression ')}" in text


@pytest.mark.parametrize("line", virtualcam.LINUX_COMMANDS)
def test_the_readme_makes_a_virtual_camera_with_the_programs_own_commands(line: str) -> None:
    assert line in ENGLISH.read_text("utf-8")


@each_document
def test_every_settings_example_is_accepted(document: Path, tmp_path: Path) -> None:
    for text in blocks(document, "toml"):
        if text.startswith("format"):
            continue
        path = tmp_path / "settings.toml"
        path.write_text(text, "utf-8")
        for output in load(path, {}).outputs or ():
            plugins.parse("output", output)


def test_the_settings_page_names_every_setting_with_its_default_option_and_command() -> None:
    text = (REPOSITORY / "docs/settings.md").read_text("utf-8")
    for kind in (Settings, CameraSettings, LookSettings, ViewSettings):
        for name, field in kind.model_fields.items():
            if isinstance(field.default, bool | int | float | str):
                shown = toml(field.default)
                assert re.search(rf"\| `{name}` \| `{re.escape(shown)}` \|", text), (name, shown)
            assert f"`{name}`" in text or f"`[{name}]`" in text, name
    for name in plugins.names("output"):
        section = text.split(f"### {name}\n")[1].split("\n### ")[0]
        module = importlib.import_module(f"vtuber.output.{name}")
        for option in dataclasses.fields(module.Options):
            shown = toml(option.default).strip('"')
            shown = f"`{shown}` " if shown else ""
            assert f"| `{option.name}` | {shown}|" in section, (name, option)
    assert all(f"| `{name}` | " in text for name in ItemSettings.model_fields)
    forms = (verb.replace("item ", "item NAME ") for verb in command.VERBS)
    assert all(f"`{form}" in text for form in forms)


def toml(value: object) -> str:
    """Write a default as the page does.

    >>> toml(True), toml("idle"), toml(2.0)
    ('true', '"idle"', '2')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, int | float) else f'"{value}"'


def test_the_example_avatar_of_the_documents_has_no_fault_but_missing_landmarks() -> None:
    (text,) = (t for t in blocks(REPOSITORY / "docs/avatar.md", "toml") if t.startswith("format"))
    faults = manifest.Manifest(text).faults
    assert len(faults) <= 1
    assert all("landmarks: missing" in fault for fault in faults)


def test_the_avatar_page_names_every_role_landmark_field_and_bound() -> None:
    text = (REPOSITORY / "docs/avatar.md").read_text("utf-8")
    names = [f"{name}_SIDE" if role.sided else name for name, role in ROLES.items()]
    for name, role in zip(names, ROLES.values(), strict=True):
        columns, rows = role.mesh
        row = f"| `{name}` | {role.depth:g} | {role.turn:g} | {columns} x {rows} |"
        assert row in text, row
    for landmark in LANDMARKS:
        stem = re.sub(r"^(?!mouth)(\w+?)_(left|right)", r"\1_SIDE", landmark)
        assert f"`{landmark}`" in text or f"`{stem}`" in text, landmark
    for record in (manifest.Header, manifest.LayerRecord, manifest.ParameterRecord):
        assert all(f"`{name}`" in text for name in record.model_fields)
    for group, spring in SPRINGS.items():
        values = [f"{getattr(spring, name):g}" for name in BOUNDS if name != "length"]
        assert f"| `{group}` | {' | '.join(values)} |" in text, group
    for name, (low, high) in BOUNDS.items():
        assert re.search(rf"\| `{name}` \| .* \| {low:g} to {high:g} \|", text), name
    for name, (low, high) in style.BOUNDS.items():
        row = rf"\| `{name}` \| .* \| {getattr(style.Style(), name):g} \| {low:g} to {high:g} \|"
        assert re.search(row, text), name
    bounds = (
        manifest.MAX_LAYERS, manifest.MAX_EXPRESSIONS, manifest.MAX_PARAMETERS,
        images.MAX_SIDE_PX, bundle.MAX_PIXELS >> 20, files.MAX_FILE_BYTES >> 20,
        files.MAX_ZIP_BYTES >> 20, files.MAX_ZIP_ENTRIES, bundle.MAX_LINE_CHARS,
    )  # fmt: skip
    assert all(re.search(rf"\b{bound}\b", text) for bound in bounds)


def test_the_architecture_page_names_every_room_and_every_pose_parameter() -> None:
    text = (REPOSITORY / "docs/architecture.md").read_text("utf-8")
    rooms = [p.parent.name for p in (REPOSITORY / "vtuber").glob("*/__init__.py")]
    assert all(f"`{room}/`" in text for room in rooms)
    stems = {re.sub("(Left|Right)$", "", name) for name in pose.BASE.names}
    assert [stem for stem in stems if not re.search(rf"`{stem}(?:Left|Right|\*)?`", text)] == []


def test_the_example_output_of_contributing_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = (t for t in blocks(REPOSITORY / "CONTRIBUTING.md", "python") if "class Out" in t)
    (tmp_path / "pngs.py").write_text(source, "utf-8")
    spec = importlib.util.spec_from_file_location("pngs", tmp_path / "pngs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "pngs", module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    context = SinkContext((4, 2), 30.0, ManualClock(), lambda line: None)
    sink = module.Output(module.Options(folder=str(tmp_path / "frames")), context)
    rgba = np.zeros((2, 4, 4), np.uint8)
    rgba[1, 2] = (50, 25, 0, 127)  # premultiplied
    sink.open()
    for sequence in range(2):
        sink.send(Picture(rgba, Box(0, 0, 4, 2), 0, 0, sequence))
    sink.close()
    first, second = sorted((tmp_path / "frames").iterdir())
    assert second.name > first.name
    pixels = np.asarray(Image.open(first))
    assert np.abs(pixels[1, 2].astype(int) - (100, 50, 0, 127)).max() <= 1
    assert not pixels[0].any()


def test_every_picture_of_the_documents_is_small() -> None:
    pictures = list((REPOSITORY / "docs/pictures").glob("*.png"))
    assert pictures
    assert {p.name: p.stat().st_size for p in pictures if p.stat().st_size > 400_000} == {}


def test_the_readme_names_only_expressions_that_the_avatar_has() -> None:
    avatar = bundle.load(resources.avatar_path("default"))
    named = {
        words[1]
        for text in [*KEYS.values(), *load_keys()]
        if (words := text.split())[0] == "expression" and words[1] != "neutral"
    }
    assert named <= set(avatar.expressions)


def load_keys() -> list[str]:
    return re.findall(r'"(expression \w+)"', ENGLISH.read_text("utf-8"))
