"""Recordings for tests, made here packet by packet: what a recorder writes, and what nobody should send."""

import os
import random
import struct

from shop.core.sound import ebml, ogg
from shop.core.sound.ebml import element, whole
from tests import photos

SEEDS = 500 if os.environ.get("FULL") else 40
SILENCE = b"\xf8\xff\xfe"  # CELT, 20 ms, one frame
HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
TAGS = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
ENDLESS = b"\x01" + b"\xff" * 7


def packets(seconds: float) -> list[bytes]:
    """Silence in packets of 20 ms, each of the weight a voice at 24 kbit/s has."""
    return [SILENCE + bytes(57)] * round(seconds * 50)


def live(name: int, *content: bytes) -> bytes:
    """An element whose size the recorder did not know when it began."""
    return name.to_bytes(4, "big") + ENDLESS + b"".join(content)


def track(number: int = 1, kind: int = 2, codec: bytes = b"A_OPUS", head: bytes = HEAD) -> bytes:
    fields = ((ebml.NUMBER, whole(number, 1)), (ebml.TYPE, whole(kind, 1)), (ebml.CODEC, codec), (ebml.PRIVATE, head))
    return element(ebml.TRACK, *(element(*field) for field in fields))


def webm(seconds: float = 2, *, tracks: bytes | None = None, said: list[bytes] | None = None, number: int = 1) -> bytes:
    """What Chromium's recorder writes: no sizes, no duration, a cluster each second."""
    said = packets(seconds) if said is None else said
    clusters = []
    for begun in range(0, len(said), 50):
        blocks = [
            bytes([0x80 | number]) + struct.pack(">hB", 20 * place, 0x80) + packet
            for place, packet in enumerate(said[begun : begun + 50])
        ]
        simple = (element(ebml.SIMPLE_BLOCK, block) for block in blocks)
        clusters.append(live(ebml.CLUSTER, element(ebml.TIME, whole(begun * 20)), *simple))
    head = element(ebml.EBML, element(ebml.DOC_TYPE, b"webm"))
    info = element(ebml.INFO, element(ebml.SCALE, whole(1_000_000)), element(ebml.WRITER, b"secret village"))
    return head + live(ebml.SEGMENT, info, element(ebml.TRACKS, tracks or track()), *clusters)


def page(body: list[bytes], number: int, *, flags: int = 0, stream: int = 7, granule: int = 0) -> bytes:
    """One Ogg page of whole packets."""
    table = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in body)
    parts = [b"OggS", struct.pack("<BBqIII", 0, flags, granule, stream, number, 0), bytes([len(table)]), table, *body]
    plain = b"".join(parts)
    return plain[:22] + struct.pack("<I", ogg.checksum(plain)) + plain[26:]


def oggs(seconds: float = 2, *, head: bytes = HEAD, said: list[bytes] | None = None) -> bytes:
    """What Firefox's recorder writes."""
    said = packets(seconds) if said is None else said
    pages = [page([head], 0, flags=2), page([TAGS], 1)]
    for begun in range(0, len(said), 50):
        pages.append(page(said[begun : begun + 50], len(pages), granule=(begun + 50) * 960))
    return b"".join(pages)


def mutated(seed: int) -> bytes:
    """A recording that something has damaged: as a photo is in tests.photos, in either container."""
    return photos.mutated(webm(3) if seed % 2 else oggs(3), seed)


def noise(seed: int) -> bytes:
    """A right beginning, then anything at all."""
    dice = random.Random(seed)
    return (webm(0.1), oggs(0.1))[seed % 2][: dice.randint(4, 200)] + dice.randbytes(dice.randint(1, 5000))
