"""A spoken note as the market keeps it: packets in a file of our own making, and a sentence for a bad recording."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from shop.core.errors import BadFile
from shop.core.i18n import lazy_gettext as _l
from shop.core.sound import ogg, webm
from shop.core.sound.opus import RATE, BadSound, Fault, Sound

MAX_BYTES = 250_000
MOST_SECONDS = 60
_SLACK = 1  # second; a recorder that is stopped at sixty writes a little more
_OTHER_SOUNDS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"\xff\xf9", b"RIFF", b"fLaC", b"#!AMR")
SENTENCES = {
    Fault.EMPTY: _l("Nothing can be heard in it. Record it again."),
    Fault.TOO_HEAVY: _l("This recording is too heavy. Speak for at most one minute."),
    Fault.TOO_LONG: _l("This recording is too long. Speak for at most one minute."),
    Fault.NOT_SOUND: _l("This is not a sound recording. Choose another file."),
    Fault.CUT_SHORT: _l("The recording arrived incomplete. Send it again."),
    Fault.NOT_OPUS: _l("This kind of sound cannot be played here. Record with the form's button."),
}


class BadVoice(BadFile):
    """The file cannot become a spoken note; the sentence says what to do, `fault` which case it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(SENTENCES[fault])
        self.fault = fault


class Note(NamedTuple):
    """A spoken note, made anew: WebM with one Opus track, named by the SHA-256 (hex) of its bytes."""

    data: bytes
    digest: str
    seconds: int  # rounded, at least 1


def note_of(data: bytes) -> Note:
    """Return the spoken note in a stranger's bytes; raises BadVoice, and nothing else whatever they are.

    Only the Opus packets survive: what a recorder wrote about person, place and time does not. They are not decoded
    here; how long they sound is counted from each packet itself.
    """
    try:
        if len(data) > MAX_BYTES:
            raise BadSound(Fault.TOO_HEAVY)
        sound = _reader(data)(data)
        samples = sound.samples
        if not samples:
            raise BadSound(Fault.EMPTY)
        if samples > (MOST_SECONDS + _SLACK) * RATE:
            raise BadSound(Fault.TOO_LONG)
        clean = webm.write(sound)
    except BadSound as problem:
        raise BadVoice(problem.fault) from problem
    return Note(clean, hashlib.sha256(clean).hexdigest(), max(1, round(samples / RATE)))


def _reader(data: bytes) -> Callable[[bytes], Sound]:
    if not data:
        raise BadSound(Fault.EMPTY)
    if data.startswith(ogg.MAGIC):
        return ogg.read
    if data.startswith(webm.MAGIC):
        return webm.read
    known = data.startswith(_OTHER_SOUNDS) or data[4:8] == b"ftyp"
    raise BadSound(Fault.NOT_OPUS if known else Fault.NOT_SOUND)
