"""What more than one door asks for (flags, settings, functions): from where to where it goes."""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.core.errors import UserError


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from low to high, both included."""

    low: float
    high: float
    default: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high  # not NaN

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"

    def check(self, name: str, value: float) -> None:
        """Raise UserError when it is not in here.

        >>> SMOOTHING.check("smoothing", 11)
        Traceback (most recent call last):
        vtuber.core.errors.UserError: smoothing is 11; give 0 to 10
        """
        if value not in self:
            raise UserError(f"{name} is {value:g}; give {self}")


SMOOTHING = Range(0.0, 10.0, 1.0)  # 0: none, 1: as measured, more: calmer and later
PREDICT_S = Range(0.0, 1.0, 0.0)  # how far the head is led
# Vertical; webcams have 35 to 70. 63 is what mediapipe's own face geometry assumes of one.
FIELD_OF_VIEW_DEG = Range(5.0, 150.0, 63.0)
