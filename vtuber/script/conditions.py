"""A condition of a script in, whether it holds now out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from vtuber.script.lines import read_condition

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne, "＜": operator.lt, "＞": operator.gt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions may ask."""

    plays: Callable[[str], float]  # how often a label was passed; "" the last one that was
    seconds: Callable[[], float]  # since the script began
    chance: Callable[[], float]  # 0..1, another one each time; the same for the same seed


def holds(condition: str, facts: Facts) -> bool:
    """Tell whether a condition holds. Raises LineError for one that cannot be read.

    >>> facts = Facts({"": 3, "intro": 12}.__getitem__, lambda: 20.0, lambda: 0.5)
    >>> holds("plays intro > 10 and not seconds >= 60", facts), holds("plays > 10", facts)
    (True, False)
    """
    return _holds(read_condition(condition), facts)


def labels_of(condition: str) -> list[str]:
    """Give the labels that a condition names. Raises LineError for one that cannot be read."""
    compares = read_condition(condition).find_data("compare")
    return [str(compare.children[1]) for compare in compares if compare.children[1]]


def limits_of(condition: str) -> list[str]:
    """Give the labels, "" for the last one, that it lets be passed so often at most.

    >>> limits_of("plays a < 3 and chance < 0.5"), limits_of("plays a < 3 or plays > 1")
    (['a'], [])
    """
    return list(_limits(read_condition(condition)))


def _limits(tree: Any) -> Iterator[str]:
    if tree.data == "compare":
        what, label, comparison, _ = tree.children
        if str(what) == "plays" and str(comparison) in ("<", "<=", "＜"):
            yield str(label or "")
    elif tree.data != "not_" and (tree.data != "either" or len(tree.children) == 1):
        for part in tree.children:
            yield from _limits(part)


def _holds(tree: Any, facts: Facts) -> bool:
    match str(tree.data):
        case "compare":
            what, label, comparison, number = tree.children
            value = {
                "plays": lambda: facts.plays(str(label or "")),
                "seconds": facts.seconds,
                "chance": facts.chance,
            }[str(what)]()
            return _COMPARISONS[str(comparison)](value, float(number))
        case "not_":
            return not _holds(tree.children[0], facts)
        case "either":
            return any(_holds(part, facts) for part in tree.children)
    return all(_holds(part, facts) for part in tree.children)
