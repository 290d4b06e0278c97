"""Makes, changes, packs and unpacks avatars on disk: names and designs in, folders out.

Whatever a person made stays: a folder is replaced only when the new one is whole, layers that were
repainted and lines of `avatar.toml` that were changed by hand are carried over.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber.avatar.bundle import load
from vtuber.avatar.files import FolderFiles, ZipFiles
from vtuber.avatar.fit import FILE as FIT
from vtuber.avatar.manifest import FILE, Manifest
from vtuber.core.errors import UserError
from vtuber.resources import (
    avatar_names,
    avatar_path,
    bundle_of,
    restore,
    shipped_names,
    user_avatars,
)
from vtuber.shows.avatars.folder import put_in_place, stamps_of
from vtuber.shows.avatars.merge import merged
from vtuber.shows.files import write_whole

if TYPE_CHECKING:
    from vtuber.design.export import Bundle
    from vtuber.design.genome import Design

DESIGN, PREVIEW, DRAWN = "design.toml", "preview.png", "drawn.json"
MOST_DESIGN_BYTES = 1 << 16
HEAD = b"# `vtuber avatar edit` draws this avatar again from design.toml and keeps your changes.\n"


def place(name_or_path: str) -> Path:
    """Give the folder for a new avatar: a path as it is, a name among the user's own avatars.

    Raises UserError for a name that ships, or that no folder may have.
    """
    if os.sep in name_or_path or "/" in name_or_path or name_or_path.startswith((".", "~")):
        return Path(name_or_path).expanduser()
    if not re.fullmatch(r"[^\W_][\w -]{0,63}", name_or_path):
        raise UserError(
            f"cannot call an avatar {name_or_path!r}: use letters, digits, spaces, - and _; "
            "or give a path, such as ./my-avatar"
        )
    return user_avatars() / name_or_path


def new(name_or_path: str, design: Design, height_px: int) -> Path:
    """Draw a design as a new avatar and give its folder. Raises UserError when there is one."""
    from vtuber.design.export import bundle

    folder = place(name_or_path)
    restore(folder)
    taken = _taken(name_or_path)
    if taken in shipped_names():
        raise UserError(f"{taken} ships with the program: choose another name")
    if taken:
        raise UserError(
            f"there is an avatar called {taken!r}: `vtuber avatar edit` changes it, "
            "or choose another name"
        )
    if folder.exists():
        raise UserError(f"{folder} is there already: choose another name, or delete it first")
    put_in_place(folder, _files(design, bundle(design, height_px)), load)
    return folder


def _taken(name: str) -> str:
    """Give the avatar that has this name, or would share its folder on some systems: Kiri, kiri."""
    names = {known.casefold(): known for known in avatar_names()}
    return names.get(name.casefold(), "")


def design_of(folder: Path) -> Design:
    """Read the design of an avatar. Raises UserError when it has none, or one with faults."""
    from vtuber.design.genome import parse_design

    path = folder / DESIGN
    if not path.is_file():
        raise UserError(
            f"{folder} has no {DESIGN}: it was not drawn by this program, "
            "so there is no design to read"
        )
    if path.stat().st_size > MOST_DESIGN_BYTES:
        raise UserError(f"{path} is too large for a design; at most {MOST_DESIGN_BYTES >> 10} kB")
    try:
        return parse_design(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 text") from error
    except UserError as error:
        raise UserError(f"{path}: {error}") from error


def edit(name_or_path: str, sets: Mapping[str, str]) -> tuple[Path, list[str]]:
    """Change an avatar's design and draw it again, in place.

    Gives the folder and the layers that were kept because a person had repainted them. Raises
    UserError for an avatar without a design, a zip, or a value that no design has.
    """
    from vtuber.design.export import bundle
    from vtuber.design.genome import changed

    folder = avatar_path(name_or_path)
    if name_or_path in shipped_names():
        raise UserError(
            f"{name_or_path} ships with the program: make your own of it with "
            f"`vtuber avatar new NAME --from {name_or_path}`"
        )
    if not folder.is_dir():
        raise UserError(f"{folder} is a file: `vtuber avatar import` it, then edit that one")
    known = stamps_of(folder)
    design = changed(design_of(folder), sets)
    height_px = load(folder).canvas_px[1]
    drawn, kept = _pictures(folder)
    files = _files(design, bundle(design, height_px), kept, folder)
    put_in_place(folder, files, load, drawn, known)
    return folder, sorted(kept)


def _pictures(folder: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Give the paths of a folder's pictures: as they were drawn, and repainted or added."""
    record = _drawn(folder)["pictures"]
    found = {
        f"layers/{path.name}": path for path in (folder / "layers").glob("*.png") if path.is_file()
    }
    drawn = {file for file, path in found.items() if record.get(file) == _hash(path.read_bytes())}
    return frozenset(drawn), frozenset(found) - drawn


