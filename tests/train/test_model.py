import itertools

import pytest

torch = pytest.importorskip("torch", reason="torch is an extra: pip install 'dragoman[train]'")

from train.model import Encoder, Relations, argument_loss, link_loss, partial_loss, path_loss, state_loss  # noqa: E402
from train.train import hidden_pieces  # noqa: E402


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


def test_few_items_weigh_less_than_a_full_batch():
    logits, allowed = torch.zeros(1, 2), torch.tensor([[True, False]])
    assert float(partial_loss(logits, allowed, least=10)) == pytest.approx(float(partial_loss(logits, allowed)) / 10)


def test_argument_loss_counts_each_word_that_is_known():
    logits = torch.zeros(1, 3, 5)
    allowed = torch.ones(1, 3, 5, dtype=torch.bool)
    allowed[0, 0, 1:] = False
    assert float(argument_loss(logits, allowed, least=1)) == pytest.approx(float(torch.log(torch.tensor(5.0))))


def test_state_loss_is_that_of_the_joint_choice():
    toward, back = torch.tensor([[0.0, 3.0, 1.0]]), torch.tensor([[2.0, 0.0, -1.0]])
    states = torch.zeros(1, 2, 9, dtype=torch.bool)
    states[0, 0, 3] = True  # (for, none)
    states[0, 1, [0, 1, 2, 3, 6]] = True
    joint = torch.stack([toward[0, k // 3] + back[0, k % 3] for k in (0, 1, 2, 3, 6)])
    loss = state_loss(toward, back, states, torch.zeros(9), least=1)
    assert float(loss) == pytest.approx(-float(joint.log_softmax(0)[3]), abs=1e-5)


def test_a_state_that_is_common_anyway_teaches_less():
    toward = back = torch.zeros(1, 3)
    states = torch.ones(1, 2, 9, dtype=torch.bool)
    states[0, 0, 1:] = False  # (none, none)
    common = torch.tensor([0.9, *[0.0125] * 8]).log()
    assert float(state_loss(toward, back, states, common)) < float(state_loss(toward, back, states, torch.zeros(9)))


def test_marks_move_the_words_that_they_stand_at_and_what_is_unmarked_stays():
    torch.manual_seed(0)
    encoder = Encoder(hidden=8, layers=1, heads=2, ffn=8, vocabulary=9, positions=6, epsilon=1e-12).eval()
    ids, mask = torch.tensor([[0, 5, 6, 2]]), torch.ones(1, 4)
    plain = encoder(ids, mask, torch.zeros_like(ids))
    source, target = (encoder(ids, mask, torch.tensor([[0, number, 0, 0]])) for number in (1, 2))
    assert not torch.allclose(plain, source)
    assert not torch.allclose(source, target)
    assert torch.equal(encoder.mark.weight[0], torch.zeros(8))


def test_a_pair_is_typed_by_the_words_it_attends_to():
    torch.manual_seed(0)
    relations = Relations(8)
    types = torch.full((1, 3, 17), -9.0)
    types[..., 4] = 9.0
    sides = torch.eye(3)[None, 0], torch.eye(3)[None, 2]
    scores = relations.pairs(torch.randn(1, 3, 8), torch.ones(1, 3, dtype=torch.bool), types, *sides, torch.tensor([0]))
    assert int(scores.argmax()) == 3  # label 4 is the fourth type: label 0 is none


def test_arguments_of_each_event_come_from_its_own_window():
    torch.manual_seed(0)
    relations = Relations(8)
    words = torch.randn(2, 3, 8)
    trigger = torch.eye(3)[[1, 1]]
    both = relations.arguments(words, trigger, torch.tensor([0, 1]))
    alone = relations.arguments(words[1:], trigger[1:], torch.tensor([0]))
    assert torch.allclose(both[1], alone[0], atol=1e-5)
    assert torch.all(both[..., 0] == 0)


def test_what_is_named_is_blended_and_the_rest_stays(tmp_path):
    from train.train import blended

    paths = [tmp_path / f"{k}.pt" for k in (1, 2)]
    for path, value in zip(paths, (0.0, 10.0), strict=True):
        torch.save({"encoder.a": torch.tensor(value), "types.b": torch.tensor(value)}, path)
    found = blended(paths, [0.2, 0.8], ("encoder.",))
    assert (float(found["encoder.a"]), float(found["types.b"])) == (8.0, 10.0)


def test_hidden_pieces_are_unknown_and_special_ones_stay():
    ids = torch.tensor([[0, 50, 60, 2, 1]])
    assert hidden_pieces(ids, 0.0).tolist() == ids.tolist()
    assert hidden_pieces(ids, 1.0).tolist() == [[0, 3, 3, 2, 1]]
    torch.manual_seed(1)
    assert 0.05 < (hidden_pieces(torch.full((20, 200), 9), 0.1) == 3).float().mean() < 0.15
