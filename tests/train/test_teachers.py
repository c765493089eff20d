import pytest

torch = pytest.importorskip("torch", reason="torch is an extra: pip install 'dragoman[train]'")

from train.teachers import HEADS, Teachers, taught_losses, unmarked  # noqa: E402
from train.train import veiled_sides  # noqa: E402

W = 3


class Fixed(torch.nn.Module):
    """A network that says the same of every word: ``roles`` and ``types`` as given, all else at even chances."""

    def __init__(self, roles, types):
        super().__init__()
        self.said = {"roles": torch.tensor(roles), "types": torch.tensor(types)}

    def words(self, ids, mask, marks, heads):
        return torch.zeros(*heads.shape, 1)

    def tag(self, words):
        rows, w = words.shape[:2]
        even = {"links": torch.zeros(rows, w, w), "mentions": torch.zeros(rows, w, 2), "statuses": torch.zeros(rows, w, 2)}
        return [even[h] if h in even else self.said[h].expand(rows, w, -1) for h in HEADS]


def batch(*, marked=(False, False)):
    marks = torch.zeros(2, W, dtype=torch.long)
    marks[:, 0] = torch.tensor(marked).long()
    return {
        "ids": torch.full((2, W), 9),
        "mask": torch.ones(2, W),
        "marks": marks,
        "heads": torch.arange(W).repeat(2, 1),
        "valid": torch.tensor([[True, True, True], [True, True, False]]),
        "roles": torch.full((2, W), -1),
        "allowed": torch.ones(2, W, 2, dtype=torch.bool),
        "types": torch.ones(2, W, 2, dtype=torch.bool),
        "statuses": torch.ones(2, W, 2, dtype=torch.bool),
    }


def teachers(heads):
    return Teachers({"a": Fixed([4.0, 0.0], [0.0, 2.0]), "b": Fixed([0.0, 0.0], [0.0, 2.0])}, heads)


def test_teachers_say_the_mean_of_what_each_says():
    said = teachers({"roles": ["a", "b"]}).say(batch(), "cpu")
    one, other = torch.tensor([4.0, 0.0]).log_softmax(-1), torch.tensor([0.0, 0.0]).log_softmax(-1)
    assert torch.allclose(said["roles"][1, 2], (one + other) / 2, atol=1e-2)


def test_windows_with_marks_are_not_taught():
    t = batch(marked=(True, False))
    assert unmarked(t).tolist() == [False, True]
    assert len(teachers({"roles": ["a"]}).say(t, "cpu")["roles"]) == 1
    assert teachers({"roles": ["a"]}).say(batch(marked=(True, True)), "cpu") == {}


def test_a_student_that_says_the_same_loses_only_what_is_unsure():
    t = batch()
    taught = teachers({"roles": ["a"]}).say(t, "cpu")
    chances = torch.tensor([4.0, 0.0]).softmax(-1)
    alike = taught_losses({"roles": taught["roles"]}, taught, t)["roles"]
    unlike = taught_losses({"roles": -taught["roles"]}, taught, t)["roles"]
    words = 5
    assert float(alike) == pytest.approx(float(-(chances * chances.log()).sum()) * words / 16, abs=1e-2)
    assert unlike > alike


def test_what_the_gold_says_is_not_taught():
    t = batch()
    t["types"][0] = torch.tensor([True, False])  # the gold of the first window
    t["roles"][0, 1] = 0
    student = {"types": torch.zeros(2, W, 2, requires_grad=True), "roles": torch.zeros(2, W, 2, requires_grad=True)}
    losses = taught_losses(student, teachers({"types": ["a"], "roles": ["a"]}).say(t, "cpu"), t)
    sum(losses.values()).backward()
    for head, logits in student.items():
        assert not logits.grad[0].any(), head
        assert logits.grad[1, :2].any(), head
        assert not logits.grad[1, 2].any(), head  # padding


def test_a_status_is_taught_as_far_as_the_word_is_a_trigger():
    t = batch()
    quiet = {"types": torch.tensor([8.0, -8.0]).log_softmax(-1).expand(2, W, 2), "statuses": torch.zeros(2, W, 2)}
    loud = quiet | {"types": torch.tensor([-8.0, 8.0]).log_softmax(-1).expand(2, W, 2)}
    student = {"types": torch.zeros(2, W, 2), "statuses": torch.randn(2, W, 2)}
    assert taught_losses(student, quiet, t)["statuses"] < 0.001 < taught_losses(student, loud, t)["statuses"]


def test_veils_hide_whole_sides_and_nothing_else():
    ids, marks = torch.arange(10, 18)[None], torch.tensor([[0, 1, 1, 0, 0, 2, 2, 0]])
    assert torch.equal(veiled_sides(ids, marks, 0.0), ids)
    torch.manual_seed(0)
    seen = {tuple((veiled_sides(ids, marks, 0.5)[0] == 3).tolist()) for _ in range(60)}
    one, two = ((marks[0] == number).tolist() for number in (1, 2))
    both = [a or b for a, b in zip(one, two, strict=True)]
    assert seen == {tuple(x) for x in (one, two, both, [False] * 8)}
