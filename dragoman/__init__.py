"""dragoman reads political reporting: who says what, by whose account, and how surely.

The stages of the pipeline are the folders of this package; ``dragoman.pipeline`` joins them, ``dragoman.cli`` is the command.
"""

__version__ = "0.1.0"
