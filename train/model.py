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

from dragoman.reader.labels import EVENT_LABELS, EVENT_TYPES, MARKS, MENTION_LABELS, ROLE_LABELS, STANCES, may_follow
from dragoman.types import STATUSES

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
        self.mark = nn.Embedding(len(MARKS), hidden, padding_idx=0)
        nn.init.normal_(self.mark.weight[1:], std=0.02)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(hidden, heads, ffn, epsilon, dropout) for _ in range(layers))

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """ids, mask and marks (numbers of MARKS) (B, T) -> (B, T, H)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.word(ids) + self.position(places)[None] + self.mark(marks)))
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
        self.load_state_dict(state | {"mark.weight": self.mark.weight.detach()})


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


class Relations(nn.Module):
    """Scores of what spans are to each other: arguments of triggers, stances, and the PLOVER type between two spans.

    The words' vectors (B, W, H) are projected once; spans are means of word vectors. E, P and S items refer to windows by
    ``rows``; in the exported network there is one window.
    """

    def __init__(self, hidden: int, *, width: int = 32, context: int = 128) -> None:
        super().__init__()
        self.width = width
        self.trigger, self.word = nn.Linear(hidden, 4 * width), nn.Linear(hidden, 4 * width)
        self.distance = nn.Embedding(2 * FAR + 1, 4)
        self.bias = nn.Parameter(torch.full((4,), -2.0))
        nn.init.zeros_(self.distance.weight)
        self.stance, self.pair = (Between(hidden, context) for _ in range(2))
        self.stance_out, self.pair_out = nn.Linear(context, len(STANCES)), nn.Linear(context, len(EVENT_TYPES))
        nn.init.zeros_(self.pair_out.weight)

    def arguments(self, words: Tensor, triggers: Tensor, rows: Tensor) -> Tensor:
        """words (B, W, H), triggers (E, W) weights of words that sum to 1, rows (E,) -> (E, W, 5)."""
        b, w, _ = words.shape
        vectors = (triggers[:, None] @ words[rows])[:, 0]  # (E, H)
        q = self.trigger(vectors).view(-1, 4, self.width)
        k = self.word(words).view(b, w, 4, self.width)[rows]
        scores = (k * q[:, None]).sum(-1) / math.sqrt(self.width)
        return self.placed(scores, triggers)

    def placed(self, scores: Tensor, triggers: Tensor) -> Tensor:
        """Scores (E, W, 4) with those of how far each word is from its trigger (E, W), behind that of no role: (E, W, 5)."""
        places = torch.arange(triggers.shape[1], device=triggers.device)
        middle = (triggers * places).sum(1).round().long()
        apart = (places[None, :] - middle[:, None]).clamp(-FAR, FAR) + FAR
        scores = scores + self.distance(apart) + self.bias
        return torch.cat([torch.zeros_like(scores[..., :1]), scores], -1)

    def stances(self, words: Tensor, valid: Tensor, sources: Tensor, targets: Tensor, rows: Tensor) -> Tensor:
        """Stance of each source toward its target: words (B, W, H), valid (B, W), sides (S, W), rows (S,) -> (S, 3)."""
        found, _ = self.stance(words, valid, sources, targets, rows)
        return self.stance_out(found)

    def pairs(self, words: Tensor, valid: Tensor, types: Tensor, sources: Tensor, targets: Tensor, rows: Tensor) -> Tensor:
        """PLOVER type of what each source does to its target: types (B, W, 17) of the words as triggers -> (P, 16).

        The trigger is latent: its types are mixed as the pair attends to the words; the pair itself may shift them.
        """
        found, attention = self.pair(words, valid, sources, targets, rows)
        mixed = (attention[:, None] @ types.softmax(-1)[rows])[:, 0, 1:]  # (P, 16)
        return (mixed + 1e-3).log() + self.pair_out(found)


class Between(nn.Module):
    """What stands between two spans: attention over the words of the window, asked by both spans."""

    def __init__(self, hidden: int, width: int) -> None:
        super().__init__()
        self.width = width
        self.a, self.b = nn.Linear(hidden, width), nn.Linear(hidden, width)
        self.ask_a, self.ask_b, self.key = (nn.Linear(hidden, width) for _ in range(3))
        self.value = nn.Linear(hidden, width)

    def forward(self, words: Tensor, valid: Tensor, a: Tensor, b: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        """words (B, W, H), valid (B, W), sides (P, W), rows (P,) -> (P, width), attention (P, W)."""
        seen = words[rows]
        first, second = (a[:, None] @ seen)[:, 0], (b[:, None] @ seen)[:, 0]
        asked = self.ask_a(first) + self.ask_b(second)
        scores = (self.key(words)[rows] @ asked[..., None])[..., 0] / math.sqrt(self.width)
        attention = scores.masked_fill(~valid[rows], -10_000.0).softmax(-1)
        context = (attention[:, None] @ self.value(words)[rows])[:, 0]
        return F.gelu(self.a(first) + self.b(second) + context), attention


class Reader(nn.Module):
    """Encoder, taggers of roles, mentions and events, linker, relations; and the transitions between role labels."""

    def __init__(self, encoder: Encoder, *, hidden: int, link: int = 96, event: int = 192, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(hidden, len(ROLE_LABELS))
        self.mentions = nn.Linear(hidden, len(MENTION_LABELS))
        self.linker = Linker(hidden, link)
        self.event = nn.Linear(hidden, event)
        self.types, self.statuses = nn.Linear(event, len(EVENT_LABELS)), nn.Linear(event, len(STATUSES))
        self.relations = Relations(hidden)
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS)))
        allowed = [[may_follow(a, b) for b in range(len(ROLE_LABELS))] for a in range(len(ROLE_LABELS))]
        self.register_buffer("forbidden", ~torch.tensor(allowed), persistent=False)

    def words(self, ids: Tensor, mask: Tensor, marks: Tensor, heads: Tensor) -> Tensor:
        """ids, mask, marks (B, T), heads (B, W) -> the words' vectors (B, W, H)."""
        pieces = self.encoder(ids, mask, marks)
        return self.dropout(pieces.gather(1, heads[..., None].expand(-1, -1, pieces.shape[-1])))

    def tag(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """(B, W, H) -> roles (B, W, 7), mentions (B, W, K), links (B, W, W), types (B, W, 17), statuses (B, W, 7)."""
        event = F.gelu(self.event(words))
        return self.roles(words), self.mentions(words), self.linker(words), self.types(event), self.statuses(event)

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


def partial_loss(logits: Tensor, allowed: Tensor, *, least: float = 1.0) -> Tensor:
    """Negative log probability of the allowed labels (…, K); items for which all or none are allowed do not count.

    The sum is divided by the number of items that count, or by ``least`` if they are fewer: a batch with two of them shall
    not weigh as much as one with hundreds.
    """
    counts = ~allowed.all(-1) & allowed.any(-1)
    logp = logits.log_softmax(-1).masked_fill(~allowed, -10_000.0).logsumexp(-1)
    return -(logp * counts).sum() / counts.sum().clamp(min=least)


def argument_loss(logits: Tensor, allowed: Tensor, *, least: float = 16.0) -> Tensor:
    """Negative log probability of the allowed argument labels (E, W, 5): sum over the words of an event, mean of events."""
    logp = logits.log_softmax(-1).masked_fill(~allowed, -10_000.0).logsumexp(-1)
    return -logp.masked_fill(allowed.all(-1), 0.0).sum() / max(least, len(logits))


def state_loss(toward: Tensor, back: Tensor, states: Tensor, shares: Tensor, *, least: float = 16.0) -> Tensor:
    """Negative log probability of the allowed states of pairs: toward, back (S, 3); states (S, 2, 9): allowed, among.

    ``shares`` (9,), logs of how common states are, are added to what the network says, so that it need not learn them itself
    and rare states are not given up (logit adjustment, Menon et al. 2021).
    """
    joint = (toward.log_softmax(-1)[:, :, None] + back.log_softmax(-1)[:, None]).flatten(1) + shares
    allowed, among = (joint.masked_fill(~states[:, k], -10_000.0).logsumexp(-1) for k in range(2))
    return (among - allowed).sum() / max(least, len(toward))


def link_loss(links: Tensor, targets: Tensor, valid: Tensor) -> Tensor:
    """Cross entropy of each role word's cue; targets (B, W) are word numbers or -1; valid (B, W) marks real words."""
    scores = links.masked_fill(~valid[:, None, :], -10_000.0)
    return F.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=-1)
