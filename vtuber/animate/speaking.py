"""The expression that goes with somebody's words in, pose sources that fade in and out, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vtuber.animate.fade import Fade
from vtuber.animate.mix import Part
from vtuber.core.pose import PoseInput
from vtuber.core.speech import Mouth

COMES_S, GOES_S = 0.2, 0.5  # a face is there with the words and stays a little longer


class Speaking:
    """One performer who may speak: fades of the expressions that words brought."""

    def __init__(self) -> None:
        self._fades: dict[str, Fade] = {}

    def parts(
        self, now_ns: int, mouth: Mouth | None, expressions: Mapping[str, PoseInput]
    ) -> Iterator[Part]:
        """Give the expressions of the avatar that words have brought, under the mouth."""
        wanted = mouth.expression if mouth is not None else ""
        if wanted in expressions:
            self._fades.setdefault(wanted, Fade())
        for name, fade in self._fades.items():
            is_wanted = name == wanted
            fade.to(float(is_wanted), now_ns, COMES_S if is_wanted else GOES_S)
            gain = fade.at(now_ns)
            if gain > 0 and name in expressions:
                yield Part(expressions[name], gain)
