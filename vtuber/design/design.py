"""What one character looks like: a frozen value that the parts read.

Sizes are in W, half a face width. `MIRO` is the character that ships as `default`.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.design.colour import Colour


@dataclass(frozen=True, slots=True)
class Design:
    """One character."""

    name: str

    skin: Colour
    hair_root: Colour
    hair: Colour
    hair_tip: Colour
    eye: Colour
    cloth: Colour
    cloth_second: Colour
    shirt: Colour
    accent: Colour

    chin: float = 1.055  # eye line to chin
    jaw: float = 0.485  # half width of the face 0.24 above the chin
    skull: float = 2.50  # crown of the skull to chin
    eye_width: float = 0.55
    eye_height: float = 0.51
    eye_out: float = 0.455  # centre line to the middle of an eye
    eye_tilt: float = 0.02  # outer corner up
    mouth_width: float = 0.365
    neck: float = 0.29  # half width
    line: float = 0.020  # weight of a silhouette line

    @property
    def mouth(self) -> float:
        """The closed mouth line, at the centre."""
        return self.chin * 0.705

    @property
    def nose(self) -> float:
        return self.chin * 0.43

    @property
    def crown(self) -> float:
        return self.chin - self.skull


MIRO = Design(
    name="Miro",
    skin=Colour(0.945, 0.034, 62.0),
    hair_root=Colour(0.50, 0.105, 272.0),
    hair=Colour(0.60, 0.115, 258.0),
    hair_tip=Colour(0.84, 0.105, 196.0),
    eye=Colour(0.70, 0.170, 58.0),
    cloth=Colour(0.965, 0.012, 85.0),
    cloth_second=Colour(0.40, 0.075, 268.0),
    shirt=Colour(0.58, 0.10, 210.0),
    accent=Colour(0.80, 0.155, 72.0),
)
