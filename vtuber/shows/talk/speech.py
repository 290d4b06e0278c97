"""Lines in; sound, mouths and faces out: the voice's process and the speaker of one show.

A thread hands what the process makes to the speaker; the beat only asks how the mouths are while
that is heard. Everything may be asked from any thread and waits for nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vtuber.core.errors import UserError
from vtuber.core.ports import Clock, Speaker, StopEvent, VoiceContext
from vtuber.core.speech import SAMPLE_RATE_HZ, URGENT, Line, Mouth, Sound, Utterance
from vtuber.runtime.meter import Meter
from vtuber.runtime.pactl import pactl
from vtuber.runtime.process import Reply, Service
from vtuber.runtime.worker import Worker
from vtuber.shows.talk import voices
from vtuber.shows.talk.liveline import LiveLine
from vtuber.shows.talk.mouths import Mouths
from vtuber.shows.watch import Watched
from vtuber.sound.speakers import SILENT, speaker_called
from vtuber.voice import process
from vtuber.voice.chain import Candidate
from vtuber.voice.conduct.gate import Gate
from vtuber.voice.queue import LineQueue

if TYPE_CHECKING:
    from vtuber.settings import VoiceSettings

log = logging.getLogger(__name__)

TAKE_S = 0.05  # between looks at whether there is something to say
AHEAD_S = 3.0  # of sound that waits at the speaker; the process waits with the rest
LATE_S = 2.0  # of loading, after which a line that waits for the voice is spoken of
NEXT_S = 1.0  # so long before a line has been heard, the next is begun
MOST_TRIES = 2  # of a line whose process died


@dataclass(slots=True)
class _Spoken:
    """A line that the process works on."""

    line: Line
    names: tuple[str, ...]  # of the performers whose mouth moves
    ticket: int
    asked_ns: int
    told: LiveLine
    end: int = 0  # count behind its last sample so far


class Speech:
    """What the performers of a show say."""

    def __init__(
        self,
        settings: VoiceSettings,
        clock: Clock,
        say: Callable[[str], None],
        context: VoiceContext | None = None,
        speaker: Speaker | None = None,
        chain: Sequence[Candidate] | None = None,
        meter: Meter | None = None,
        others: Mapping[str, Sequence[Candidate]] | None = None,
        gate: Gate | None = None,
    ) -> None:
        """`speaker`, `chain`: instead of those of the settings. Raises UserError for a bad wish.

        `others`: by performer, the chains of who has a voice of their own; `gate`: the conduct that
        every line passes.
        """
        self.gate = gate or Gate()
        self.noted: Callable[[Line, Sequence[str], LiveLine], None] = lambda line, names, told: None
        chains = {"": chain or voices.chain_of(settings.engine), **(others or {})}
        self._ready = {name: voices.plays_ready(chain) for name, chain in chains.items()}
        self._settings, self._clock, self._say = settings, clock, say
        self._meter = meter or Meter()
        self._speaker = speaker or speaker_called(
            settings.speaker, clock, pactl, settings.av_offset_ms / 1000
        )
        self._service: Service[process.Task, process.Result] = Service(
            "voice", process.make, chains, context or voices.context(), is_urgent=True
        )
        self._pump = Worker("speech", self._run)
        self._keeper = Worker("speaker", lambda stop: self._speaker.keep(stop))
        self._lock = threading.RLock()
        self._queue = LineQueue(settings.most_waiting, settings.oldest_s, self._leave_out)
        self._mouths = Mouths()
        self._names: dict[Line, tuple[str, ...]] = {}
        self._told: dict[Line, LiveLine] = {}  # of those that wait
        self._current: _Spoken | None = None
        self._begun: list[_Spoken] = []  # and perhaps not heard to their end
        self._tries = 0  # of the current line
        self._end = 0  # count behind the last sample that was put
        self._introduction: int | None = None  # the ticket of who speaks
        self._loading_ns: int | None = None  # since when; None: loaded, or it was said
        self._why = ""
        self._is_open = self._has_begun = False
        self.lines = 0  # that were spoken to their end

    @property
    def watched(self) -> tuple[Watched, ...]:
        """Give its threads, which start by themselves."""
        return (
            Watched(self._service.worker, "the voice", lambda: self._service.answered),
            Watched(self._pump, "what speaks", lambda: self._end),
            Watched(self._keeper, "the speaker", lambda: self._end),
        )

    def begin(self) -> None:
        """Start the voice's process, once: after the first picture, or when a line comes."""
        with self._lock:
            if self._has_begun:
                return
            self._has_begun = True
            self._introduction = self._service.ask(process.Introduce())
            self._loading_ns = self._clock.now_ns()
        self._service.worker.start()
        self._pump.start()

    def say(self, line: Line, names: Sequence[str]) -> LiveLine:
        """Speak a line when its turn comes, by the mouths of these performers."""
        self.begin()
        is_fixed = self._is_fixed(line, names)
        told = LiveLine(line.performer, is_fixed=is_fixed)
        who = _who(line, names)
        ruling, told.judge = self.gate.judged(line, who, waits=True, is_fixed=is_fixed)
        if ruling.blocked_by:
            told.is_gone, told.refused = True, f"it is not said: {ruling.blocked_by} blocks it"
            return told
        with self._lock:
            told.is_gone = not self._queue.put(line, self._clock.now_ns())
            if not told.is_gone:
                self._names[line], self._told[line] = tuple(names), told
                if line.priority >= URGENT:
                    self._make_way(line.priority)
                self._feed()
        self.noted(line, names, told)
        return told

    def look(self, lines: Sequence[LiveLine], now_ns: int) -> None:
        """Let lines notice what of them has been heard."""
        with self._lock:
            heard = self._speaker.heard(now_ns) if self._is_open else 0.0
            for line in lines:
                line.look(now_ns, heard)

    def skip(self, names: Sequence[str]) -> None:
        """Break off the line that is heard, if it is one of theirs; what waits is said."""
        with self._lock:
            self._break_off(names)
            self._feed()

    def drop(self, told: LiveLine) -> None:
        """Break off one line, or forget it while it waits."""
        with self._lock:
            lines, told.is_gone = self._at_speaker(), True
            first = next((i for i, spoken in enumerate(lines) if spoken.told is told), None)
            if first is not None:
                self._cut_off(lines, first, lambda spoken: spoken.told is told)
            gone = [line for line, each in self._told.items() if each is told]
            self._queue.drop(lambda line: line in gone)
            for line in gone:
                del self._told[line], self._names[line]
            self._feed()

    def hush(self, names: Sequence[str]) -> None:
        """Break off what they say, and forget what waits of theirs."""
        with self._lock:
            self._queue.drop(lambda line: set(self._names.get(line, ())) <= set(names))
            for line in [line for line in self._told if line not in self._queue]:
                self._told.pop(line).is_gone = True
                self._names.pop(line, None)
            self._break_off(names, and_forget=True)
            self._feed()

    def _break_off(self, names: Sequence[str], *, and_forget: bool = False) -> None:
        """Silence the line that is heard; lines behind it that were begun begin again.

        Where somebody else's is heard and is to be, one to forget is cut off from its end on.
        """
        lines = self._at_speaker()
        theirs = (i for i, spoken in enumerate(lines) if set(spoken.names) <= set(names))
        first = next(theirs, None)
        if first is None or (first > 0 and not and_forget):
            return
        chosen = lines[first]
        self._cut_off(
            lines, first, lambda s: s is chosen or (and_forget and set(s.names) <= set(names))
        )

    def _make_way(self, priority: int) -> None:
        """Break off the line that is heard, if it is less urgent; one not heard yet is put off."""
        lines = self._at_speaker()
        first = next((i for i, each in enumerate(lines) if each.line.priority < priority), None)
        if first is None:
            return
        heard = self._speaker.heard(self._clock.now_ns()) if self._is_open else 0.0
        self._cut_off(lines, first, lambda s: s.told.first is not None and s.told.first <= heard)

    def _cut_off(
        self, lines: list[_Spoken], first: int, is_lost: Callable[[_Spoken], bool]
    ) -> None:
        """Silence the lines at the speaker from one on; those that are not lost are said again."""
        kept, behind = lines[:first], lines[first:]
        self._service.interrupt()
        self._current = None
        self._begun = kept  # the process has done with those
        if self._is_open:
            self._end = self._speaker.silence(keep=kept[-1].end if kept else 0)
            self._mouths.cut(self._end)
        for spoken in reversed(behind):
            if is_lost(spoken):
                spoken.told.is_gone = True
            else:
                self._again(spoken)

    def _at_speaker(self) -> list[_Spoken]:
        """Give the lines that were begun and not heard to their end, in their order."""
        heard = self._speaker.heard(self._clock.now_ns()) if self._is_open else 0.0
        self._begun = [s for s in self._begun if s is self._current or s.end > heard]
        return self._begun

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        """Give the mouths that move at this beat, by performer."""
        if not self._is_open:
            return {}
        with self._lock:
            return self._mouths.at(now_ns, self._speaker.heard)

    def played(self, now_ns: int) -> tuple[Sound, ...]:
        """Give what was heard since the last call, for sinks."""
        return self._speaker.played(now_ns) if self._is_open else ()

    def _run(self, stop: StopEvent) -> None:
        """Hand over what the process makes: the job of a thread."""
        if not self._is_open:
            self._open_speaker()
            self._is_open = True
            self._keeper.start()
        while not stop.is_set():
            self.gate.look(self._waiting)
            if self._ahead_s() > AHEAD_S:
                stop.wait(TAKE_S)
                continue
            reply = self._service.take(TAKE_S)
            with self._lock:
                if reply is not None:
                    self._hear(reply)
                self._feed()
                self._say_late()

    def _say_late(self) -> None:
        """Say once that a line waits for a voice that takes long to load."""
        if self._loading_ns is None or self._current is None:
            return
        if self._clock.now_ns() - self._loading_ns > LATE_S * 1e9:
            self._loading_ns = None
            self._say("the voice is being loaded; the first line waits for it")

    def _waiting(self) -> list[str]:
        with self._lock:
            return [line.text for line in self._told]

    def _is_fixed(self, line: Line, names: Sequence[str]) -> bool:
        """Tell whether a line is a sound that is ready, of itself or by who speaks."""
        who = names[0] if names else ""
        return bool(line.sound) or self._ready.get(who, self._ready[""])

    def _open_speaker(self) -> None:
        try:
            self._speaker.open()
        except UserError as error:
            self._say(f"nobody hears the voice, only the mouth moves: {error}")
            self._speaker = speaker_called(SILENT, self._clock, pactl)
            self._speaker.open()

    def _ahead_s(self) -> float:
        return (self._end - self._speaker.heard(self._clock.now_ns())) / SAMPLE_RATE_HZ

    def _feed(self) -> None:
        """Give the process the next line, when the one before is nearly over."""
        if self._current is not None or not self._is_open or self._ahead_s() > NEXT_S:
            return
        while (line := self._queue.take(self._clock.now_ns())) is not None:
            names = self._names.pop(line, ())
            told = self._told.pop(line, None) or LiveLine(line.performer)
            who = _who(line, names)
            ruling, told.judge = self.gate.judged(line, who, is_fixed=self._is_fixed(line, names))
            if not ruling.blocked_by:
                self._ask(replace(line, text=ruling.tagged(line.text)), line, names, told)
                return
            told.is_gone = True  # by rules that are newer than its place in the queue

    def _ask(self, passed: Line, line: Line, names: tuple[str, ...], told: LiveLine) -> None:
        """Give the process a line as it has passed the gate."""
        ticket = self._service.ask(replace(passed, performer=names[0] if names else ""))
        assert ticket is not None, "one line at a time has room"
        self._current = _Spoken(line, names, ticket, self._clock.now_ns(), told)
        self._at_speaker().append(self._current)

    def _hear(self, reply: Reply[process.Result]) -> None:
        """Take what the process says."""
        if reply.ticket == self._introduction:
            self._hear_introduction(reply)
            return
        current = self._current
        if current is None or reply.ticket != current.ticket:  # of a line that was broken off
            return
        if isinstance(reply.result, Utterance):
            self._put(current, reply.result)
        elif isinstance(reply.result, process.Refusal):
            self._say(reply.result.why)
        elif reply.end:
            self._current = None
            self._close_line(current, reply)

    def _hear_introduction(self, reply: Reply[process.Result]) -> None:
        self._loading_ns = None
        if isinstance(reply.result, process.Introduction) and reply.result.why != self._why:
            self._why = reply.result.why
            self._say(self._why)
        if reply.end in ("lost", "interrupted"):  # asked again, behind what waits
            self._introduction = self._service.ask(process.Introduce())

    def _put(self, current: _Spoken, piece: Utterance) -> None:
        if piece.note:
            self._say(piece.note)
        first = self._speaker.put(piece.samples)
        self._end = current.end = first + len(piece.samples)
        told = current.told
        told.first = first if told.first is None else told.first
        told.words += piece.words
        self._mouths.add(current.names, piece, first)

    def _close_line(self, current: _Spoken, reply: Reply[process.Result]) -> None:
        tries, self._tries = self._tries + 1, 0
        self._meter.mark("line", current.asked_ns, self._clock.now_ns())
        if reply.end == "failed":
            log.info("the voice failed at %r:\n%s", current.line.text, reply.trouble)
            reason = reply.trouble.strip().splitlines()[-1:]
            self._say(f"the voice failed at {_short(current.line)}: {' '.join(reason)}")
        elif reply.end == "lost" and self._settings.lost == "again" and tries < MOST_TRIES:
            self._tries = tries
            self._again(current)
            self._introduction = self._service.ask(process.Introduce())
        elif reply.end == "lost":
            self._say(f"the voice died at {_short(current.line)}, which is left out")
            self._introduction = self._service.ask(process.Introduce())
        else:
            self.lines += 1
        if current.line not in self._told:  # it is not said again
            current.told.end = current.end
            current.told.is_gone = current.told.first is None

    def _again(self, spoken: _Spoken) -> None:
        spoken.told.again()
        self._names[spoken.line], self._told[spoken.line] = spoken.names, spoken.told
        self._queue.put_back(spoken.line, self._clock.now_ns())

    def _leave_out(self, line: Line, why: str) -> None:
        if line not in self._queue:
            self._names.pop(line, None)
            if line in self._told:
                self._told.pop(line).is_gone = True
        self._say(f"{_short(line)} is not said: {why}")

    def close(self) -> None:
        """Fall silent and let everything go."""
        workers = (self._service.worker, self._pump, self._keeper)
        for worker in workers:
            worker.ask_to_stop()
        for worker in workers:
            worker.join(2.0)
        self._speaker.close()


def _who(line: Line, names: Sequence[str]) -> str:
    return line.performer or " and ".join(names)


def _short(line: Line) -> str:
    return repr(line.text if len(line.text) <= 40 else line.text[:37] + "...")
