"""A name in, that speaker out, not open yet: a device, the virtual microphone, or none."""

from __future__ import annotations

from vtuber.core.ports import Clock, Speaker
from vtuber.sound.devices import Pactl

SILENT, MICROPHONE = "silent", "mic"


def speaker_called(name: str, clock: Clock, pactl: Pactl, av_offset_s: float = 0.0) -> Speaker:
    """Make a speaker: "default", "silent", "mic" (a virtual microphone), or a device's name.

    `av_offset_s`: how much longer pictures take to people than sound does. The sound waits for
    them; below 0, the mouth waits. What it says of its samples is by the picture's time.
    """
    if name == SILENT:
        from vtuber.sound import silent

        return silent.Speaker(clock)
    if name == MICROPHONE:
        from vtuber.sound import virtualmic

        return virtualmic.Speaker(clock, pactl, av_offset_s)
    from vtuber.sound import speaker

    return speaker.Speaker(name, clock, pactl, av_offset_s)
