"""What a page is, for machines: JSON-LD in the words of schema.org, in a script element that holds data.

A page is a WebPage, and the record on it is its main entity, of the type that the dictionary names.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kunskapsbank.checks.record import Record
from kunskapsbank.library import dates
from kunskapsbank.library.library import terms_of
from kunskapsbank.pages.policy import Head, allowing
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer
from kunskapsbank.settings import Settings

Data = Mapping[str, Any]

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_IN_SCRIPT: Final = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))
"""Nothing in the data can end the element or start another."""


def element(data: Data) -> Head:
    script = _encode({"@context": "https://schema.org", **data})
    for sign, escape in _IN_SCRIPT:
        script = script.replace(sign, escape)
    return Head(f'<script type="application/ld+json">{script}</script>', allowing(script))


def web_page(
    kind: str, name: str, description: str, url: str, settings: Settings, language: str = "sv"
) -> dict[str, Any]:
    """A page of the site. `kind` is WebPage or a kind of it."""
    data = {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": language,
        "isPartOf": {"@type": "WebSite", "@id": f"{settings.site_url}#webbplats", "name": settings.site_name},
        "publisher": {"@type": "Organization", "name": settings.publisher},
    }
    return data | ({"license": settings.licence_address} if settings.licence_address else {})


def record_page(
    record: Record, crumbs: Sequence[Value], url: str, viewer: Viewer, settings: Settings
) -> Head:
    """The page of a record; `crumbs` lead to it from the start page."""
    page = web_page("WebPage", record.title, record.summary, url, settings)
    page["lastReviewed"] = record.fields["reviewed"]
    page["breadcrumb"] = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": crumb.text,
                "item": settings.site_url + (crumb.address or "")[1:],
            }
            for number, crumb in enumerate(crumbs, 1)
        ],
    }
    return element(page | {"mainEntity": _entity(record, viewer)})


def _entity(record: Record, viewer: Viewer) -> Data:
    type_ = viewer.library.type_of(record)
    vocabularies, terms = viewer.dictionary.vocabularies, terms_of(record, viewer.dictionary)
    entity: dict[str, Any] = {
        "@type": type_.schema_org,
        "name": record.title,
        "keywords": [vocabularies[name].terms[term].label.sv for name, term in terms],
    }
    if type_.schema_org == "Event":
        day, end = (dates.machine_form(str(record.fields.get(k, dates.UNKNOWN))) for k in ("date", "end"))
        entity |= {"startDate": day} if day else {}
        entity |= {"endDate": end} if end else {}
    return entity
