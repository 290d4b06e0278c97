"""Words of a command line in, a namespace out, or one sentence that says what was meant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from vtuber.core.nearest import nearest


class Parser(argparse.ArgumentParser):
    """A parser that guesses what was meant, says it in one sentence, and knows no abbreviations.

    Whoever names no verb where there are some is shown all of them. An epilog's lines that begin
    with two blanks, its examples, stand as they are.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, "formatter_class": _Help, **options})

    def error(self, message: str) -> NoReturn:
        end = "" if message.endswith("?") else ";"
        print(f"{self.prog}: {message}{end} `{self.prog} --help` says more", file=sys.stderr)
        raise SystemExit(2)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what is left over here, where it is known which verb it was meant for."""
        if not args and self._subparsers is not None:
            self.print_help(sys.stderr)
            raise SystemExit(2)
        found, rest = super().parse_known_args(args, namespace)
        rest = [word for word in rest if word != "--"]  # that only ends the flags
        if rest and not rest[0].startswith("-"):
            self.error(f"{rest[0]!r} means nothing here")
        if rest:
            flag = rest[0].partition("=")[0]
            known = [flag for action in self._actions for flag in action.option_strings]
            names = {flag.lstrip("-"): flag for flag in known}
            self.error(f"no flag {flag}" + _meant(names.get(nearest(flag.strip("-"), names) or "")))
        return found, rest

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse what is none of the choices, as argparse does, in our words."""
        choices: Iterable[Any] | None = action.choices
        if choices is None or value in choices:
            return
        known = [str(choice) for choice in choices]
        near = nearest(str(value), known)
        meant = _meant(near) if near else f"; choose one of: {', '.join(known)}"
        if isinstance(action, argparse._SubParsersAction):
            self.error(f"no {action.metavar} {value!r}{meant}")
        raise argparse.ArgumentError(action, f"no {value!r}{meant}")


def _meant(near: str | None) -> str:
    return f"; did you mean {near}?" if near else ""


class _Help(argparse.HelpFormatter):
    def _fill_text(self, text: str, width: int, indent: str) -> str:
        fill = super()._fill_text
        lines = (e if e.startswith("  ") else fill(e, width, indent) for e in text.splitlines())
        return "\n".join(lines)
