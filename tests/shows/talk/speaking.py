"""Speech by a real process and a speaker without a device, and what a show is told by it."""

from tests.shows.talk.candidates import Candidate
from tests.shows.waiting import until
from vtuber.core.speech import Line
from vtuber.runtime.clock import SystemClock
from vtuber.settings import VoiceSettings
from vtuber.shows.talk.speech import Speech
from vtuber.sound.silent import Speaker

US = ("performer",)


class Listening(Speaker):
    """A silent speaker that remembers all that was put, and when it was silenced."""

    def __init__(self, clock):
        super().__init__(clock)
        self.put_count, self.silenced = 0, 0

    def put(self, samples):
        self.put_count += len(samples)
        return super().put(samples)

    def silence(self, fade_s=0.02, keep=0):
        self.silenced += 1
        return super().silence(fade_s, keep)


class Show:
    """Speech, and what a show would be told by it."""

    def __init__(self, folder, clock=None, others=None, **settings):
        self.clock, self.said = clock or SystemClock(), []
        self.speaker = Listening(self.clock)
        self.speech = Speech(
            VoiceSettings(**settings),
            self.clock,
            self.said.append,
            speaker=self.speaker,
            chain=(Candidate(str(folder)),),
            others=others,
        )

    def say(self, text, names=US, **more):
        self.speech.say(Line(text, **more), names)

    def look(self):
        """Do what the show's watch does: start again what died."""
        for watched in self.speech.watched:
            watched.worker.check(self.clock.now_ns())

    def until(self, is_so):
        def looked():
            self.look()
            return is_so()

        until(looked)

    def until_said(self, text):
        self.until(lambda: any(text in sentence for sentence in self.said))

    def is_moving(self, name="performer"):
        mouth = self.speech.mouths(self.clock.now_ns()).get(name)
        return mouth is not None and float(mouth.pose.weights.max()) > 0.5

    def heard(self):
        return self.speaker.heard(self.clock.now_ns())
