"""A script's file in, with the files that it includes; the whole script and its faults out."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from vtuber.core.errors import UserError
from vtuber.script import statements as records
from vtuber.script.faults import Fault, said_of_record
from vtuber.script.parse import MAX_CHARACTERS, parse
from vtuber.script.statements import MAX_STATEMENTS, AnyStatement, Place, Script, walk

MAX_FILES = 64


def load(path: Path) -> tuple[Script, list[Fault]]:
    """Read a .puppet file, or its JSON twin, with all that it includes.

    An included file lies in the folder of the first one, or below. Raises UserError for a file that
    cannot be read at all.
    """
    return _Loader(path.parent).load(path, str(path))


class _Loader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._faults: list[Fault] = []
        self._under_way: list[Path] = []
        self._count = 0

    def load(self, path: Path, name: str) -> tuple[Script, list[Fault]]:
        script = self._read(path, name)
        statements = self._with_included(script.statements, path)
        count = sum(1 for _ in walk(statements))
        if count > MAX_STATEMENTS:
            at = Place(line=1, column=1, file=name)
            what = f"with what it includes, a script has at most {MAX_STATEMENTS:,} statements"
            return Script(statements=()), [*self._faults, Fault(at, what)]
        return Script(statements=statements), self._faults

    def _read(self, path: Path, name: str) -> Script:
        text = _text(path)
        if path.suffix.lower() == ".json":
            return _twin(text, path)
        script, faults = parse(text, name)
        self._faults += faults
        return script

    def _with_included(
        self, statements: tuple[AnyStatement, ...], path: Path
    ) -> tuple[AnyStatement, ...]:
        found: list[AnyStatement] = []
        self._under_way.append(path.resolve())
        for statement in statements:
            if isinstance(statement, records.Include):
                found += self._included(statement, path)
                continue
            changed = {
                field: self._with_included(block, path)
                for field in ("body", "then", "otherwise")
                if (block := getattr(statement, field, None))
            }
            found.append(statement.model_copy(update=changed) if changed else statement)
        self._under_way.pop()
        return tuple(found)

    def _included(self, include: records.Include, path: Path) -> tuple[AnyStatement, ...]:
        self._count += 1
        try:
            target = (path.parent / include.path).resolve()
        except (OSError, ValueError):  # a name that no file can have
            return self._fault(include.at, f"no file can be called {include.path!r}")
        if not target.is_relative_to(self._folder):
            return self._fault(include.at, f"{include.path} lies outside of the script's folder")
        if target in self._under_way:
            return self._fault(include.at, f"{include.path} includes itself")
        if self._count > MAX_FILES:
            return self._fault(include.at, f"a script includes at most {MAX_FILES} files")
        try:
            script = self._read(target, str(path.parent / include.path))
        except UserError as error:
            return self._fault(include.at, str(error))
        return self._with_included(script.statements, target)

    def _fault(self, at: Place, what: str) -> tuple[AnyStatement, ...]:
        self._faults.append(Fault(at, what))
        return ()


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > 4 * MAX_CHARACTERS:
            raise UserError(f"{path}: a script has at most {MAX_CHARACTERS:,} characters")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UserError(f"cannot read the script {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no text in UTF-8: byte {error.start}") from error


def _twin(text: str, path: Path) -> Script:
    """Read the JSON twin of a script. Raises UserError that names every fault."""
    try:
        return Script.model_validate_json(text)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, wrong['loc']))}: {said_of_record(wrong)}"
            for wrong in error.errors()[:20]
        ]
        raise UserError(f"{path}: " + "; ".join(faults)) from None
    except (RecursionError, json.JSONDecodeError) as error:
        raise UserError(f"{path} is no script: {error}") from error
