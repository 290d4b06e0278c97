"""The text of a script in, its statements and every fault of its form out.

Each line is read by itself, so that one fault hides no other; here lines become blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from vtuber.script import statements as records
from vtuber.script.faults import Fault, Faults, said_of_record
from vtuber.script.lines import Closing, Line, LineError, Opening, read_line
from vtuber.script.statements import AnyStatement, Place, Script

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 32  # blocks in blocks
COMMENT = "#＃"


def parse(text: str, file: str = "") -> tuple[Script, list[Fault]]:
    """Read a script. What a faulty line would have said is missing from it.

    >>> script, faults = parse("Mika (happy 0.8): Hello [nod] and welcome! <0.4>")
    >>> script.statements[0].parts
    ('Hello ', Cue(cue='nod'), ' and welcome! ', Pause(pause=0.4))
    >>> print(parse("label intro:\\ngoto", "a.puppet")[1][0])
    a.puppet:2:5: the line ends too early; write: goto NAME
    """
    blocks = _Blocks(file)
    if len(text) > MAX_CHARACTERS:
        blocks.fault(1, 1, f"a script has at most {MAX_CHARACTERS:,} characters")
        text = ""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        code = line.strip()
        if code and code[0] not in COMMENT:
            blocks.take(code, number, 1 + len(line) - len(line.lstrip()))
    return blocks.finish()


@dataclass(slots=True)
class _Block:
    """A block that waits for its end."""

    opening: Opening
    body: list[AnyStatement] = field(default_factory=list)
    then: list[AnyStatement] | None = None  # of an `if` whose `else` has come
    is_faulty: bool = False  # its first line could not be read

    def close(self) -> AnyStatement:
        body = tuple(self.body)
        blocks: dict[str, tuple[AnyStatement, ...]] = {"body": body}
        if self.opening.kind is records.If:
            blocks = {"then": body}
            if self.then is not None:
                blocks = {"then": tuple(self.then), "otherwise": body}
        return self.opening.kind(**self.opening.fields, **blocks, at=self.opening.at)


class _Blocks:
    """Lines in, in their order; statements with what they hold out."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._faults = Faults()
        self._top: list[AnyStatement] = []
        self._open: list[_Block] = []
        self._count = 0

    def fault(self, line: int, column: int, what: str) -> None:
        self._faults.add(Place(line=line, column=column, file=self._file), what)

    def take(self, code: str, line: int, column: int) -> None:
        """Read one line and put it where it belongs."""
        at = Place(line=line, column=column, file=self._file)
        self._count += 1
        if self._count > records.MAX_STATEMENTS:
            if self._count == records.MAX_STATEMENTS + 1:
                self.fault(line, 1, f"a script has at most {records.MAX_STATEMENTS:,} statements")
            return
        try:
            if len(code) > records.MAX_TEXT:
                raise LineError(records.MAX_TEXT, f"longer than {records.MAX_TEXT} characters")
            self._put(read_line(code, at), at)
        except LineError as error:
            self.fault(line, column - 1 + error.column, error.what)
            kind = _begun(code)
            if kind is not None and len(self._open) < MAX_DEPTH:  # its end is no second fault
                fields = {"condition": "plays > 0"} if kind is records.If else {}
                self._open.append(_Block(Opening(kind, at, fields), is_faulty=True))
        except ValidationError as error:
            for wrong in error.errors():
                self.fault(line, column, _said(wrong))

    def _put(self, read: Line, at: Place) -> None:
        body = self._open[-1].body if self._open else self._top
        match read:
            case Closing("else"):
                self._turn(at)
            case Closing():
                self._close(at)
            case Opening(inline=None):
                if len(self._open) >= MAX_DEPTH:
                    raise LineError(1, f"more than {MAX_DEPTH} blocks in blocks")
                self._open.append(_Block(read))
            case Opening():
                body.append(_inline(read))
            case _:
                body.append(read)

    def _turn(self, at: Place) -> None:
        block = self._open[-1] if self._open else None
        if block is None or block.opening.kind is not records.If or block.then is not None:
            raise LineError(1, "there is no if before this else")
        block.then, block.body = block.body, []

    def _close(self, at: Place) -> None:
        if not self._open:
            raise LineError(
                1, "nothing is open that could end here; @par, loop, if and on need one"
            )
        closed = self._open.pop().close()
        (self._open[-1].body if self._open else self._top).append(closed)

    def finish(self) -> tuple[Script, list[Fault]]:
        """Give all that was read, and every fault in the order of the text."""
        for block in (block for block in self._open if not block.is_faulty):
            at, word = block.opening.at, block.opening.kind.__name__.lower()
            self.fault(at.line, at.column, f"this {word} has no end; write end behind its lines")
        while self._open:
            opening = self._open[-1].opening
            try:
                self._close(opening.at)
            except ValidationError as error:
                for wrong in error.errors():
                    self.fault(opening.at.line, opening.at.column, _said(wrong))
        return Script(statements=tuple(self._top)), self._faults.sorted()


def _begun(code: str) -> type[records.Seq | records.If] | None:
    """Tell what kind of block a line begins that cannot be read; None for none."""
    if re.match(r"(loop|[@＠](par|seq))\b", code):
        return records.Seq
    return records.If if re.fullmatch(r"(if|on)\b.*[:：]", code) else None


def _inline(opening: Opening) -> AnyStatement:
    """Make a block of the one statement behind a colon."""
    assert opening.inline is not None, "blocks of lines come to an end"
    match opening.inline:
        case Closing(word):
            raise LineError(1, f"{word} stands on a line of its own")
        case Opening(inline=None) as inner:
            word = inner.kind.__name__.lower()
            raise LineError(1, f"a {word} of several lines cannot stand behind a colon")
        case Opening() as inner:
            return _Block(opening, [_inline(inner)]).close()
        case statement:
            return _Block(opening, [statement]).close()


def _said(wrong: Any) -> str:
    """Say what pydantic found, in words."""
    where = ".".join(str(part) for part in wrong["loc"] if part not in ("body", "then"))
    why = said_of_record(wrong)
    return f"{where}: {why[:1].lower()}{why[1:]}, not {str(wrong['input'])[:40]!r}"
