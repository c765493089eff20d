import hashlib
import json

import numpy as np
import pytest

from dragoman.errors import ModelError
from dragoman.reader.files import (
    BLOCK,
    FILES,
    MANIFEST,
    NETWORK,
    PIECES,
    PieceVectors,
    load_manifest,
    load_network,
)
from dragoman.reader.labels import EVENT_TYPES, MENTION_LABELS, ROLE_LABELS, STANCES
from dragoman.types import STATUSES


@pytest.fixture
def folder(tmp_path):
    """A folder with the reader's files and a manifest that vouches for them."""
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode())
    write_manifest(tmp_path)
    return tmp_path


def write_manifest(folder, **changes):
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    manifest = {
        **dict.fromkeys(("name", "version", "licence", "encoder"), "test"),
        "hidden": 4,
        "layers": 1,
        "specials": {},
        "window": {},
        "roles": ROLE_LABELS,
        "mentions": MENTION_LABELS,
        "events": EVENT_TYPES,
        "statuses": STATUSES,
        "stances": STANCES,
        "transitions": [],
        "sha256": hashes,
        "data": [],
        "training": {},
        "scores": {},
        **changes,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_files_as_vouched_for_are_taken(folder):
    assert load_manifest(folder).name == "test"


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(folder, name):
    with (folder / name).open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelError, match=f"{name}: expected sha256 .* found"):
        load_manifest(folder)


def test_a_link_is_refused_even_if_it_leads_to_the_right_bytes(folder, tmp_path_factory):
    away = tmp_path_factory.mktemp("away") / NETWORK
    away.write_bytes((folder / NETWORK).read_bytes())
    (folder / NETWORK).unlink()
    (folder / NETWORK).symlink_to(away)
    with pytest.raises(ModelError, match="found a link"):
        load_manifest(folder)


def test_a_missing_file_is_named(folder):
    (folder / PIECES).unlink()
    with pytest.raises(ModelError, match=PIECES):
        load_manifest(folder)


def test_no_manifest_at_all(tmp_path):
    with pytest.raises(ModelError, match="manifest"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"roles": ["O"]}, "role labels"),
        ({"mentions": [*MENTION_LABELS, "B-ship"]}, "mention labels"),
        ({"events": EVENT_TYPES[1:]}, "event labels"),
        ({"statuses": STATUSES[::-1]}, "status labels"),
        ({"stances": ["none"]}, "stance labels"),
        ({"sha256": {}}, "hashes"),
        ({"hidden": "many"}, "Expected `int`"),
        ({"unheard_of": 1}, "unknown field"),
    ],
)
def test_a_manifest_of_another_kind_is_refused(folder, change, found):
    write_manifest(folder, **change)
    with pytest.raises(ModelError, match=found):
        load_manifest(folder)


def test_a_network_that_points_elsewhere_is_refused(folder):
    (folder / NETWORK).write_bytes(b"\x08\x09:" + b"\x0a\x08location\x12\x08data.bin")
    with pytest.raises(ModelError, match="reference to another file"):
        load_network(folder, NETWORK)


def test_piece_vectors_are_the_blocks_weights(tmp_path):
    rng = np.random.default_rng(1)
    table = rng.integers(0, 256, (5, 2, 18), dtype=np.uint8)
    table[:, :, :2] = rng.normal(size=(5, 2, 1)).astype("<f2").view(np.uint8)
    np.save(tmp_path / PIECES, table)
    found = PieceVectors.load(tmp_path / PIECES).of(np.array([[3, 0]]))
    scale = float(table[3, 1, :2].copy().view("<f2")[0])
    expected = [(int(b) & 15) - 8 for b in table[3, 1, 2:]] + [(int(b) >> 4) - 8 for b in table[3, 1, 2:]]
    assert found.shape == (1, 2, 2 * BLOCK)
    assert found[0, 0, BLOCK:] == pytest.approx([scale * x for x in expected])
