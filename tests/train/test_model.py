import itertools

import pytest

torch = pytest.importorskip("torch", reason="torch is an extra: pip install 'dragoman[train]'")

from train.model import link_loss, partial_loss, path_loss  # noqa: E402


def brute_force(emissions, labels, starts, transitions):
    """The same loss by going through every path of every stretch."""
    total, count = 0.0, 0
    for scores, gold, begins in zip(emissions, labels, starts, strict=True):
        stretches, stretch = [], []
        for k, label in enumerate(gold.tolist()):
            if stretch and (label < 0 or begins[k]):
                stretches.append(stretch)
                stretch = []
            if label >= 0:
                stretch.append(k)
        stretches += [stretch] if stretch else []
        for places in stretches:

            def path_score(path, places=places, scores=scores):
                return sum(transitions[a, b] for a, b in itertools.pairwise([0, *path])) + sum(
                    scores[k, y] for k, y in zip(places, path, strict=True)
                )

            everything = torch.stack([path_score(p) for p in itertools.product(range(scores.shape[1]), repeat=len(places))])
            total = total + torch.logsumexp(everything, 0) - path_score([int(gold[k]) for k in places])
            count += len(places)
    return total / count


@pytest.mark.parametrize("seed", range(4))
def test_path_loss_equals_going_through_all_paths(seed):
    torch.manual_seed(seed)
    emissions, transitions = torch.randn(2, 5, 3), torch.randn(3, 3)
    labels = torch.tensor([[-1, 0, 1, 2, 1], [2, 1, 0, -1, -1]])
    starts = torch.tensor([[True, True, False, seed % 2 == 0, False], [True, False, True, False, False]])
    assert path_loss(emissions, labels, starts, transitions) == pytest.approx(
        float(brute_force(emissions, labels, starts, transitions)), abs=1e-4
    )


def test_partial_loss_takes_any_allowed_label_and_skips_open_words():
    logits = torch.tensor([[[2.0, 1.0, 0.0], [0.0, 9.0, 0.0]]])
    allowed = torch.tensor([[[True, True, False], [True, True, True]]])
    expected = -torch.log(torch.softmax(logits[0, 0], 0)[:2].sum())
    assert partial_loss(logits, allowed) == pytest.approx(float(expected), abs=1e-5)


def test_link_loss_ignores_padding():
    links = torch.zeros(1, 2, 3)
    links[0, 0, 1] = 50.0
    links[0, 0, 2] = 90.0
    loss = link_loss(links, torch.tensor([[1, -1]]), torch.tensor([[True, True, False]]))
    assert float(loss) == pytest.approx(0.0, abs=1e-4)
