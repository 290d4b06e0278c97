"""Downloads from a server of our own: whole, or not at all."""

import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vtuber.core.errors import UserError
from vtuber.voice import coqui_models
from vtuber.voice.coqui_models import Offer, download, folder, is_downloaded, size_of

pytest.importorskip("requests")


def archive(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        for name in names:
            content = b'{"model": "vits", "audio": {}}' if name.endswith("json") else b"weights"
            zipped.writestr(name, content)
    return data.getvalue()


GOOD = archive("tts_models--xx/model_file.pth", "tts_models--xx/config.json", "../../evil.txt")
FILES = {
    "/good.zip": GOOD,
    "/empty.zip": archive("readme.txt"),
    "/cut.zip": GOOD[: len(GOOD) // 2],
    "/no.zip": b"this is no archive",
}


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.do_GET(with_body=False)

    def do_GET(self, with_body=True):
        data = FILES.get(self.path)
        self.send_response(404 if data is None else 200)
        whole = FILES["/good.zip"] if self.path == "/cut.zip" else data or b""
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        if with_body:
            self.wfile.write(data or b"")

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TTS_HOME", str(tmp_path))
    monkeypatch.setattr(coqui_models, "_settle_paths", lambda home: None)  # imports Coqui
    return tmp_path / "tts"


def offered(url):
    name = "tts_models/xx/test/model"
    return Offer(name, "MIT", "", True, (url,), "", None, None, "")


def left(home):
    return sorted(p.name for p in home.iterdir()) if home.exists() else []


def test_a_model_is_downloaded_into_coqui_s_own_folder(server, home):
    item = offered(f"{server}/good.zip")
    seen = []
    assert size_of(item) == len(GOOD)
    where = download(item, lambda came, whole: seen.append((came, whole)))
    assert where == home / "tts_models--xx--test--model"
    assert is_downloaded(item.name)
    assert seen[-1] == (len(GOOD), len(GOOD))
    assert left(home) == [where.name]
    assert not (home.parent / "evil.txt").exists()
    assert (where / "evil.txt").exists()  # a name, no way out


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("empty.zip", "holds no model and config.json"),
        ("cut.zip", "cannot download|broke off"),
        ("no.zip", "holds no model"),
        ("missing.zip", "cannot download tts_models/xx/test/model from 127.0.0.1"),
    ],
)
def test_what_does_not_come_whole_leaves_nothing(server, home, file, says):
    with pytest.raises(UserError, match=says):
        download(offered(f"{server}/{file}"), lambda came, whole: None)
    assert left(home) == []
    assert not is_downloaded("tts_models/xx/test/model")


def test_offline_is_one_sentence(home):
    item = offered("http://127.0.0.1:9/good.zip")
    for ask in (size_of, lambda item: download(item, lambda came, whole: None)):
        with pytest.raises(UserError, match=r"cannot reach 127.0.0.1:9 .*: is there a network"):
            ask(item)
    assert left(home) == []


def test_half_a_model_of_an_older_download_counts_for_nothing_and_is_replaced(server, home):
    half = home / "tts_models--xx--test--model"
    half.mkdir(parents=True)
    (half / "config.json").write_text("{}")
    item = offered(f"{server}/good.zip")
    assert not is_downloaded(item.name)
    download(item, lambda came, whole: None)
    assert is_downloaded(item.name)


def test_licences_that_restrict_use_are_known():
    pytest.importorskip("trainer", reason="needs coqui-tts")
    free = {name: coqui_models.offer(name).is_free for name in coqui_models.listed()}
    assert free["tts_models/en/ljspeech/vits"]
    assert free["tts_models/zh-CN/baker/tacotron2-DDC-GST"]
    assert not free["tts_models/multilingual/multi-dataset/xtts_v2"]
    assert not free["tts_models/en/vctk/fast_pitch"]
    assert not free["tts_models/en/jenny/jenny"]


def test_a_model_brings_the_vocoder_that_it_needs():
    pytest.importorskip("trainer", reason="needs coqui-tts")
    names = [item.name for item in coqui_models.missing("tts_models/en/ljspeech/glow-tts")]
    assert names == [
        "tts_models/en/ljspeech/glow-tts",
        "vocoder_models/en/ljspeech/multiband-melgan",
    ]
    assert folder().name == "tts"