def pack(name_or_path: str, target: Path) -> Path:
    """Write an avatar as one `.vtuber` file: the files it names, nothing else. Raises UserError."""
    source = avatar_path(name_or_path)
    load(source)  # all of its faults, before anything is written
    files = _named_files(source)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            # the same avatar gives the same bytes: no clock
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            )
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    write_whole(target, packed.getvalue())
    return target


def take_in(source: Path, name: str | None = None) -> Path:
    """Check an avatar from anywhere and copy it among the user's own. Raises UserError."""
    source = bundle_of(source)
    load(source)
    folder = place(name or source.resolve().name.removesuffix(".vtuber"))
    restore(folder)
    taken = _taken(folder.name) or (folder.name if folder.exists() else "")
    if taken:
        raise UserError(f"there is an avatar called {taken!r}: give another name with --name")
    put_in_place(folder, _named_files(source), load)
    return folder


def _named_files(source: Path) -> dict[str, bytes]:
    """Read what a bundle names, and its design and preview, within the loader's bounds."""
    files = FolderFiles(source) if source.is_dir() else ZipFiles(source)
    try:
        text = files.read(FILE)
        manifest = Manifest(text.decode("utf-8-sig"))
        found = {FILE: text, **{r.file: files.read(r.file) for r in manifest.layers.values()}}
        for name in (DESIGN, PREVIEW, DRAWN, FIT):
            if files.has(name):
                found[name] = files.read(name)
        return found
    finally:
        files.close()


def _files(
    design: Design,
    drawn: Bundle,
    kept: frozenset[str] = frozenset(),
    old: Path | None = None,
) -> dict[str, bytes]:
    """Give every file that is drawn; `old` is the folder that follows, of which `kept` stay."""
    import tomli_w

    from vtuber.design.genome import write_design

    manifest: dict[str, Any] = drawn.manifest
    if old is not None:
        now = tomllib.loads((old / FILE).read_text(encoding="utf-8-sig"))
        manifest = merged(_drawn(old)["manifest"], now, drawn.manifest, repainted=kept)
    record = {
        "manifest": drawn.manifest,
        "pictures": {file: _hash(data) for file, data in drawn.pictures.items()},
    }
    named = {layer["file"] for layer in manifest["layers"]}
    return {
        FILE: HEAD + tomli_w.dumps(manifest).encode(),
        DESIGN: write_design(design).encode(),
        DRAWN: json.dumps(record, separators=(",", ":")).encode(),
        PREVIEW: drawn.preview,
        **{file: data for file, data in drawn.pictures.items() if file in named - kept},
    }


def _drawn(folder: Path) -> dict[str, Any]:
    """Read what was drawn last; nothing, when that is not known."""
    try:
        record = json.loads((folder / DRAWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        record = {}
    fits = isinstance(record, dict) and all(
        isinstance(record.get(key), dict) for key in ("manifest", "pictures")
    )
    return record if fits else {"manifest": {}, "pictures": {}}


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
