"""Loads an avatar: a folder, or the same folder zipped as `.vtuber`, in; an Avatar out.

Untrusted input: counts, paths, sizes and picture dimensions are bounded and checked before
anything is decoded, and all faults are reported at once.
"""

from __future__ import annotations

from pathlib import Path

from vtuber.avatar import fit
from vtuber.avatar.avatar import Avatar, Layer
from vtuber.avatar.files import BadFile, Files, FolderFiles, ZipFiles
from vtuber.avatar.images import BadPicture, check_png, decode_png
from vtuber.avatar.manifest import FILE, LayerRecord, Manifest, layer_place
from vtuber.avatar.mesh import grid_mesh
from vtuber.avatar.roles import ROLES, split_role
from vtuber.core.errors import UserError

MAX_MANIFEST_BYTES = 1 << 19  # 1 MB of TOML took 0.26 s to refuse; 256 layers need 0.1 MB
MAX_LINE_CHARS = 1024  # tomllib is quadratic in dotted keys: 1 MB of 4096 a line took 5.4 s
MAX_PIXELS = 64 << 20  # of all layers, 4 bytes each


class BadAvatar(UserError):
    """An avatar that cannot be loaded. `faults` holds every one, each with its file and field."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        self.faults = tuple(faults)
        lines = "".join(f"\n  {fault}" for fault in faults)
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"the avatar {path} cannot be loaded, {count}:{lines}")


def load(path: Path | str) -> Avatar:
    """Load an avatar from a folder or a zip. Raises BadAvatar, which lists all faults at once."""
    path = Path(path)
    files = _open(path)
    try:
        return _load(path, files)
    finally:
        files.close()


def _open(path: Path) -> Files:
    if path.is_dir():
        return FolderFiles(path)
    if not path.is_file():
        raise BadAvatar(path, ["there is no such folder or .vtuber file"])
    try:
        return ZipFiles(path)
    except BadFile as error:
        raise BadAvatar(path, [f"{path.name}: {error}"]) from error


def _load(path: Path, files: Files) -> Avatar:
    manifest = _manifest(path, files)
    pictures, faults = _pictures(files, manifest.layers)
    faults = manifest.faults + faults
    if faults:
        raise BadAvatar(path, faults)
    names = [record.name for record in manifest.layers.values()]
    layers: list[Layer] = []
    for record in manifest.layers.values():
        try:
            layer = _layer(record, pictures[record.file], names)
        except BadPicture as error:
            faults.append(f"{record.file}: {error}")
        else:
            layers.append(layer)
    try:
        taught = _fit(files)
    except ValueError as error:  # BadFile is one
        faults.append(f"{fit.FILE}: {error}")
    if faults:
        raise BadAvatar(path, faults)
    header = manifest.header
    assert header is not None, "a manifest without faults has a header"
    return Avatar(
        name=header.name,
        author=header.author,
        licence=header.licence,
        canvas_px=(header.canvas_px[0], header.canvas_px[1]),
        landmarks=manifest.landmarks,
        layers=tuple(layers),
        expressions=manifest.expressions,
        parameters=tuple(manifest.parameters),
        hidden=frozenset(header.hidden),
        physics=manifest.physics,
        style=manifest.style,
        fit=taught,
    )


def _fit(files: Files) -> fit.Fit | None:
    if not files.has(fit.FILE):
        return None
    return fit.parse_fit(files.read(fit.FILE, fit.MAX_BYTES).decode("utf-8"))


def _manifest(path: Path, files: Files) -> Manifest:
    try:
        text = files.read(FILE, MAX_MANIFEST_BYTES).decode("utf-8-sig")
    except BadFile as error:
        raise BadAvatar(path, [f"{FILE}: {error}"]) from error
    except UnicodeDecodeError as error:
        raise BadAvatar(path, [f"{FILE}: is not UTF-8 text"]) from error
    longest = max(map(len, text.splitlines()), default=0)
    if longest > MAX_LINE_CHARS:
        fault = f"{FILE}: has a line of {longest} characters; at most {MAX_LINE_CHARS}"
        raise BadAvatar(path, [fault])
    return Manifest(text)


def _pictures(files: Files, records: dict[int, LayerRecord]) -> tuple[dict[str, bytes], list[str]]:
    """Read and check the layers' files, without decoding any. Gives bytes by name, and faults."""
    pictures: dict[str, bytes] = {}
    faults: list[str] = []
    pixels = 0
    for i, record in records.items():
        if record.file not in pictures:
            try:
                data = files.read(record.file)
                width, height = check_png(data)
            except BadFile as error:
                place = layer_place(i, record.name, "file")
                faults.append(f"{FILE}: {place}: {record.file!r} {error}")
                continue
            except BadPicture as error:
                faults.append(f"{record.file}: {error}")
                continue
            pictures[record.file] = data
        else:
            width, height = check_png(pictures[record.file])
        pixels += width * height
        if pixels > MAX_PIXELS:
            place = layer_place(i, record.name)
            faults.append(f"{FILE}: {place}: the pictures exceed {MAX_PIXELS >> 20} megapixels")
            break
    return pictures, faults


def _layer(record: LayerRecord, data: bytes, names: list[str]) -> Layer:
    role, side = split_role(record.role)
    known = ROLES[role]
    rgba = decode_png(data)
    rgba.setflags(write=False)
    offset = (record.offset_px[0], record.offset_px[1])
    grid = (record.mesh[0], record.mesh[1]) if record.mesh else known.mesh
    mesh = grid_mesh(rgba[..., 3], offset, grid)
    if not len(mesh.triangles):
        raise BadPicture("holds nothing that can be seen")
    return Layer(
        name=record.name,
        role=role,
        side=side,
        rgba=rgba,
        offset_px=offset,
        mesh=mesh,
        clip=names.index(record.clip) if record.clip else None,
        blend=record.blend,
        group=record.group,
        outfit=record.outfit,
        toggle=record.toggle,
        unless=record.unless,
        depth=known.depth if record.depth is None else record.depth,
        turn=known.turn if record.turn is None else record.turn,
    )
