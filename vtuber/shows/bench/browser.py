"""The web page in a real Chromium: our own page script, and beside it one that reads the pixels.

The browser says of each picture what it drew and when; its clock is set by ours over the same
socket, with an error of half the quickest of the round trips.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vtuber.core.ports import Clock, HttpHost, WebSocket
from vtuber.runtime.program import Program
from vtuber.shows.bench.marks import Marks
from vtuber.shows.bench.readers import Sightings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--disable-quic", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
)  # fmt: skip
PAGE, SOCKET = "/latency", "/latency/sightings"
PING_EVERY = 7  # messages

# Our page acknowledges a picture when it has drawn it: that is the moment to read the canvas.
SCRIPT = """<!DOCTYPE html><meta charset="utf-8"><title>vtuber bench</title>
<canvas id="picture"></canvas><div id="figures"></div><script>
var marks = %s;
var talk = new WebSocket("ws://" + location.host + "%s");
talk.onmessage = function (event) { talk.send("clock " + event.data + " " + performance.now()); };
var send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  send.call(this, message);
  if (this === talk || talk.readyState !== 1) { return; }
  var canvas = document.getElementById("picture"), box = marks.box;
  var pixels = canvas.getContext("2d").getImageData(box[0], box[1], box[2], box[3]).data;
  var now = performance.now(), code = 0;
  marks.marks.forEach(function (mark, i) {
    var sum = 0, all = 0;
    mark.at.forEach(function (at, j) {
      for (var c = 0; c < 3; c++) {
        var change = mark.change[j][c];
        sum += (pixels[at + c] - mark.off[j][c]) * change;
        all += change * change;
      }
    });
    if (sum > 0.5 * all) { code |= 1 << i; }
  });
  send.call(talk, "seen " + now + " " + code);
};
</script><script src="/page.js"></script>"""


def find_chromium() -> str | None:
    """Find a browser of that family."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """The page for the browser, and what it told."""

    def __init__(self, marks: Marks, clock: Clock) -> None:
        self._marks, self._clock = marks, clock
        self._trips: list[tuple[int, int, float]] = []  # sent, came back, its clock
        self._seen: list[tuple[float, int]] = []

    def open(self, server: HttpHost) -> str:
        """Put the page on a server; give its address."""
        body = (SCRIPT % (json.dumps(_table(self._marks)), SOCKET)).encode()
        server.add_page(PAGE, "text/html; charset=utf-8", lambda: body)
        server.add_websocket(SOCKET, self._talk, 1)
        return server.url.rstrip("/") + PAGE

    @property
    def is_there(self) -> bool:
        return bool(self._seen)

    async def _talk(self, socket: WebSocket) -> None:
        heard = 0
        while True:
            if heard % PING_EVERY == 0:  # a browser that has just begun is too busy to be quick
                await socket.send(str(self._clock.now_ns()))
            message, now_ns = await socket.receive(), self._clock.now_ns()
            if message is None:
                return
            heard += 1
            words = str(message).split()
            if words[0] == "clock":
                self._trips.append((int(words[1]), now_ns, float(words[2])))
            else:
                self._seen.append((float(words[1]), int(words[2])))

    def sightings(self) -> Sightings:
        """Give what was seen on our clock."""
        from vtuber.shows.bench.marks import ungray

        if not self._trips:
            return []
        sent_ns, back_ns, its_ms = min(self._trips, key=lambda trip: trip[1] - trip[0])
        zero_ns = (sent_ns + back_ns) / 2 - its_ms * 1e6
        return [(round(zero_ns + ms * 1e6), ungray(code)) for ms, code in self._seen]


def _table(marks: Marks) -> dict[str, object]:
    """Lay the marks out for the page: places in the bytes of the box that holds them all."""
    left = min(int(mark.columns.min()) for mark in marks.marks)
    top = min(int(mark.rows.min()) for mark in marks.marks)
    width = max(int(mark.columns.max()) for mark in marks.marks) - left + 1
    height = max(int(mark.rows.max()) for mark in marks.marks) - top + 1
    return {
        "box": [left, top, width, height],
        "marks": [
            {
                "at": (((m.rows - top) * width + m.columns - left) * 4).tolist(),
                "off": m.off.astype(int).tolist(),
                "change": m.change.astype(int).tolist(),
            }
            for m in marks.marks
        ],
    }


@contextmanager
def browsing(chromium: str, address: str) -> Iterator[None]:
    """Have a browser without a window look at a page; it leaves nothing behind."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        words = [chromium, *FLAGS, f"--user-data-dir={Path(folder) / 'profile'}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.append("--no-sandbox")  # Chromium refuses root otherwise
        with Program([*words, address]):
            yield
