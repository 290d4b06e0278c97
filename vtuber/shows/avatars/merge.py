"""Merges a manifest that was drawn again with what a person changed in it by hand. Pure.

Three tables: as it was drawn last, as it is now, as it would be drawn anew. What differs between
the first two is the person's, and wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Table = Mapping[str, Any]
_MISSING = object()


def merged(
    drawn: Table, now: Table, anew: Table, repainted: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Merge two changes of one manifest; layers by their name.

    A layer whose file is in `repainted` keeps its place and picture. Layers that a person added
    stay above the layer that they lay on; layers that a person took out stay out.
    """
    if not drawn:  # nobody knows what was changed: only what was added by hand is kept
        drawn = {**anew, "layers": anew["layers"]}
        now = {**anew, "layers": [
            *anew["layers"],
            *(layer for layer in now.get("layers", []) if layer["name"] not in _names(anew)),
        ]}  # fmt: skip
    result = _table(drawn, now, anew, skip=("layers",))
    result["layers"] = _layers(drawn, now, anew, repainted)
    return result


def _names(manifest: Table) -> dict[str, Table]:
    return {layer["name"]: layer for layer in manifest.get("layers", [])}


def _table(drawn: Table, now: Table, anew: Table, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    result = {}
    for key in [*anew, *(key for key in now if key not in anew)]:
        if key in skip:
            continue
        was, is_, will = (table.get(key, _MISSING) for table in (drawn, now, anew))
        if isinstance(is_, Mapping) and isinstance(will, Mapping):
            value: Any = _table(was if isinstance(was, Mapping) else {}, is_, will)
        else:
            value = will if was == is_ else is_
        if value is not _MISSING:
            result[key] = value
    return result


def _layers(
    drawn: Table, now: Table, anew: Table, repainted: frozenset[str]
) -> list[dict[str, Any]]:
    was, is_, will = _names(drawn), _names(now), _names(anew)
    result = []
    for name, layer in will.items():
        if name in was and name not in is_:
            continue  # taken out by hand
        if name not in is_:
            result.append(dict(layer))
            continue
        one = _table(was.get(name, {}), is_[name], layer)
        if is_[name]["file"] in repainted:
            one |= {key: is_[name][key] for key in ("file", "offset_px")}
        result.append(one)
    previous = ""
    for name, layer in is_.items():
        if name not in was and name not in will:  # added by hand
            places = [i for i, other in enumerate(result) if other["name"] == previous]
            result.insert(places[0] + 1 if places else len(result), dict(layer))
        previous = name
    return _without_dangling_clips(result)


def _without_dangling_clips(layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {layer["name"] for layer in layers}
    return [
        {key: value for key, value in layer.items() if key != "clip" or value in names}
        for layer in layers
    ]
