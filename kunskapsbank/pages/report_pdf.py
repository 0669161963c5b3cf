"""A report as a tagged PDF (PDF/UA-1), made by WeasyPrint where that is installed."""

import logging
from typing import Any, Final, NoReturn

from kunskapsbank.background import EngineError

MISSING: Final = (
    "PDF görs av WeasyPrint, som inte är installerat. Installera det med: python -m pip install -r requirements-pdf.lock. "
    "HTML går utan: --format html."
)
_FAILED: Final = (
    "WeasyPrint kunde inte starta: {reason}. Det behöver programbiblioteket Pango, i Debian och Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0. HTML går utan: --format html."
)


def as_pdf(html: str, digest: str) -> bytes:
    """The same bytes for the same document. `digest` identifies the content. Raises `EngineError` where WeasyPrint
    is missing or can't start."""
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
    made = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=digest.encode(), custom_metadata=False)
    return bytes(made)


def _weasyprint() -> Any:
    """Imported here, since it takes half a second that other commands don't have to wait."""
    try:
        import weasyprint
    except ModuleNotFoundError:
        raise EngineError(MISSING) from None
    except OSError as error:
        raise EngineError(_FAILED.format(reason=str(error).splitlines()[0])) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # what it can't draw, our tests look for
    return weasyprint


def _fetch_nothing(url: str, *_: Any, **__: Any) -> NoReturn:
    """Our documents hold all that they need; whatever a record would make them ask for is refused."""
    raise ValueError(f"Rapporten får inte hämta något: {url}")
