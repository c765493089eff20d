from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'dragoman[train]'")
pytest.importorskip("onnx", reason="export needs onnx: pip install 'dragoman[train]'")

from train.export import ExportedRelations  # noqa: E402
from train.model import Relations  # noqa: E402


def test_exported_relations_say_what_the_trained_ones_say():
    torch.manual_seed(0)
    relations = Relations(12, context=8).eval()
    words, triggers = torch.randn(7, 12), torch.eye(7)[[1, 4]]
    with torch.no_grad():
        found, *_ = ExportedRelations(SimpleNamespace(relations=relations))(
            words, torch.randn(7, 17), triggers, torch.eye(7)[:2], torch.tensor([0]), torch.tensor([1])
        )
        assert torch.allclose(found, relations.arguments(words[None], triggers, torch.zeros(2, dtype=torch.long)), atol=1e-5)
