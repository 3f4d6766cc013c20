"""Opus packets out of a WebM or Matroska file, and into one of our own (RFC 9559; https://www.webmproject.org/docs/container/)."""

import struct

from shop.core.sound import ebml
from shop.core.sound.ebml import element, whole
from shop.core.sound.opus import RATE, BadSound, Fault, Sound, read_head, samples_of, write_head

MAGIC = whole(ebml.EBML)
_SOUND, _FILM = 2, 1  # kinds of tracks
_LACED = 0x06
_KEY_FRAME = b"\x80"
_MS = 1_000_000  # nanoseconds
_PRE_ROLL = 80 * _MS  # what a decoder hears before a jump is right (RFC 7845, section 4.6)
_CLUSTER = 5 * RATE  # samples; a jump lands at the beginning of one


def read(data: bytes) -> Sound:
    """Return what a file of one Opus track says, without lacing and encryption; raises BadSound."""
    tracks: list[dict[int, bytes]] = []
    packets: list[bytes] = []
    spoken: set[int] = set()  # numbers of the tracks that say something
    for name, start, end in ebml.walk(data):
        if name == ebml.DOC_TYPE and data[start:end].rstrip(b"\0") not in {b"webm", b"matroska"}:
            raise BadSound(Fault.NOT_SOUND)
        if name == ebml.TRACK:
            tracks.append({})
        elif name in {ebml.NUMBER, ebml.TYPE, ebml.CODEC, ebml.PRIVATE, ebml.CODED} and tracks:
            tracks[-1][name] = data[start:end]
        elif name in {ebml.SIMPLE_BLOCK, ebml.BLOCK}:
            number, at, _ = ebml.number_at(data[:end], start, 8) if start < end else (0, end, False)
            if at + 3 > end or data[at + 2] & _LACED:
                raise BadSound(Fault.NOT_OPUS)
            spoken.add(number)
            packets.append(data[at + 3 : end])
    return Sound(*_the_one(tracks, spoken), packets)


def _the_one(tracks: list[dict[int, bytes]], spoken: set[int]) -> tuple[int, int]:
    """Return channels and skip of the only track; raises BadSound for films, other sounds and company."""
    kinds = [int.from_bytes(track.get(ebml.TYPE, b"")[:8], "big") for track in tracks]
    if not tracks or _FILM in kinds or _SOUND not in kinds:
        raise BadSound(Fault.NOT_SOUND)
    (first, *others) = tracks
    own = int.from_bytes(first.get(ebml.NUMBER, b"")[:8], "big")
    if others or ebml.CODED in first or first.get(ebml.CODEC) != b"A_OPUS" or spoken - {own}:
        raise BadSound(Fault.NOT_OPUS)
    return read_head(first.get(ebml.PRIVATE, b""))


def write(sound: Sound) -> bytes:
    """Return a WebM file of these packets that says how long it is and where one may jump to."""
    clusters, times = _clusters(sound)
    about, track = _info(sound), element(ebml.TRACKS, _track(sound))
    at = len(about) + len(track) + len(_cues(times, [0] * len(times)))
    places = [at + sum(map(len, clusters[:number])) for number in range(len(clusters))]
    head = element(
        ebml.EBML,
        *(element(name, whole(value, 1)) for name, value in ((0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8))),
        element(ebml.DOC_TYPE, b"webm"),
        *(element(name, whole(value, 1)) for name, value in ((0x4287, 4), (0x4285, 2))),
    )
    return head + element(ebml.SEGMENT, about, track, _cues(times, places), *clusters)


def _info(sound: Sound) -> bytes:
    return element(
        ebml.INFO,
        element(ebml.SCALE, whole(_MS)),
        element(ebml.DURATION, struct.pack(">d", sound.samples * 1000 / RATE)),
        element(ebml.MUXER, b"market"),
        element(ebml.WRITER, b"market"),
    )


def _track(sound: Sound) -> bytes:
    return element(
        ebml.TRACK,
        element(ebml.NUMBER, whole(1, 1)),
        element(ebml.UID, whole(1, 1)),
        element(ebml.TYPE, whole(_SOUND, 1)),
        element(ebml.LACING, whole(0, 1)),
        element(ebml.CODEC, b"A_OPUS"),
        element(ebml.PRIVATE, write_head(sound)),
        element(ebml.DELAY, whole(sound.skip * 1000 * _MS // RATE, 8)),
        element(ebml.PRE_ROLL, whole(_PRE_ROLL)),
        element(
            ebml.AUDIO,
            element(ebml.FREQUENCY, struct.pack(">d", RATE)),
            element(ebml.CHANNELS, whole(sound.channels, 1)),
        ),
    )


def _clusters(sound: Sound) -> tuple[list[bytes], list[int]]:
    """Return the clusters and the times they begin at, in ms."""
    chosen: dict[int, list[tuple[int, bytes]]] = {}
    at = 0
    for packet in sound.packets:
        chosen.setdefault(at // _CLUSTER, []).append((at * 1000 // RATE, packet))
        at += samples_of(packet)
    clusters, times = [], []
    for blocks in chosen.values():
        begun = blocks[0][0]
        written = (b"\x81" + struct.pack(">h", time - begun) + _KEY_FRAME + packet for time, packet in blocks)
        simple = (element(ebml.SIMPLE_BLOCK, block) for block in written)
        clusters.append(element(ebml.CLUSTER, element(ebml.TIME, whole(begun)), *simple))
        times.append(begun)
    return clusters, times


def _cues(times: list[int], places: list[int]) -> bytes:
    """Say where each cluster begins, in bytes from the first inside the segment; its own size does not depend on it."""
    return element(
        ebml.CUES,
        *(
            element(
                ebml.CUE,
                element(ebml.CUE_TIME, whole(time)),
                element(
                    ebml.CUE_PLACE,
                    element(ebml.CUE_TRACK, whole(1, 1)),
                    element(ebml.CUE_CLUSTER, whole(place)),
                ),
            )
            for time, place in zip(times, places, strict=True)
        ),
    )
