"""The bundled voice: English text in, speech with the time of every phoneme and word out.

Small and robotic, made to work everywhere: no download, no system program. We trained it ourselves
on speech from espeak-ng (`vtuber voice train`), through Coqui's own classes.

    from vtuber.voice.bundled.voice import Bundled

    voice = Bundled()
    voice.open()  # imports torch and TTS: 4 s; only in a process that draws nothing
    for piece in voice.speak("Hello there, chat!", speed=1.1, pitch=2.0, energy=1.1):
        piece.samples  # float32, 22,050 Hz; the first piece is 0.3 s, and there after 25 ms
        piece.phones, piece.words  # come with the first piece of their clause

What it cannot say (another script, nothing at all) raises `normalise.Unspeakable`, a UserError.
"""
