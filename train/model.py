"""The reader's network: a BERT encoder and the heads that share its pass.

Shapes: B windows, T pieces, W words, H hidden units, K labels.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the usual name

from dragoman.reader.labels import MENTION_LABELS, ROLE_LABELS, may_follow

FAR = 32
"""Word distances beyond this share a bias."""


class Layer(nn.Module):
    """A post-norm transformer layer."""

    def __init__(self, hidden: int, heads: int, ffn: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, ffn), nn.Linear(ffn, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, eps=epsilon), nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, h = x.shape
        q, k, v = (part(x).view(b, t, self.heads, h // self.heads).transpose(1, 2) for part in (self.q, self.k, self.v))
        scores = q @ k.transpose(2, 3) / math.sqrt(h // self.heads) + mask  # (B, heads, T, T)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.aln(x + self.dropout(self.ao(mixed)))
        return self.oln(x + self.dropout(self.fo(F.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """Embeddings and layers of the rebuilt multilingual-e5-small."""

    def __init__(
        self,
        *,
        hidden: int,
        layers: int,
        heads: int,
        ffn: int,
        vocabulary: int,
        positions: int,
        epsilon: float,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, hidden)
        self.position = nn.Embedding(positions, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(hidden, heads, ffn, epsilon, dropout) for _ in range(layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids and mask (B, T) -> (B, T, H)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.word(ids) + self.position(places)[None]))
        hide = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10_000.0
        for layer in self.layers:
            x = layer(x, hide)
        return x

    def load_wheel(self, path: Path) -> None:
        """Take over the tensors that ``train.encoder`` wrote; layers beyond our depth are left out."""
        tensors = {name: torch.from_numpy(values) for name, values in np.load(path).items()}
        names = {"emb.word": "word.weight", "emb.pos": "position.weight", "emb.ln.w": "norm.weight", "emb.ln.b": "norm.bias"}
        state = {}
        for name, values in tensors.items():
            if name in names:
                state[names[name]] = values
            else:
                layer, part, side = name.split(".")
                if int(layer[1:]) < len(self.layers):
                    state[f"layers.{layer[1:]}.{part}.{'weight' if side == 'w' else 'bias'}"] = values
        self.load_state_dict(state)


class Linker(nn.Module):
    """Scores of each word as the first word of the cue that another word belongs to."""

    def __init__(self, hidden: int, width: int) -> None:
        super().__init__()
        self.dependent, self.cue = nn.Linear(hidden, width), nn.Linear(hidden, width)
        self.distance = nn.Embedding(2 * FAR + 1, 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, words: Tensor) -> Tensor:
        """(B, W, H) -> (B, W dependents, W cues)."""
        places = torch.arange(words.shape[1], device=words.device)
        apart = (places[None, :] - places[:, None]).clamp(-FAR, FAR) + FAR
        q, k = F.gelu(self.dependent(words)), F.gelu(self.cue(words))
        return q @ k.transpose(1, 2) / math.sqrt(q.shape[-1]) + self.distance(apart)[..., 0]


class Reader(nn.Module):
    """Encoder, taggers of roles and of mentions, linker; and the transitions between role labels."""

    def __init__(self, encoder: Encoder, *, hidden: int, link: int = 96, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(hidden, len(ROLE_LABELS))
        self.mentions = nn.Linear(hidden, len(MENTION_LABELS))
        self.linker = Linker(hidden, link)
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS)))
        allowed = [[may_follow(a, b) for b in range(len(ROLE_LABELS))] for a in range(len(ROLE_LABELS))]
        self.register_buffer("forbidden", ~torch.tensor(allowed), persistent=False)

    def forward(self, ids: Tensor, mask: Tensor, heads: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, mask (B, T), heads (B, W) -> roles (B, W, 7), mentions (B, W, K), links (B, W, W)."""
        pieces = self.encoder(ids, mask)
        words = pieces.gather(1, heads[..., None].expand(-1, -1, pieces.shape[-1]))  # (B, W, H)
        words = self.dropout(words)
        return self.roles(words), self.mentions(words), self.linker(words)

    def allowed_transitions(self) -> Tensor:
        """(7, 7) scores of label b after label a; forbidden pairs are very low."""
        return self.transitions.masked_fill(self.forbidden, -10_000.0)


def path_loss(emissions: Tensor, labels: Tensor, starts: Tensor, transitions: Tensor) -> Tensor:
    """Mean negative log likelihood a word of the gold paths of a linear-chain CRF (Lafferty et al. 2001).

    emissions (B, W, K); labels (B, W), -1 where a word does not count: such words lie before or behind those that do;
    starts (B, W): True where a paragraph begins, so that what stood before does not matter.
    """
    live = labels >= 0
    gold = labels.clamp(min=0)
    picked = emissions.gather(2, gold[..., None])[..., 0]
    inside = live[:, 1:] & live[:, :-1] & ~starts[:, 1:]
    steps = transitions[gold[:, :-1], gold[:, 1:]]
    first = live.clone()
    first[:, 1:] &= ~inside
    # a path may not open with I-x: O never leads there, so the row of O is the start's too
    opened = transitions[0][gold]
    score = (picked * live).sum() + (steps * inside).sum() + (opened * first).sum()

    alpha = emissions.new_zeros(emissions.shape[0], emissions.shape[2])
    total = emissions.new_zeros(emissions.shape[0])
    for t in range(emissions.shape[1]):
        fresh = transitions[0][None] + emissions[:, t]
        if t == 0:
            step = fresh
        else:
            follow = torch.logsumexp(alpha[:, :, None] + transitions[None], 1) + emissions[:, t]
            ended = torch.logsumexp(alpha, 1)
            closes = live[:, t - 1] & ~inside[:, t - 1]
            total = total + torch.where(closes, ended, torch.zeros_like(ended))
            step = torch.where(inside[:, t - 1, None], follow, fresh)
        alpha = torch.where(live[:, t, None], step, alpha)
    total = total + torch.where(live[:, -1], torch.logsumexp(alpha, 1), torch.zeros_like(total))
    return (total.sum() - score) / live.sum().clamp(min=1)


def partial_loss(logits: Tensor, allowed: Tensor) -> Tensor:
    """Mean negative log probability of the allowed labels (B, W, K); words for which all are allowed do not count."""
    counts = ~allowed.all(-1) & allowed.any(-1)
    logp = logits.log_softmax(-1).masked_fill(~allowed, -10_000.0).logsumexp(-1)
    return -(logp * counts).sum() / counts.sum().clamp(min=1)


def link_loss(links: Tensor, targets: Tensor, valid: Tensor) -> Tensor:
    """Cross entropy of each role word's cue; targets (B, W) are word numbers or -1; valid (B, W) marks real words."""
    scores = links.masked_fill(~valid[:, None, :], -10_000.0)
    return F.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=-1)
