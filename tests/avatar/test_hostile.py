"""Bundles that are broken or meant to harm: each is refused, with its reason, soon."""

import os
import stat
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import numpy as np
import pytest

from tests.bundles import make_bundle, manifest_text, write_png
from vtuber.avatar.bundle import BadAvatar, load

MOST_S, MOST_BYTES = 0.2, 100e6
Harm = Callable[[Path], None]


def edit(old: str, new: str) -> Harm:
    def harm(bundle: Path) -> None:
        text = manifest_text()
        assert old in text
        (bundle / "avatar.toml").write_text(text.replace(old, new, 1))

    return harm


def append(text: str) -> Harm:
    return lambda bundle: edit("[expressions.joy]", text + "\n[expressions.joy]")(bundle)


def header(width: int, height: int, depth: int = 8, colour: int = 6) -> Harm:
    """Make the face's picture say that it is of another size or kind."""

    def harm(bundle: Path) -> None:
        path = bundle / "layers" / "face.png"
        data = bytearray(path.read_bytes())
        data[16:26] = struct.pack(">IIBB", width, height, depth, colour)
        data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
        path.write_bytes(data)

    return harm


def picture(change: Callable[[bytes], bytes]) -> Harm:
    def harm(bundle: Path) -> None:
        path = bundle / "layers" / "face.png"
        path.write_bytes(change(path.read_bytes()))

    return harm


