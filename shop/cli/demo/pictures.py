"""The demo's photographs in the storage: drawn, made small and kept under their digests, on two processors."""

import multiprocessing
from collections.abc import Iterable
from dataclasses import dataclass

from cooperatives.photos.names import CONTENT_TYPES, master_name, rendition_name
from shop.cli.demo.drawing import MasterSpec, draw, masters
from shop.cli.demo.studio.emoji import PIXELS
from shop.core.pixels import Master, Renditions, renditions_of
from shop.core.storage import Storage, public_name

SIDE = PIXELS


@dataclass(frozen=True)
class Drawn:
    """A photograph that lies in the storage."""

    key: str
    digest: str
    size: int  # bytes


def draw_into(storage: Storage, media_key: bytes, processes: int = 2) -> dict[str, Drawn]:
    """Draw every photograph, store master, private and public renditions; returns them by key.

    Child processes are spawned and never touch the storage.
    """
    specs, drawn = masters(), {}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for spec, (data, small) in zip(specs, pool.imap(_drawn, specs, chunksize=2), strict=True):
            master = Master.of(data, SIDE, SIDE)
            storage.put(master_name(master.digest), data, "image/jpeg")
            for (width, ext), content in small.items():
                storage.put(rendition_name(master.digest, width, ext), content, CONTENT_TYPES[ext])
                storage.put(public_name(media_key, master.digest, width, ext), content, CONTENT_TYPES[ext])
            drawn[spec.key] = Drawn(spec.key, master.digest, len(data))
    return drawn


def _drawn(spec: MasterSpec) -> tuple[bytes, Renditions]:
    data = draw(spec)
    return data, renditions_of(data)


def digests_of(keys: Iterable[str], type_code: str, drawn: dict[str, Drawn]) -> list[str]:
    """Return the digests of a product's photographs, the goods first, each once.

    A type that only a story shows has no front of its own: the story's serves its other goods too.
    """
    own = next((spec.key for spec in masters() if type_code in spec.type_codes and spec.view == "front"), None)
    found = [key if key in drawn else own for key in keys]
    return list(dict.fromkeys(drawn[key].digest for key in found if key in drawn))
