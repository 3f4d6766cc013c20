"""Recordings of strangers: what is a spoken note, what is not, and what is left of it."""

import time

import pytest

from shop.core.sound import ebml, ogg, webm
from shop.core.sound.ebml import element, whole
from shop.core.sound.notes import MAX_BYTES, BadVoice, note_of
from shop.core.sound.opus import BadSound, Fault, samples_of
from tests import voices

FILM = voices.track() + voices.track(2, kind=1, codec=b"V_VP8")
LACED = voices.webm(1).replace(b"\x81\x00\x00\x80", b"\x81\x00\x00\x82")
MINUTE = 60


@pytest.mark.parametrize("container", [voices.webm, voices.oggs])
@pytest.mark.parametrize("seconds", [1, 2, 38, MINUTE])
def test_a_recording_becomes_a_note_of_its_length(container, seconds):
    note = note_of(container(seconds))
    assert note.seconds == seconds
    assert len(note.data) < MAX_BYTES
    assert b"secret village" not in note.data
    assert webm.read(note.data).packets == voices.packets(seconds)


def test_both_containers_give_the_same_note_and_a_note_gives_itself():
    note = note_of(voices.webm(3))
    assert note_of(voices.oggs(3)) == note
    assert note_of(note.data) == note


def test_a_note_says_how_long_it_is_and_where_its_clusters_begin():
    note = note_of(voices.webm(12))
    found = list(ebml.walk(note.data))
    inside = next(one.start for one in found if one.name == ebml.SEGMENT)
    assert {ebml.INFO, ebml.TRACKS, ebml.CUES} <= {one.name for one in found}
    begun = [one.start - inside for one in found if one.name == ebml.CLUSTER]
    assert len(begun) == 3
    for start in begun:
        assert any(whole(start - size) in note.data for size in range(5, 9)), "a cue names the place before its head"


@pytest.mark.parametrize(
    ("packet", "samples"),
    [
        (b"\xf8", 960),  # CELT, 20 ms
        (b"\xe0", 120),  # CELT, 2.5 ms
        (b"\x18", 2880),  # SILK, 60 ms
        (b"\x68", 960),  # hybrid, 20 ms
        (b"\xf9", 1920),  # two frames
        (b"\xfa", 1920),
        (b"\xfb\x06", 5760),  # six frames: 120 ms
    ],
)
def test_a_packet_says_how_long_it_sounds(packet, samples):
    assert samples_of(packet) == samples


@pytest.mark.parametrize("packet", [b"", b"\xfb", b"\xfb\x00", b"\xfb\x07", b"\x1b\x03"])
def test_a_packet_that_cannot_be(packet):
    with pytest.raises(BadSound):
        samples_of(packet)


BAD = {
    "nothing": (b"", Fault.EMPTY),
    "no words": (voices.webm(said=[]), Fault.EMPTY),
    "no words in Ogg": (voices.oggs(said=[]), Fault.EMPTY),
    "too heavy": (voices.webm(MINUTE) + bytes(MAX_BYTES), Fault.TOO_HEAVY),
    "too long": (voices.webm(said=[voices.SILENCE] * 62 * 50), Fault.TOO_LONG),
    "too long in Ogg": (voices.oggs(said=[voices.SILENCE] * 62 * 50), Fault.TOO_LONG),
    "an hour of nothing": (voices.webm(said=[b"\xfb\x06"] * 20_000), Fault.TOO_LONG),
    "a letter": (b"%PDF-1.7 no sound", Fault.NOT_SOUND),
    "a film": (voices.webm(1, tracks=FILM), Fault.NOT_SOUND),
    "no track": (voices.webm(1, tracks=b"\xec\x80"), Fault.NOT_SOUND),
    "another document": (voices.webm(1).replace(b"webm", b"wobm"), Fault.NOT_SOUND),
    "two voices": (voices.webm(1, tracks=voices.track() + voices.track(2)), Fault.NOT_OPUS),
    "a track nobody named": (voices.webm(1, number=2), Fault.NOT_OPUS),
    "another codec": (voices.webm(1, tracks=voices.track(codec=b"A_VORBIS")), Fault.NOT_OPUS),
    "no head": (voices.webm(1, tracks=voices.track(head=b"")), Fault.NOT_OPUS),
    "surround": (voices.webm(1, tracks=voices.track(head=b"OpusHead\x01\x06" + bytes(9))), Fault.NOT_OPUS),
    "lacing": (LACED, Fault.NOT_OPUS),
    "Vorbis": (voices.oggs(1, head=b"\x01vorbis" + bytes(20)), Fault.NOT_OPUS),
    "two streams": (voices.oggs(1) + voices.page([voices.HEAD], 3, flags=2, stream=8), Fault.NOT_OPUS),
    "a phone's own recorder": (b"\0\0\0\x18ftyp3gp4" + bytes(100), Fault.NOT_OPUS),
    "MP3": (b"ID3" + bytes(100), Fault.NOT_OPUS),
    "cut in a block": (voices.webm(2)[:-20], Fault.CUT_SHORT),
    "cut in a page": (voices.oggs(2)[:-20], Fault.CUT_SHORT),
    "a page is missing": (voices.oggs(1) + voices.page([voices.SILENCE], 9), Fault.CUT_SHORT),
    "only the magic": (ogg.MAGIC, Fault.CUT_SHORT),
    "only the first name": (webm.MAGIC, Fault.CUT_SHORT),
    "longer than its parent": (element(ebml.EBML, b"\x42\x82\x40\xff"), Fault.CUT_SHORT),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_note_gets_its_sentence(app, name):
    data, fault = BAD[name]
    with pytest.raises(BadVoice) as caught:
        note_of(data)
    assert caught.value.fault is fault
    with app.test_request_context():
        assert str(caught.value.sentence)


def test_wrecks_give_a_sentence_soon_and_nothing_else():
    began, refused = time.perf_counter(), 0
    for seed in range(voices.SEEDS):
        for wreck in (voices.mutated(seed), voices.noise(seed)):
            try:
                assert note_of(wreck).seconds <= MINUTE + 1
            except BadVoice:
                refused += 1
    assert refused > voices.SEEDS // 2, "the wrecks are wrecks"
    assert time.perf_counter() - began < voices.SEEDS / 4


@pytest.mark.parametrize(
    "part",
    [b"\xec\x80", b"\x1f\x43\xb6\x75" + voices.ENDLESS, b"\xa0\x80", b"\xae\x80"],
    ids=["void", "cluster", "group", "track"],
)
def test_the_time_is_linear_whatever_the_bytes_say(part):
    head = element(ebml.EBML, element(ebml.DOC_TYPE, b"webm")) + voices.live(ebml.SEGMENT)
    began = time.perf_counter()
    with pytest.raises(BadVoice):
        note_of((head + part * MAX_BYTES)[:MAX_BYTES])
    assert time.perf_counter() - began < 3
