"""Another program: watches DEVICE for SECONDS by OpenCV and keeps what it saw in an .npz file.

It makes the file SEES when it has its first picture.
"""

import sys
import time
from pathlib import Path

import cv2
import numpy as np


def main(device: str, seconds: str, kept: str, sees: str) -> None:
    camera = cv2.VideoCapture(device, cv2.CAP_V4L2)
    camera.set(cv2.CAP_PROP_BUFFERSIZE, 2)
    pictures, times_s, end_s = [], [], None
    while end_s is None or time.monotonic() < end_s:
        is_there, bgr = camera.read()
        if not is_there:
            break
        if end_s is None:
            Path(sees).touch()
            end_s = time.monotonic() + float(seconds)
        pictures.append(bgr[..., ::-1])
        times_s.append(time.monotonic())
    np.savez(kept, pictures=np.array(pictures), times_s=np.array(times_s))


if __name__ == "__main__":
    main(*sys.argv[1:])
