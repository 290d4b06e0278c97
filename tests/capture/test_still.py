import numpy as np
import pytest
from PIL import Image

from vtuber.capture.still import Capture, Options, read_picture
from vtuber.core.errors import SourceEnded, UserError
from vtuber.runtime.clock import ManualClock


def _saved(path, rgb, **how):
    Image.fromarray(np.array(rgb, np.uint8)).save(path, **how)
    return path


def test_a_still_is_given_at_its_rate_and_ends(tmp_path):
    path = _saved(tmp_path / "p.png", [[[255, 0, 0], [0, 0, 255]]])
    clock = ManualClock(7)
    still = Capture(Options(str(path), fps=10, frames=2), clock)
    still.open()
    one, other = still.read(), still.read()
    assert one.rgb.tolist() == [[[255, 0, 0], [0, 0, 255]]]
    assert (one.captured_ns, other.captured_ns) == (7, 100_000_007)
    with pytest.raises(SourceEnded):
        still.read()


def test_a_picture_that_was_taken_sideways_is_set_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it a quarter clockwise
    rgb = np.zeros((8, 24, 3), np.uint8)
    rgb[:, :8] = 255
    path = _saved(tmp_path / "p.png", rgb, exif=exif)
    upright = read_picture(path)
    assert upright.shape == (24, 8, 3)
    assert upright[:8].min() == 255


def test_what_is_transparent_turns_black(tmp_path):
    path = _saved(tmp_path / "p.png", [[[200, 100, 50, 0], [200, 100, 50, 255]]])
    assert read_picture(path).tolist() == [[[0, 0, 0], [200, 100, 50]]]


def test_grey_of_16_bits_keeps_its_shades(tmp_path):
    grey = np.array([[0, 257 * 100, 65535]], np.uint16)
    Image.fromarray(grey).save(tmp_path / "x.png")
    assert read_picture(tmp_path / "x.png")[0, :, 1].tolist() == [0, 100, 255]


@pytest.mark.parametrize(
    "content", [None, b"", b"no picture at all", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"]
)
def test_what_is_no_picture_is_the_users_error(tmp_path, content):
    path = tmp_path / "x.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.png"):
        Capture(Options(str(path)), ManualClock()).open()


def test_a_picture_cut_off_is_the_users_error(tmp_path):
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3))
    path = _saved(tmp_path / "x.png", noise)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UserError, match=r"x\.png"):
        read_picture(path)


def test_a_picture_too_large_is_refused_before_its_pixels_are_read(tmp_path):
    path = tmp_path / "bomb.png"
    Image.new("1", (20_000, 9_000)).save(path)
    with pytest.raises(UserError, match=r"bomb\.png"):
        read_picture(path)
