"""The reader: one small multilingual encoder, one pass, several heads. ``Article`` -> ``Reading``.

Import ``dragoman.reader.model`` where the model is needed: it loads onnxruntime, which takes a while.
"""
