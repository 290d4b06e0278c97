"""A show's answers without a show: what is asked is kept, and answered at once or by hand."""

from vtuber.control.asking import Answer, Answered


class Desk:
    """Keeps lines; answers each with itself, with no where it has a "no" in it, or by hand."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.waiting: list[Answered] = []
        self.answers_at_once = True

    def ask(self, line: str, answered: Answered) -> None:
        self.lines.append(line)
        if self.answers_at_once:
            answered(Answer("no" not in line, f"heard {line}"))
        else:
            self.waiting.append(answered)
