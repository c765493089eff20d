"""What trained networks say of a batch, for a student to learn where no gold speaks.

Networks that each did best at one head teach one network all of them, as in born-again multi-task networks (Clark et al. 2019);
the mean of several teachers is better than each. A student sees news that nobody annotated, and of annotated texts what their
sets leave out, so that it need not forget one head while it learns another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from train.model import Reader

HEADS = {"roles": 0, "mentions": 1, "links": 2, "types": 3, "statuses": 4}
"""The heads that can be taught, with their places in what ``Reader.tag`` gives."""
SURE = 0.5
"""A word's link is learnt where the teachers give some role at least this probability."""
Logits = Mapping[str, Tensor]


class Teachers:
    """Frozen networks, and for each head the names of those whose mean it is taught by."""

    def __init__(self, networks: Mapping[str, Reader], heads: Mapping[str, Sequence[str]]) -> None:
        self.networks = {name: network.eval().requires_grad_(False) for name, network in networks.items()}
        self.heads = heads

    @torch.no_grad()
    def say(self, t: Mapping[str, Tensor], device: str) -> dict[str, Tensor]:
        """Of a batch's windows without marks, the mean log probabilities of the labels of each head that is taught.

        Windows with marks are read for their pair alone; if there are no others, nothing is said.
        """
        rows = unmarked(t)
        if not rows.any():
            return {}
        with torch.autocast(device, torch.bfloat16):
            said = {
                name: network.tag(network.words(*(t[part][rows] for part in ("ids", "mask", "marks", "heads"))))
                for name, network in self.networks.items()
            }
        return {
            head: sum(log_chances(head, said[name][HEADS[head]].float(), t["valid"][rows]) for name in names) / len(names)
            for head, names in self.heads.items()
        }


def unmarked(t: Mapping[str, Tensor]) -> Tensor:
    """(B,) windows without marks."""
    return ~(t["marks"] > 0).any(1)


def log_chances(head: str, logits: Tensor, valid: Tensor) -> Tensor:
    """Log probabilities of labels, or of the words that may be a word's cue: those of the window."""
    return (logits.masked_fill(~valid[:, None, :], -10_000.0) if head == "links" else logits).log_softmax(-1)


def taught_losses(student: Logits, taught: Logits, t: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Cross entropy of the student's labels with the teachers', by head: mean of the words of which the gold says nothing.

    Statuses count as much as the teachers take the word for a trigger.
    """
    rows = unmarked(t)
    valid = t["valid"][rows]
    silent = {
        "roles": ~(t["roles"][rows] >= 0).any(1, keepdim=True),
        "mentions": t["allowed"][rows].all(-1),
        "types": t["types"][rows].all(-1),
        "statuses": t["statuses"][rows].all(-1),
    }
    losses = {}
    for head, wanted in taught.items():
        weights = (valid & silent["roles" if head == "links" else head]).float()
        if head == "links":
            weights = weights * (1 - taught["roles"][..., 0].exp() > SURE)
        if head == "statuses":
            weights = weights * (1 - taught["types"].softmax(-1)[..., 0])
        apart = -(wanted.softmax(-1) * log_chances(head, student[head][rows], valid)).sum(-1)
        losses[head] = (apart * weights).sum() / weights.sum().clamp(min=16.0)
    return losses
