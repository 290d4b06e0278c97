import http.server
import sys
import threading

import cv2
import numpy as np
import pytest

from vtuber.capture._cameras import Camera, called
from vtuber.capture.camera import Capture, Options, cameras
from vtuber.capture.card import draw_card
from vtuber.core.errors import DeviceLost, UserError
from vtuber.runtime.clock import ManualClock

PICTURES = 12


class _IpCamera(http.server.BaseHTTPRequestHandler):
    """A camera as phones are: JPEG after JPEG over HTTP. Goes away after some pictures."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=picture")
        self.end_headers()
        for n in range(PICTURES):
            jpeg = cv2.imencode(".jpg", draw_card(160, 120, n * 6)[..., ::-1])[1].tobytes()
            head = f"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")

    def log_message(self, *words):
        pass


@pytest.fixture
def ip_camera():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _IpCamera) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://someone:secret@127.0.0.1:{server.server_address[1]}/video"
        server.shutdown()
        thread.join()


def _read_on(source):
    while True:
        source.read()


def test_an_ip_camera_gives_rgb_and_is_lost_when_it_ends(ip_camera):
    clock = ManualClock(3_000_000_000)
    camera = Capture(Options(ip_camera), clock)
    camera.open()
    first = camera.read()
    assert np.abs(first.rgb.astype(int) - draw_card(160, 120, 0)).mean() < 8
    assert first.rgb.flags.c_contiguous
    assert (first.captured_ns, first.sequence) == (3_000_000_000, 0)
    assert camera.stamps == "hand-over"
    assert camera.given.startswith("160x120")
    for _ in range(PICTURES - 2):  # FFmpeg may keep the last one
        camera.read()
    with pytest.raises(DeviceLost):
        _read_on(camera)
    camera.close()
    camera.close()


def test_a_password_is_not_shown(ip_camera):
    assert "secret" not in Capture(Options(ip_camera), ManualClock()).name


def test_a_camera_is_found_by_its_name_or_a_part_of_it():
    known = (Camera(0, "HD Webcam Pro"), Camera(2, "HD Webcam"), Camera(4, "Logitech BRIO"))
    assert called("hd webcam", known) == 2
    assert called("webcam", known) == 0
    assert called(" brio ", known) == 4
    assert called("obs", known) is None
    assert called("", known) is None


def test_an_address_where_nobody_answers_is_the_users_error():
    camera = Capture(Options("http://someone:secret@127.0.0.1:9/video"), ManualClock())
    with pytest.raises(UserError, match=r"http://127\.0\.0\.1:9/video; check") as told:
        camera.open()
    assert "secret" not in str(told.value)


def test_a_camera_that_is_not_there_is_the_users_error_and_nothing_else_is_said(capfd):
    with pytest.raises(UserError, match="camera 99"):
        Capture(Options("99"), ManualClock()).open()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("device", ["webcam", "", "-1", "ftp://camera", "/etc/passwd", "1234"])
def test_what_names_no_camera_is_refused_before_anything_opens(device):
    with pytest.raises(UserError, match="no camera called"):
        Capture(Options(device), ManualClock())


@pytest.mark.parametrize(
    "wrong", [{"width": 0}, {"fps": 0}, {"fps": float("nan")}, {"fourcc": "MJPEG"}]
)
def test_a_size_or_rate_that_no_camera_has_is_refused(wrong):
    with pytest.raises(UserError, match="give"):
        Capture(Options(**wrong), ManualClock())


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's device nodes")
def test_nodes_that_are_no_cameras_are_not_listed(tmp_path):
    (tmp_path / "video0").write_bytes(b"")
    (tmp_path / "videodrome").write_bytes(b"")
    assert cameras(tmp_path, tmp_path) == ()
