"""What others say of their latency, or was measured of them, and where. Values only.

Nobody whom we found publishes how late a motion is in the picture that a reader gets, as a
distribution; so each figure says which part of that way it is.
"""

from __future__ import annotations

from dataclasses import dataclass

HERE = "measured by us, 2 shared cores of 2.5 GHz without a graphics card"


@dataclass(frozen=True, slots=True)
class Peer:
    """One figure."""

    name: str
    way: str  # from where to where
    figure: str
    source: str


PEERS = (
    Peer(
        "pyvirtualcam, webcam_filter.py",
        "webcam to a virtual camera's viewer, judged by eye",
        "100 to 200 ms",
        "its author, github.com/letmaik/pyvirtualcam/issues/45",
    ),
    Peer(
        "OBS virtual camera",
        "OBS's picture to a viewer, as a user saw it; its developers did not",
        "about 300 ms",
        "github.com/obsproject/obs-studio/issues/9865",
    ),
    Peer(
        "OBS Media Source",
        "bare RGBA over TCP to OBS's own picture",
        "80 to 110 ms (median)",
        f"OBS 29, {HERE}",
    ),
    Peer(
        "WebRTC (aiortc, H.264)",
        "a picture to a browser's canvas",
        "282 ms (median)",
        HERE,
    ),
    Peer(
        "OpenSeeFace, model 1",
        "tracking alone, 640 px, beside 6.0 ms of mediapipe's mesh on the same frames",
        "19.4 ms of CPU time",
        HERE,
    ),
    Peer(
        "Talking Head Anime 3, separable, half",
        "drawing alone, 512 px, RTX 3070 Ti mobile",
        "20 ms (50 a second)",
        "github.com/SillyTavern/SillyTavern-Extras/pull/209",
    ),
    Peer(
        "Talking Head Anime 3, separable",
        "drawing alone, 512 px, one core",
        "1954 ms of CPU time",
        HERE,
    ),
    Peer(
        "Talking Head Anime 4, student",
        "drawing alone, 512 px, one core",
        "1791 ms of CPU time",
        HERE,
    ),
)
