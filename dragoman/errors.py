"""The exceptions of dragoman. Stages raise them; only the command line turns them into messages and exit codes.

    DragomanError
    ├── InputError         one input cannot be used: it costs itself, the run goes on
    │   ├── LimitError     an input needed more time or memory than any may have
    │   └── TableError     a table lacks a named column, or cannot be read as a table
    ├── UsageError         the caller asked for something that cannot be: unknown option value, no input at all
    ├── LedgerError        the ledger file cannot be used
    │   ├── LedgerVersionError   it was written by a newer version
    │   ├── LedgerDamagedError   it is damaged, or no ledger at all
    │   └── LedgerFullError      the disk is full or read-only: what was acknowledged is kept
    └── ModelError         the reader's files are missing or are not those of their manifest

Every message says what was expected, what was found, where, and what to do.
"""


class DragomanError(Exception):
    """Base of all errors that dragoman raises on purpose."""


class InputError(DragomanError):
    """One input cannot be used; the message is the reason that the ledger records."""


class LimitError(InputError):
    """An input needed more time or memory than any input may have."""


class TableError(InputError):
    """A table lacks a named column, or cannot be read as a table."""


class UsageError(DragomanError):
    """The caller asked for something that cannot be."""


class LedgerError(DragomanError):
    """The ledger file cannot be used."""


class LedgerVersionError(LedgerError):
    """The ledger was written by a newer version of dragoman."""


class LedgerDamagedError(LedgerError):
    """The file is damaged, or is no ledger."""


class LedgerFullError(LedgerError):
    """The disk is full or read-only; everything acknowledged before is kept."""


class ModelError(DragomanError):
    """The reader's files are missing, or are not those that their manifest names."""