def flip_a_byte(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


def empty_picture(bundle: Path) -> None:
    write_png(bundle / "layers" / "face.png", np.zeros((8, 8, 4), np.uint8))


def link_out(bundle: Path) -> None:
    (bundle / "layers" / "face.png").unlink()
    (bundle / "layers" / "face.png").symlink_to("/etc/passwd")


def pipe(bundle: Path) -> None:
    (bundle / "layers" / "face.png").unlink()
    os.mkfifo(bundle / "layers" / "face.png")


def many_large(bundle: Path) -> None:
    """Name one large picture in more layers than the pixels allow."""
    write_png(bundle / "layers" / "large.png", np.full((4096, 4096, 4), 255, np.uint8))
    more = "".join(
        f'[[layers]]\nname = "l{i}"\nrole = "item"\nfile = "layers/large.png"\noffset_px = [0, 0]\n'
        for i in range(5)
    )
    append(more)(bundle)


def layers_without_end(bundle: Path) -> None:
    text = manifest_text().split("[[layers]]")[0] + "[[layers]]\n" * 40_000
    (bundle / "avatar.toml").write_text(text)


def field_by_the_thousand(bundle: Path) -> None:
    fields = "\n".join(f"name{i} = 1" for i in range(24_000))
    (bundle / "avatar.toml").write_text(manifest_text() + "[expressions.much]\n" + fields)


HARMS: dict[str, tuple[Harm, str]] = {
    "not TOML": (edit("format = 1", "format = = 1"), "cannot be read as TOML"),
    "a later format": (edit("format = 1", "format = 2"), "format: is 2; this program reads 1"),
    "nested deeply": (append("x = [" + "[\n" * 900 + "]\n" * 901), "nested too deeply"),
    "one endless line": (append("a" + ".a" * 5000 + " = 1"), "has a line of"),
    "not text": (
        lambda b: (b / "avatar.toml").write_bytes(b"\xff\xfe\x00") and None, "is not UTF-8"),
    "too large a manifest": (
        lambda b: (b / "avatar.toml").write_text("# x\n" * 300_000) and None, "at most 0.5"),
    "no manifest": (lambda b: (b / "avatar.toml").unlink(), "avatar.toml: is not there"),
    "NaN": (edit("offset_px = [70, 58]", "offset_px = [nan, 58]"), "offset_px[0]"),
    "infinite": (edit("chin = [128.00,", "chin = [inf,"), "landmarks.chin"),
    "far away": (edit("offset_px = [70, 58]", "offset_px = [9000, 58]"), "8192"),
    "huge canvas": (edit("[256, 320]", "[256, 99999]"), "canvas_px[1]"),
    "huge mesh": (edit('name = "face"', 'name = "face"\nmesh = [65, 8]'), "mesh[0]"),
    "unknown field": (
        edit('name = "face"', 'name = "face"\noffset = 1'), "did you mean offset_px?"),
    "unknown role": (edit('role = "nose"', 'role = "noze"'), "did you mean nose?"),
    "role without side": (edit('role = "iris_left"', 'role = "iris"'), "iris_left or iris_right"),
    "unknown landmark": (edit("chin =", "chinn ="), "missing: chin"),
    "left and right swapped": (
        lambda b: edit("cheek_left =", "cheek_lift =")(b) or edit(
            "cheek_right = [80", "cheek_right = [800")(b), "the character's own"),
    "clip to nowhere": (
        edit('clip = "eye_white_left"', 'clip = "eye_white_lefd"'), "did you mean eye_white_left?"),
    "clip to itself": (
        edit('clip = "eye_white_left"', 'clip = "iris_left"'), "a layer cannot clip itself"),
    "clip of a clip": (
        edit('clip = "mouth_cavity"', 'clip = "iris_left"'), "clips do not chain"),
    "unless nothing": (
        edit('name = "nose"', 'name = "nose"\ntoggle = "hat"\nunless = "hut"'),
        "unless (nose): no layer has the toggle 'hut'; did you mean hat?"),
    "neither with nor without": (
        edit('name = "nose"', 'name = "nose"\ntoggle = "hat"\nunless = "hat"'), "never show"),
    "two of one name": (edit('name = "nose"', 'name = "face"'), "'face' is taken"),
    "no face": (edit('role = "face"', 'role = "body"'), 'no layer has the role "face"'),
    "unknown blend": (edit('name = "nose"', 'name = "nose"\nblend = "glow"'), "blend"),
    "unknown parameter": (edit("eyeHappyLeft", "eyeHapyLeft"), "did you mean eyeHappyLeft?"),
    "expression out of range": (edit("eyeHappyLeft = 1.0", "eyeHappyLeft = 9"), "0 to 1"),
    "parameter without range": (
        append('[[parameters]]\nname = "a"\nlow = 1.0\nhigh = 0.0'), "needs low < high"),
    "parameter that exists": (append('[[parameters]]\nname = "jawOpen"'), "'jawOpen' is taken"),
    "layers without end": (layers_without_end, "40000; at most 256"),
    "faults without end": (field_by_the_thousand, "these are the first 100"),
    "out of the folder": (edit('"layers/face.png"', '"../face.png"'), "plain path"),
    "absolute": (edit('"layers/face.png"', '"/etc/passwd"'), "plain path"),
    "backslash": (edit('"layers/face.png"', "'layers\\face.png'"), "plain path"),
    "link out": (link_out, "leads out of"),
    "a pipe that never answers": (pipe, "is not there"),
    "missing picture": (lambda b: (b / "layers" / "face.png").unlink(), "is not there"),
    "too large a file": (
        lambda b: os.truncate(b / "layers" / "face.png", 33 << 20), "is 33.0 MB; at most 32"),
    "not a PNG": (picture(lambda data: b"GIF89a" + data), "is not a PNG file"),
    "cut short": (picture(lambda data: data[: len(data) // 2]), "is cut short"),
    "damaged": (picture(flip_a_byte), "a checksum does not fit"),
    "says it is huge": (header(100_000, 100_000), "face.png: is 100000x100000"),
    "says it has no size": (header(0, 8), "face.png: is 0x8"),
    "says another size than it holds": (header(4000, 4000), "face.png: is damaged"),
    "no alpha": (header(92, 108, colour=2), "has no transparency"),
    "16 bits": (header(92, 108, depth=16), "16 bits"),
    "nothing to see": (empty_picture, "holds nothing that can be seen"),
    "more pixels than allowed": (many_large, "exceed 64 megapixels"),
}  # fmt: skip


def refused(path: Path) -> pytest.ExceptionInfo[BadAvatar]:
    """Load what must be refused, within 200 ms of CPU time and 100 MB."""
    spent_s = []
    for _ in range(2):  # the first may import
        began = time.process_time()
        with pytest.raises(BadAvatar) as refusal:
            load(path)
        spent_s.append(time.process_time() - began)
    assert min(spent_s) < MOST_S
    tracemalloc.start()
    with pytest.raises(BadAvatar):
        load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_BYTES
    return refusal


@pytest.mark.parametrize("name", HARMS)
def test_a_broken_folder_is_refused_with_its_reason_and_soon(name: str, bundle: Path) -> None:
    harm, reason = HARMS[name]
    harm(bundle)
    refusal = refused(bundle)
    assert reason in str(refusal.value)
    assert "Traceback" not in str(refusal.value)


def write_zip(bundle: Path, *more: tuple[ZipInfo | str, bytes]) -> Path:
    path = bundle.with_suffix(".vtuber")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(bundle.rglob("*.*")):
            archive.write(file, file.relative_to(bundle).as_posix())
        for info, data in more:
            archive.writestr(info, data)
    return path


def a_link() -> ZipInfo:
    info = ZipInfo("layers/link.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


ZIP_HARMS: dict[str, tuple[tuple[ZipInfo | str, bytes], str]] = {
    "escape": (("../evil.png", b"x"), "plain path"),
    "absolute": (("/etc/evil.png", b"x"), "plain path"),
    "drive": (("C:/evil.png", b"x"), "plain path"),
    "control codes": (("a\x1b[2Jb.png", b"x"), "plain path"),
    "link": ((a_link(), b"/etc/passwd"), "holds a link"),
    "bomb": (("bomb.bin", bytes(257 << 20)), "unpacks to"),
}


@pytest.mark.parametrize("name", ZIP_HARMS)
def test_a_harmful_zip_is_refused_before_anything_is_read(name: str, bundle: Path) -> None:
    entry, reason = ZIP_HARMS[name]
    assert reason in str(refused(write_zip(bundle, entry)).value)


def test_a_file_in_a_zip_that_is_too_large_is_refused_by_its_size_in_the_directory(
    bundle: Path,
) -> None:
    os.truncate(bundle / "layers" / "face.png", 33 << 20)
    with pytest.raises(BadAvatar, match=r"is 33\.0 MB; at most 32"):
        load(write_zip(bundle))


def test_a_zip_whose_directory_lies_about_a_size_is_refused(bundle: Path) -> None:
    path = write_zip(bundle, ("bomb.png", bytes(1 << 20)))
    data = bytearray(path.read_bytes())
    at = data.rindex(b"bomb.png") - 46  # the entry in the central directory
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 10)  # its size unpacked
    path.write_bytes(data)
    text = (bundle / "avatar.toml").read_text()
    assert load(path).name == "Test"  # nobody asks for it: no harm
    (bundle / "avatar.toml").write_text(text.replace("layers/face.png", "bomb.png"))
    lying = write_zip(bundle, ("bomb.png", bytes(1 << 20)))
    data = bytearray(lying.read_bytes())
    at = data.rindex(b"bomb.png") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    lying.write_bytes(data)
    with pytest.raises(BadAvatar, match=r"bomb\.png"):
        load(lying)


def test_a_zip_with_a_file_twice_is_refused(bundle: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = write_zip(bundle, ("avatar.toml", b"format = 1"))
    with pytest.raises(BadAvatar, match="twice"):
        load(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"hello" * 1000])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.vtuber"
    path.write_bytes(data)
    with pytest.raises(BadAvatar, match="not a zip file"):
        load(path)


def test_a_zip_that_is_cut_or_damaged_anywhere_is_refused_in_words(bundle: Path) -> None:
    whole = write_zip(bundle).read_bytes()
    path = bundle.with_suffix(".broken.vtuber")
    refused = 0
    for k in range(40):
        broken = bytearray(whole)
        broken[len(whole) * k // 40] ^= 0x55
        path.write_bytes(broken if k % 2 else whole[: len(whole) * k // 40])
        try:
            load(path)
        except BadAvatar:
            refused += 1
    assert refused >= 30  # a flipped bit may fall where nobody looks


def test_all_faults_are_reported_at_once_each_with_its_file_and_field(bundle: Path) -> None:
    text = manifest_text()
    for old, new in (
        ('role = "nose"', 'role = "noze"'),
        ("chin =", "chinn ="),
        ('clip = "eye_white_left"', 'clip = "gone"'),
        ('licence = "CC0-1.0"\n', ""),
        ('"layers/neck.png"', '"layers/nek.png"'),
        ("eyeHappyLeft", "eyeHapyLeft"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (bundle / "avatar.toml").write_text(text)
    (bundle / "layers" / "face.png").write_bytes(b"no picture")
    with pytest.raises(BadAvatar) as refusal:
        load(bundle)
    faults = "\n".join(refusal.value.faults)
    for part in (
        "avatar.toml: licence: is missing",
        "avatar.toml: landmarks.chinn: is no landmark; did you mean chin?",
        "avatar.toml: landmarks: missing: chin",
        "].role (nose): 'noze' is no role; did you mean nose?",
        "].clip (iris_left): no layer is called 'gone'",
        "].file (neck): 'layers/nek.png' is not there",
        "layers/face.png: is not a PNG file",
        "expressions.joy.eyeHapyLeft: is no pose parameter; did you mean eyeHappyLeft?",
    ):
        assert part in faults
    assert len(refusal.value.faults) == 8
    assert "8 faults" in str(refusal.value)


def test_a_layer_whose_fields_are_wrong_is_named_as_far_as_it_has_a_name(bundle: Path) -> None:
    (bundle / "avatar.toml").write_text(
        manifest_text()
        + '[[layers]]\nname = "cap"\nrole = "headwear"\nfile = "cap.png"\noffset_px = [0, "x"]\n'
        + '[[layers]]\nname = "\\u001b[2J"\nrole = "headwear"\n'
        + '[[layers]]\nrole = "headwear"\n'
    )
    with pytest.raises(BadAvatar) as refusal:
        load(bundle)
    faults = "\n".join(refusal.value.faults)
    assert "].offset_px[1] (cap): input should be" in faults
    assert "].file (?[2J): is missing" in faults
    assert "].file: is missing" in faults


def test_names_in_a_manifest_cannot_command_the_terminal(bundle: Path) -> None:
    edit('name = "face"', 'name = "face"\n"\\u001b[2J" = 1')(bundle)
    with pytest.raises(BadAvatar) as refusal:
        load(bundle)
    assert "\x1b" not in str(refusal.value)


def test_terminal_commands_in_a_name_are_refused(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "loud")
    toml = folder / "avatar.toml"
    head, name, rest = toml.read_text("utf-8").partition("name = ")
    toml.write_text(head + name + '"x\\u001b]0;y\\u0007" #' + rest, "utf-8")
    with pytest.raises(BadAvatar, match="cannot be printed"):
        load(folder)


def test_a_zip_packed_in_a_rare_way_is_refused(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "plain")
    packed = tmp_path / "rare.vtuber"
    with ZipFile(packed, "w", ZIP_LZMA) as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    with pytest.raises(BadAvatar, match="rare way"):
        load(packed)
