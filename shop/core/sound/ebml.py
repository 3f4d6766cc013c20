"""EBML, the grammar of WebM (RFC 8794, RFC 9559): names of elements, walking over them, writing them."""

from collections.abc import Iterator
from typing import NamedTuple

from shop.core.sound.opus import BadSound, Fault

EBML, DOC_TYPE = 0x1A45DFA3, 0x4282
SEGMENT, INFO, DURATION, SCALE = 0x18538067, 0x1549A966, 0x4489, 0x2AD7B1
MUXER, WRITER = 0x4D80, 0x5741
TRACKS, TRACK, NUMBER, UID, TYPE = 0x1654AE6B, 0xAE, 0xD7, 0x73C5, 0x83
LACING, CODEC, PRIVATE, DELAY, PRE_ROLL, CODED = 0x9C, 0x86, 0x63A2, 0x56AA, 0x56BB, 0x6D80
AUDIO, FREQUENCY, CHANNELS = 0xE1, 0xB5, 0x9F
CLUSTER, TIME, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK = 0x1F43B675, 0xE7, 0xA3, 0xA0, 0xA1
CUES, CUE, CUE_TIME, CUE_PLACE, CUE_TRACK, CUE_CLUSTER = 0x1C53BB6B, 0xBB, 0xB3, 0xB7, 0xF7, 0xF1
_ENTERED = {EBML, SEGMENT, TRACKS, TRACK, CLUSTER, BLOCK_GROUP}
_ENDLESS = {SEGMENT, CLUSTER}  # a recorder that writes as it hears does not know their sizes (RFC 9559, section 23)
_LONGEST_ID, _LONGEST_SIZE = 4, 8  # bytes


class Element(NamedTuple):
    """One element: its name, and where its content begins and ends."""

    name: int
    start: int
    end: int


def walk(data: bytes) -> Iterator[Element]:
    """Yield every element in its order, those that matter entered; raises BadSound where a length does not fit.

    Each step reads at least two bytes, so the time is linear whatever the bytes say.
    """
    at, ends = 0, [len(data)]
    while at < len(data):
        while at >= ends[-1]:
            ends.pop()
        name, at, _ = number_at(data, at, _LONGEST_ID, marker=True)
        size, at, endless = number_at(data, at, _LONGEST_SIZE)
        if endless and name not in _ENDLESS:
            raise BadSound(Fault.CUT_SHORT)
        end = ends[-1] if endless else at + size
        if end > ends[-1]:
            raise BadSound(Fault.CUT_SHORT)
        yield Element(name, at, end)
        if name in _ENTERED:
            ends.append(end)
        else:
            at = end


def number_at(data: bytes, at: int, longest: int, *, marker: bool = False) -> tuple[int, int, bool]:
    """Read a number of variable size: (its value, where it ends, whether it means "unknown"); raises BadSound.

    `marker` leaves the bit in that says how long it is, as names of elements have it.
    """
    length = 9 - data[at].bit_length() if at < len(data) else longest + 1
    if length > longest or at + length > len(data):
        raise BadSound(Fault.CUT_SHORT)
    value = int.from_bytes(data[at : at + length], "big")
    plain = value & ((1 << 7 * length) - 1)
    return value if marker else plain, at + length, plain == (1 << 7 * length) - 1


def element(name: int, *content: bytes) -> bytes:
    """Write an element; its size is told in as few bytes as can be."""
    inside = b"".join(content)
    length = next(length for length in range(1, _LONGEST_SIZE + 1) if len(inside) < (1 << 7 * length) - 1)
    size = (len(inside) | 1 << 7 * length).to_bytes(length, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + inside


def whole(value: int, length: int = 4) -> bytes:
    """Write a whole number, not negative, into `length` bytes."""
    return value.to_bytes(length, "big")
