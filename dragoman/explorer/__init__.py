"""Explorer: a ledger as web pages, as a JSON API, and as one file that can be sent to somebody.

    app = create_app(Path("dragoman.db"), hosts=("127.0.0.1:8642",))     an ASGI application; reads the ledger, never writes
    write_report(Path("dragoman.db"), Path("report.html"))               the essential views in one self-contained file

Pages and API ask the same functions (``views``), so that whatever a page shows can also be had as data.
"""

from dragoman.explorer.app import create_app
from dragoman.explorer.report import Report, write_report

__all__ = ["Report", "create_app", "write_report"]
