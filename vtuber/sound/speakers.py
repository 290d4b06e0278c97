"""A name in, that speaker out, not open yet: a device, the virtual microphone, or none."""

from __future__ import annotations

from vtuber.core.ports import Clock, Speaker

SILENT, MICROPHONE = "silent", "mic"


def speaker_called(name: str, clock: Clock) -> Speaker:
    """Make a speaker: "default", "silent", "mic" (a virtual microphone), or a device's name."""
    if name == SILENT:
        from vtuber.sound import silent

        return silent.Speaker(clock)
    if name == MICROPHONE:
        from vtuber.sound import virtualmic

        return virtualmic.Speaker(clock)
    from vtuber.sound import speaker

    return speaker.Speaker(name, clock)
