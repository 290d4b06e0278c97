"""The camera's picture with what the tracker found, on a page of the show's own server.

For the performer's eyes: no sink ever gets it. Nothing is drawn or encoded while nobody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import UInt8

from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import HttpHost

PAGE, PICTURE = "/preview", "/preview.jpg"
MOST_PX = 640  # of the longer side: enough to see whether lids and lips are met
QUALITY = 80
EVERY_MS = 66
_MESHES, _IRIS, _LOST = ((90, 255, 130), (110, 200, 255)), (255, 90, 200), (230, 60, 60)
_FIRST_IRIS = 468  # the last ten landmarks are irises
_HTML = f"""<!doctype html>
<title>vtuber: camera</title>
<style>
  body {{ margin: 0; background: #111; display: grid; place-items: center; min-height: 100vh }}
  img {{ max-width: 100vw; max-height: 100vh }}
</style>
<img id="camera" alt="no camera picture yet">
<script>
  const camera = document.getElementById("camera");
  let count = 0;
  const next = () => setTimeout(() => {{ camera.src = "{PICTURE}?" + count++ }}, {EVERY_MS});
  camera.onload = camera.onerror = next;
  next();
</script>
"""

# the newest frame, and the face of each performer
Looked = Callable[[], tuple[Frame, Sequence[Face]] | None]


class Preview:
    """Puts the page up, and draws each picture when it is asked for."""

    def __init__(self, looked: Looked) -> None:
        self._looked = looked

    def open(self, server: HttpHost) -> str:
        """Add the page to a server that runs; give its address. UserError when it is taken."""
        server.add_page(PAGE, "text/html; charset=utf-8", _HTML.encode)
        server.add_page(PICTURE, "image/jpeg", self.jpeg)
        return server.url.rstrip("/") + PAGE

    @property
    def has_picture(self) -> bool:
        """Tell whether a camera has given one."""
        return self._looked() is not None

    def jpeg(self) -> bytes:
        """Draw and encode the newest picture; a dark one before the first."""
        import simplejpeg

        looked = self._looked()
        rgb = np.zeros((240, 320, 3), np.uint8) if looked is None else drawn(*looked)
        return bytes(simplejpeg.encode_jpeg(rgb, QUALITY, "RGB", fastdct=True))


def drawn(frame: Frame, faces: Sequence[Face]) -> UInt8[np.ndarray, "h w 3"]:
    """Give a small copy of the picture with landmarks, the first performer's green, the second's
    blue, or with a red edge where nobody is found."""
    step = -(-max(frame.rgb.shape[:2]) // MOST_PX)
    rgb = frame.rgb[::step, ::step].copy()
    height, width = rgb.shape[:2]
    if all(face.landmarks_px is None for face in faces):
        for edge in (np.s_[:4], np.s_[-4:], np.s_[:, :4], np.s_[:, -4:]):
            rgb[edge] = _LOST
        return rgb
    for face, colour in zip(faces, _MESHES, strict=False):
        if face.landmarks_px is None:
            continue
        points = np.clip(face.landmarks_px[:, :2] / step, 0, (width - 1, height - 1)).astype(int)
        for shift in ((0, 0), (1, 0), (0, 1), (1, 1)):
            x, y = np.minimum(points + shift, (width - 1, height - 1)).T
            rgb[y[:_FIRST_IRIS], x[:_FIRST_IRIS]] = colour
            rgb[y[_FIRST_IRIS:], x[_FIRST_IRIS:]] = _IRIS
    return rgb
