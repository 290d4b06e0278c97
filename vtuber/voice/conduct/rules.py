"""A file of conduct rules in; the rules, or every fault of the file, out.

    policy = "bleep"            # of rules that name none: block, bleep or replace
    with = "something else"     # what replace says
    allow = ["Scunthorpe"]      # passes whatever the rules say

    [[rule]]
    name = "oaths"
    words = ["heck", "darn*", "go to heck"]

A word is letters and `*`, which stands for any more of them; no regular expression, so that no list
and no text can make checking slow.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from vtuber.core.conduct import Policy
from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.voice.conduct.fold import LONGEST_WORD, folded, is_dense, searched

MOST_BYTES = 1_000_000
MOST_WORDS = 10_000  # of a file
MOST_STARS = 3  # of a word
LONGEST_PUT = 200  # characters
POLICIES: tuple[Policy, ...] = get_args(Policy)
_FILE = "policy", "with", "allow", "rule"
_RULE = "name", "policy", "with", "words"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what of a line it means, and what becomes of that."""

    name: str
    policy: Policy
    words: tuple[str, ...]
    put: str = ""  # what replace says


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a show."""

    rules: tuple[Rule, ...] = ()
    allow: tuple[str, ...] = ()  # words that pass, also inside of what a rule means


NO_RULES = Rules()


def read_rules(path: Path, policy: str = "") -> Rules:
    """Read a file of rules. Raises UserError that names every fault.

    `policy` goes before that of the file, for the rules that name none of their own.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"cannot read the conduct rules {path}: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise UserError(f"the conduct rules {path} are larger than {MOST_BYTES:,} bytes")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(f"the conduct rules {path} are not TOML: {error}") from error
    faults: list[str] = []
    rules = _rules(table, policy, faults)
    if faults:
        raise UserError(f"{path}: " + "; ".join(faults[:20]))
    return rules


def _rules(table: Mapping[str, Any], policy: str, faults: list[str]) -> Rules:
    _know(table, _FILE, "the file", faults)
    usual = policy or _policy(table.get("policy", "bleep"), "the file", faults)
    put = _put(table.get("with", ""), "the file", faults)
    tables = table.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        faults.append("write each rule as [[rule]]")
        tables = []
    rules = tuple(_rule(each, n, usual, put, faults) for n, each in enumerate(tables, 1))
    allow = _words(table.get("allow", []), "allow", faults)
    if sum(len(rule.words) for rule in rules) + len(allow) > MOST_WORDS:
        faults.append(f"a file has at most {MOST_WORDS:,} words")
    return Rules(rules, allow)


def _rule(table: Mapping[str, Any], number: int, policy: str, put: str, faults: list[str]) -> Rule:
    name = table.get("name", f"rule {number}")
    if not isinstance(name, str) or not 0 < len(name) <= 64 or not name.isprintable():
        faults.append(f"rule {number}: name is a text of up to 64 letters")
        name = f"rule {number}"
    _know(table, _RULE, name, faults)
    chosen = _policy(table.get("policy", policy), name, faults)
    put = _put(table.get("with", put), name, faults)
    if chosen == "replace" and not put:
        faults.append(f'{name}: replace needs what is said instead: with = "something else"')
    words = _words(table.get("words", []), name, faults)
    if not words:
        faults.append(f'{name}: it has no words; write: words = ["one", "another"]')
    return Rule(name, chosen, words, put if chosen == "replace" else "")


def _know(table: Mapping[str, Any], known: tuple[str, ...], where: str, faults: list[str]) -> None:
    for key in table:
        if key not in known:
            near = nearest(key, known)
            meant = f"did you mean {near}?" if near else f"there is: {', '.join(known)}"
            faults.append(f"{where} has {key!r}; {meant}")


def _policy(value: Any, where: str, faults: list[str]) -> Policy:
    if value in POLICIES:
        chosen: Policy = value
        return chosen
    faults.append(f"{where}: policy is {', '.join(POLICIES[:-1])} or {POLICIES[-1]}, not {value!r}")
    return "block"


def _put(value: Any, where: str, faults: list[str]) -> str:
    if isinstance(value, str) and len(value) <= LONGEST_PUT and not set(value) & set("[]［］【】"):
        return value
    faults.append(f"{where}: with is a text of up to {LONGEST_PUT} letters, without [ and ]")
    return ""


def _words(value: Any, where: str, faults: list[str]) -> tuple[str, ...]:
    if not isinstance(value, list):
        faults.append(f'{where}: words stand in a list: ["one", "another"]')
        return ()
    for number, word in enumerate(value, 1):
        why = _wrong(word)
        if why:
            faults.append(f"{where}, word {number}: {why}")
    return tuple(word for word in value if isinstance(word, str))


def _wrong(word: Any) -> str:
    if not isinstance(word, str):
        return f"{word!r:.40} is no text"
    if len(word) > LONGEST_WORD:
        return f"longer than {LONGEST_WORD} letters"
    if word.count("*") > MOST_STARS:
        return f"at most {MOST_STARS} stars"
    found = searched(word)
    if not found or not all(part.strip("*") for part in found.split()):
        return f"{word!r} has no letter"
    if len(found) == 1 and len(folded(word)) > 1 and not is_dense(found):  # c++
        return f"{word!r} would find every {found!r}: other signs of a text are not looked at"
    return ""
