"""Opus packets out of an Ogg file (RFC 3533, RFC 7845): one stream, whole, in one pass."""

import struct

from shop.core.sound.opus import BadSound, Fault, Sound, read_head

MAGIC = b"OggS"
_HEAD = struct.Struct("<4sBBqIIIB")  # magic, version, flags, granule, stream, page, checksum, segments
_CONTINUED, _FIRST = 1, 2
_FULL = 255  # a segment of this size goes on in the next
_POLYNOMIAL = 0x04C11DB7


def _row(index: int) -> int:
    value = index << 24
    for _bit in range(8):
        value = (value << 1) ^ (_POLYNOMIAL if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


_TABLE = [_row(index) for index in range(256)]


def checksum(page: bytes) -> int:
    """Return the checksum of a page whose own field is zero (RFC 3533, section 6)."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
    return value


def read(data: bytes) -> Sound:
    """Return what an Ogg file of one Opus stream says; raises BadSound."""
    packets = _packets(data)
    if not packets or not packets[0].startswith(b"OpusHead"):
        raise BadSound(Fault.NOT_OPUS)
    if len(packets) > 1 and not packets[1].startswith(b"OpusTags"):
        raise BadSound(Fault.NOT_OPUS)
    return Sound(*read_head(packets[0]), packets[2:])


def _packets(data: bytes) -> list[bytes]:
    packets: list[bytes] = []
    half, goes_on = bytearray(), False
    at = page = 0
    stream = None
    while at < len(data):
        flags, number, table, body, end = _page(data, at, page)
        if bool(flags & _FIRST) != (page == 0) or stream not in {None, number}:
            raise BadSound(Fault.NOT_OPUS)  # a second stream beside it or behind it
        if bool(flags & _CONTINUED) != goes_on:
            raise BadSound(Fault.CUT_SHORT)
        for size in table:
            half += data[body : body + size]
            body += size
            goes_on = size == _FULL
            if not goes_on:
                packets.append(bytes(half))
                half.clear()
        at, page, stream = end, page + 1, number
    if goes_on:
        raise BadSound(Fault.CUT_SHORT)
    return packets


def _page(data: bytes, at: int, expected: int) -> tuple[int, int, bytes, int, int]:
    """Read one page: (flags, stream, sizes of its segments, where its body begins and ends)."""
    if len(data) - at < _HEAD.size:
        raise BadSound(Fault.CUT_SHORT)
    magic, version, flags, _granule, stream, page, check, segments = _HEAD.unpack_from(data, at)
    body = at + _HEAD.size + segments
    table = data[at + _HEAD.size : body]
    end = body + sum(table)
    if magic != MAGIC or version or page != expected or len(table) < segments or end > len(data):
        raise BadSound(Fault.CUT_SHORT)
    if checksum(data[at : at + 22] + bytes(4) + data[at + 26 : end]) != check:
        raise BadSound(Fault.CUT_SHORT)
    return flags, stream, table, body, end
