"""Compiles the shaders and names the blend functions of OpenGL that the blend modes need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vtuber import resources
from vtuber.avatar.avatar import Blend

if TYPE_CHECKING:
    import moderngl

BLEND, DEPTH = 1, 2  # moderngl's numbers for Context.enable
_ZERO, _ONE = 0, 1
_ONE_MINUS_SRC_COLOR, _ONE_MINUS_SRC_ALPHA, _ONE_MINUS_DST_ALPHA = 0x0301, 0x0303, 0x0305
_SRC1_COLOR = 0x88F9  # the second output of the fragment shader (dual-source blending)

# Factors of (source, destination), premultiplied, for colour and alpha alike. W3C Compositing and
# Blending Level 1, section 10 for normal, multiply, screen and overlay; add is its `plus-lighter`.
FACTORS: dict[Blend, tuple[int, int]] = {
    "normal": (_ONE, _ONE_MINUS_SRC_ALPHA),
    "screen": (_ONE, _ONE_MINUS_SRC_COLOR),
    "add": (_ONE, _ONE),
    "multiply": (_ONE_MINUS_DST_ALPHA, _SRC1_COLOR),
    "overlay": (_ONE, _ZERO),  # the shader has mixed already
}
_SRC_ALPHA = 0x0302
FADE = (_ZERO, _SRC_ALPHA)  # keeps of what is there as much as the shader's alpha says
_SAMPLERS = {
    "u_atlas": 0,
    "u_mask": 1,
    "u_below": 2,
    "u_group": 0,
    "u_silhouette": 0,
    "u_grown": 1,
    "u_blurred": 2,
}  # fmt: skip; texture units

ProgramKey = tuple[str, tuple[str, ...]]


class Programs:
    """Compiled passes by file name and variants; each is compiled when it is first needed."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._compiled: dict[ProgramKey, moderngl.Program] = {}

    def __getitem__(self, key: ProgramKey) -> moderngl.Program:
        if key not in self._compiled:
            self._compiled[key] = _compile(self._context, *key)
        return self._compiled[key]


def _compile(context: moderngl.Context, name: str, variants: tuple[str, ...]) -> moderngl.Program:
    head = "#version 330 core\n" + "".join(f"#define {word}\n" for word in variants) + "#line 1\n"
    program = context.program(
        vertex_shader=head + resources.shader(f"{name}.vert"),
        fragment_shader=head + resources.shader(f"{name}.frag"),
    )
    for sampler, unit in _SAMPLERS.items():
        if sampler in program:
            program[sampler] = unit
    return program
