"""The rows of the tracking benchmark with several people in the picture, each under its name.

What each of them measures stands in `tracking.py`; the scenes are put together in
`tracking_people.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tracking_people as people  # beside this file
import tracking_scenes as scenes  # beside this file
from tracking_people import Count, Person, crosses, leaves, stays, swaps_places
from tracking_rows import Material  # beside this file

from vtuber.core.frame import Frame

CLIPS = ("lp_d9.mp4", "lp_d18.mp4", "lp_s18.mp4", "lp_s20.mp4")


def swaps(material: Material) -> dict[str, Any]:
    pair = scenes.beside(material.clip("lp_d9.mp4")[0][:150], material.clip("lp_d18.mp4")[0][:150])
    middle = 512
    wrong = total = followed = 0
    for covered in (range(0), range(30, 45), range(30, 120), range(60, 150)):
        for side in (0, 1):
            frames = []
            for n, frame in enumerate(pair):
                rgb = frame.rgb.copy()
                if n in covered:
                    rgb[:, :middle] = 40
                frames.append(Frame(rgb[:, ::-1].copy() if side else rgb, frame.captured_ns, n))
            # the first performer is alone for a moment: so it is known who is meant
            width = frames[0].rgb.shape[1]
            for n in range(5):
                hidden = np.s_[:, : width - middle] if side else np.s_[:, middle:]
                frames[n].rgb[hidden] = 90
            for n, face in enumerate(scenes.live(frames)[0]):
                total += 1
                if face.landmarks_px is None:
                    continue
                x = face.landmarks_px[6, 0]
                own = x > width - middle if side else x < middle
                wrong += not own
                followed += own and n not in covered
    return {"frames": int(wrong), "of": total, "followed": int(followed)}


def _heads(material: Material, most: int = 60) -> dict[str, list[np.ndarray]]:
    found = {}
    for name in CLIPS:
        frames, faces, _ = material.clip(name)
        found[name] = people.heads_of(frames[:most], faces[:most])
    return found


def _total(counts: list[Count]) -> dict[str, Any]:
    there = sum(count.there for count in counts)
    return {
        "frames": sum(count.wrong for count in counts),
        "of": there,
        "found": round(min(1.0, sum(count.seen for count in counts) / there), 3),
    }


def pair(material: Material) -> dict[str, Any]:
    heads, counts = _heads(material), []
    frames = 120
    for cast_of in ((0, 1, 3), (1, 3, 0), (2, 3, 0), (0, 2, 3)):
        first, second, third = (heads[CLIPS[number]] for number in cast_of)
        left, right, away = stays(180), stays(460), range(20, 80)
        for cast in (
            (Person(first, left), Person(second, right)),
            (Person(first, swaps_places(170, 470, 20, 60)),
             Person(second, swaps_places(470, 170, 20, 60))),
            (Person(first, leaves(left, away)), Person(second, right)),
            (Person(first, left), Person(second, leaves(right, away))),
            (Person(first, leaves(left, away)), Person(second, swaps_places(460, 180, 30, 20))),
            (Person(first, left), Person(second, right), Person(third, crosses(20, 12))),
        ):  # fmt: skip
            for number, faces in enumerate(people.seen(people.shown(cast, frames), 2)):
                counts.append(Count())
                counts[-1].add(faces, cast, number)
    return _total(counts)


def passer(material: Material) -> dict[str, Any]:
    heads, counts = _heads(material), []
    for performer in CLIPS:
        for other in CLIPS:
            for speed in (8, -16, 24) if other != performer else ():
                cast = (
                    Person(heads[performer], stays(320)),
                    Person(heads[other], crosses(20, speed)),
                )
                counts.append(Count())
                counts[-1].add(people.seen(people.shown(cast, 100), 1)[0], cast, 0)
    return _total(counts)


def cpu2(material: Material) -> dict[str, Any]:
    heads = _heads(material)
    cast = (Person(heads[CLIPS[0]], stays(180)), Person(heads[CLIPS[1]], stays(460)))
    frames = people.shown(cast, 150)
    people.seen(frames[:5], 2)
    before = time.process_time()
    people.seen([], 2)
    opening = time.process_time() - before
    before = time.process_time()
    people.seen(frames, 2)
    return {"ms": round((time.process_time() - before - opening) * 1e3 / len(frames), 2)}


TOGETHER: dict[str, Callable[[Material], dict[str, Any]]] = {
    row.__name__: row for row in (swaps, pair, passer, cpu2)
}
