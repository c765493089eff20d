import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'dragoman[train]'")
pytest.importorskip("onnx", reason="export needs onnx: pip install 'dragoman[train]'")

from train.model import Encoder, Layer, Reader  # noqa: E402
from train.quantize import Int8, Ranges, Shipped, ShippedLayer, quantize, rounded  # noqa: E402


def ranges_of(x):
    return Ranges(float(x.min()), float(x.max()), x.T @ x)


def test_a_shipped_layer_says_what_the_trained_one_says():
    torch.manual_seed(0)
    layer = Layer(12, 3, 24, 1e-5, 0.0).eval()
    x = torch.randn(2, 5, 12)
    with torch.no_grad():
        assert torch.allclose(ShippedLayer(layer)(x), layer(x, torch.zeros(2, 1, 1, 5)), atol=1e-5)


def test_where_inputs_have_nothing_in_common_each_weight_goes_to_its_nearest_step():
    torch.manual_seed(0)
    weights = torch.randn(4, 6)
    whole, steps = rounded(weights, torch.eye(6))
    assert torch.equal(whole, (weights / steps[:, None]).round())
    assert whole.abs().amax(1).tolist() == [127.0] * 4


def test_later_channels_make_up_for_the_rounding_of_earlier_ones():
    torch.manual_seed(0)
    x = torch.randn(400, 4) @ torch.randn(4, 32) + 0.05 * torch.randn(400, 32)
    weights = torch.randn(16, 32)
    whole, steps = rounded(weights, x.T @ x)
    nearest = (weights / steps[:, None]).round()
    error, usual = ((x @ (w * steps[:, None] - weights).T).abs().mean() for w in (whole, nearest))
    assert error < 0.5 * usual


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's old exporter, the one that takes operators of others
def test_int8_is_near_and_onnx_says_the_same(tmp_path):
    torch.manual_seed(0)
    linear, x = torch.nn.Linear(32, 16), torch.randn(1, 9, 32) + 1
    product = Int8(linear, ranges_of(x[0])).eval()
    near = product(x)
    assert (near - linear(x)).abs().mean() < 0.02
    file = tmp_path / "product.onnx"
    torch.onnx.export(
        product, (x,), file, dynamo=False, opset_version=17, custom_opsets={"com.microsoft": 1}, input_names=["x"],
        dynamic_axes={"x": {0: "b", 1: "t"}},
    )  # fmt: skip
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    found = session.run(None, {"x": x.numpy()})[0]
    assert np.allclose(found, near.detach().numpy(), atol=1e-4)


def test_an_input_out_of_range_takes_the_nearest_step():
    linear = torch.nn.Linear(1, 1)
    linear.weight.data[:], linear.bias.data[:] = 1.0, 0.0
    product = Int8(linear, Ranges(-1.0, 3.0, torch.ones(1, 1)))
    assert product(torch.tensor([[[9.0]], [[-9.0]]])).flatten().tolist() == pytest.approx([3.0, -1.0], abs=0.02)


def test_the_whole_network_stays_near_and_is_quantized_once():
    torch.manual_seed(0)
    encoder = Encoder(hidden=24, layers=2, heads=3, ffn=48, vocabulary=50, positions=40, epsilon=1e-12, dropout=0.0)
    shipped = Shipped(Reader(encoder, hidden=24, link=8, event=8).eval()).eval()
    ids = torch.randint(0, 50, (6, 20))
    inputs = encoder.word(ids).detach(), torch.zeros_like(ids), torch.arange(0, 20, 2).repeat(6, 1)
    with torch.no_grad():
        before = shipped(*inputs)
        quantize(shipped, lambda: shipped(*inputs))
        after = shipped(*inputs)
    assert sum(isinstance(part, Int8) for part in shipped.layers.modules()) == 8
    assert (after[-1] - before[-1]).abs().mean() < 0.05 * before[-1].abs().mean()
    assert (after[-1] - before[-1]).abs().mean() > 0
    with pytest.raises(TypeError, match="quantized already"):
        quantize(shipped, lambda: shipped(*inputs))
