import pytest
from tokenizers import Tokenizer, models, pre_tokenizers


@pytest.fixture(scope="session")
def tokenizer():
    """A small Unigram tokenizer in the manner of the shipped one: single letters and a few whole words."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz.,:“”", "▁said", "▁the", ".”"]
    tokenizer = Tokenizer(models.Unigram([(p, -1.0 - (len(p) < 3)) for p in pieces], unk_id=3, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer
