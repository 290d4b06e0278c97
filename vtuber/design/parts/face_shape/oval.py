"""Oval: the plain anime face."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SHAPE = FaceShape()
