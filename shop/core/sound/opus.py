"""Opus as the market takes it: what is wrong with a recording, and how long a packet sounds."""

from enum import StrEnum
from typing import NamedTuple

RATE = 48_000  # samples a second; Opus counts so whatever the microphone did (RFC 7845, section 4)
LONGEST_PACKET = 5760  # samples: 120 ms (RFC 6716, section 3.2.5)
MOST_CHANNELS = 2
SILK_CONFIGS, HYBRID_CONFIGS = 12, 16  # the first configuration that is no longer of this kind
_SILK, _HYBRID, _CELT = (480, 960, 1920, 2880), (480, 960), (120, 240, 480, 960)  # samples of one frame
_HEAD, _HEAD_SIZE = b"OpusHead", 19  # bytes


class Fault(StrEnum):
    """What is wrong with a recording."""

    EMPTY = "no_sound"
    TOO_HEAVY = "sound_too_heavy"
    TOO_LONG = "sound_too_long"
    NOT_SOUND = "not_sound"
    CUT_SHORT = "sound_cut_short"
    NOT_OPUS = "not_opus"


class BadSound(Exception):
    """These bytes are no spoken note; `fault` says which case it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Sound(NamedTuple):
    """What counts in a recording: its channels, the samples to skip at its beginning, its packets."""

    channels: int
    skip: int
    packets: list[bytes]

    @property
    def samples(self) -> int:
        """How long it plays, in samples of 48 kHz: counted from the packets, whatever the container claims."""
        return sum(map(samples_of, self.packets))


def samples_of(packet: bytes) -> int:
    """Return how long a packet sounds, in samples of 48 kHz (RFC 6716, sections 3.1 and 3.2); raises BadSound."""
    if not packet:
        raise BadSound(Fault.NOT_OPUS)
    config, code = packet[0] >> 3, packet[0] & 3
    if config < SILK_CONFIGS:
        frame = _SILK[config % 4]
    elif config < HYBRID_CONFIGS:
        frame = _HYBRID[config % 2]
    else:
        frame = _CELT[config % 4]
    if code < 3:  # one frame, two of one size, two of two sizes
        return frame * (1, 2, 2)[code]
    frames = packet[1] & 63 if len(packet) > 1 else 0
    if not frames or frame * frames > LONGEST_PACKET:
        raise BadSound(Fault.NOT_OPUS)
    return frame * frames


def read_head(head: bytes) -> tuple[int, int]:
    """Return channels and samples to skip from an identification header (RFC 7845, section 5.1); raises BadSound."""
    if len(head) < _HEAD_SIZE or not head.startswith(_HEAD) or head[8] >> 4:
        raise BadSound(Fault.NOT_OPUS)
    channels, family = head[9], head[18]
    if not 1 <= channels <= MOST_CHANNELS or family:
        raise BadSound(Fault.NOT_OPUS)
    return channels, int.from_bytes(head[10:12], "little")


def write_head(sound: Sound) -> bytes:
    """Return the identification header of a recording of ours: no gain, one or two channels in their plain order."""
    skip, rate = sound.skip.to_bytes(2, "little"), RATE.to_bytes(4, "little")
    return _HEAD + bytes([1, sound.channels]) + skip + rate + bytes(3)
