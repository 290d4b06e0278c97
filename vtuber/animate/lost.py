"""What an avatar does when its performer is lost: one policy for all, and others for some groups.

`idle`: idle motion takes over. `hold`: it stays as it was last. `rest`: it eases to rest. `hide`,
for the whole avatar only: it fades out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from jaxtyping import Float32

from vtuber.animate.smooth import GroupName, group_of
from vtuber.core.pose import BASE, EFFECTS, PoseInput

Policy = Literal["idle", "hold", "rest"]
_NEVER_TRACKED = frozenset({"breath", *EFFECTS})  # nobody holds their breath for being lost


@dataclass(frozen=True)
class Lost:
    """The policies of one performer."""

    policy: Literal["idle", "hold", "rest", "hide"] = "idle"
    groups: Mapping[GroupName, Policy] = field(default_factory=dict)

    @property
    def hides(self) -> bool:
        return self.policy == "hide"

    @cached_property
    def held(self) -> Float32[np.ndarray, " n"]:
        """Give 1 for each value that stays as it was last, else 0."""
        return self._mask("hold")

    @cached_property
    def _rests(self) -> Float32[np.ndarray, " n"]:
        return self._mask("rest")

    def _mask(self, wanted: Policy) -> Float32[np.ndarray, " n"]:
        chosen = [self.groups.get(group_of(name), self.policy) for name in BASE.names]
        names = zip(BASE.names, chosen, strict=True)
        return np.array([p == wanted and n not in _NEVER_TRACKED for n, p in names], np.float32)

    def calmed(self, idle: PoseInput) -> PoseInput:
        """Take out of idle motion what shall rest instead."""
        return PoseInput(idle.values, idle.weights * (1 - self._rests))
