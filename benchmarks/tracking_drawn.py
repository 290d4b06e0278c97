"""The rows of the tracking benchmark without a camera: faces whose pose is known exactly.

What each of them measures stands in `tracking.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tracking_scenes as scenes  # beside this file
from head_solvers import project, rotation_of, solvers  # beside this file
from tracking_rows import Material  # beside this file

from vtuber.track.head import angles_deg

DENTS_CM, ALIKE_CM = 0.2, 2.5  # how far a face is dented, and how far away points go along


def canonical(material: Material) -> dict[str, Any]:
    return _projected(material, lambda random: material.canonical_cm)


def someone(material: Material) -> dict[str, Any]:
    return _projected(material, lambda random: _somebody(material.canonical_cm, random))


def anybody(material: Material) -> dict[str, Any]:
    face_cm = material.canonical_cm
    apart2 = ((face_cm[:, None] - face_cm) ** 2).sum(axis=2)
    alike = np.exp(-apart2 / (2 * ALIKE_CM**2)) + 1e-8 * np.eye(len(face_cm))
    dents = DENTS_CM * np.linalg.cholesky(alike)
    return _projected(
        material,
        lambda random: _somebody(face_cm, random) + dents @ random.normal(size=face_cm.shape),
    )


def _somebody(face_cm: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Give the face of somebody who talks: other proportions, the jaw dropped by 0 to 1.8 cm."""
    face_cm = face_cm * random.normal(1, 0.06, 3)
    lower = np.clip((-face_cm[:, 1] - 2) / 6, 0, 1)[:, None]
    return np.asarray(face_cm + lower * (0, -1.5, -0.6) * random.uniform(0, 1.2))


def _projected(
    material: Material, face_of: Callable[[np.random.Generator], np.ndarray]
) -> dict[str, Any]:
    random, size_px = np.random.default_rng(1), scenes.VGA
    by_name = solvers(material.canonical_cm)
    errors: dict[str, list[np.ndarray]] = {name: [] for name in by_name}
    for _ in range(300):
        face_cm = face_of(random)
        angles = *random.uniform(-45, 45, 2), random.uniform(-30, 30)
        place = np.array([*random.uniform(-8, 8, 2), -random.uniform(35, 90)])
        mesh = project(face_cm, rotation_of(*angles), place, size_px)
        mesh += random.normal(0, 0.005 * np.linalg.norm(mesh[33] - mesh[263]), mesh.shape)
        for name, solve in by_name.items():
            errors[name].append(np.abs(np.subtract(angles_deg(solve(mesh, size_px)), angles)))
    mae = {name: round(float(np.mean(found)), 2) for name, found in errors.items()}
    own = mae.pop("ours")
    return {"mae_deg": own, "behind_deg": round(own - min(mae.values()), 2), "rivals": mae}


DRAWN: dict[str, Callable[[Material], dict[str, Any]]] = {
    row.__name__: row for row in (canonical, someone, anybody)
}
