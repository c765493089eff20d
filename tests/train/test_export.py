import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'dragoman[train]'")
pytest.importorskip("onnx", reason="export needs onnx: pip install 'dragoman[train]'")

from train.export import ExportedLayer, Smoothed  # noqa: E402
from train.model import Layer  # noqa: E402


def test_smoothing_changes_the_channels_and_not_the_outcome():
    torch.manual_seed(0)
    linear = torch.nn.Linear(6, 4)
    scale = torch.tensor([10.0, 1.0, 0.5, 2.0, 1.0, 3.0])
    smoothed = Smoothed(linear, scale)
    x = torch.randn(3, 6)
    assert torch.allclose(smoothed(x), linear(x), atol=1e-5)
    assert torch.allclose(smoothed.linear.weight, linear.weight * scale)


def test_an_exported_layer_says_what_the_trained_one_says():
    torch.manual_seed(0)
    layer = Layer(12, 3, 24, 1e-5, 0.0).eval()
    x, mask = torch.randn(2, 5, 12), torch.ones(2, 5)
    mask[1, 3:] = 0
    hide = (1 - mask[:, None, None, :]) * -10_000.0
    with torch.no_grad():
        assert torch.allclose(ExportedLayer(layer)(x, hide), layer(x, hide), atol=1e-5)
