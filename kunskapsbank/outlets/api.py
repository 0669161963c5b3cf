"""The records as JSON for other programs, under /api/v1/: all, one, each list, each vocabulary.

What the files hold is described by `api_schemas`, and the whole by the OpenAPI document at
/api/v1/openapi.json. Keys are never taken away or given another meaning: that is what v1 promises.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from kunskapsbank import contracts
from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary, RecordType, Term, Vocabulary
from kunskapsbank.library.library import terms_of
from kunskapsbank.library.lists import RecordList
from kunskapsbank.outlets.api_schemas import description
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import capital
from kunskapsbank.problems.problem import Text

FOLDER: Final = contracts.API
VOCABULARIES: Final = "ordlistor"
ALL: Final = "alla"


def makers(site: Site) -> Iterator[Maker]:
    """None where the settings don't ask for it."""
    if not site.settings.api:
        return
    library, dictionary = site.viewer.library, site.viewer.dictionary
    facts = site.keys.facts
    yield Maker(f"{FOLDER}/index.json", partial(_made, _index, site), facts)
    yield Maker(f"{FOLDER}/openapi.json", partial(_made, description, site.settings, dictionary), FIXED)
    yield Maker(f"{FOLDER}/{ALL}.json", partial(_made, _all, site), facts)
    for type_ in dictionary.types.values():
        yield Maker(f"{FOLDER}/{type_.list_name}.json", partial(_made, _of_type, type_, site), facts)
    for listed in site.sorted_lists:
        key = site.keys.of_list(listed, 0, len(listed.records))
        yield Maker(_file(listed.address), partial(_made, _list, listed, site), key)
    for vocabulary in dictionary.vocabularies.values():
        path = f"{FOLDER}/{VOCABULARIES}/{vocabulary.id}.json"
        yield Maker(path, partial(_made, _vocabulary, vocabulary, site), facts)
    for record in (*library.all_records(), *library.withdrawn):
        path = _file(library.address(record))
        yield Maker(path, partial(_record_file, record, site), site.keys.of_record(record))
    for old, record in library.aliases.items():  # the same content: it says where the record is now
        path = _file(dictionary.types[old.type].address(old.id))
        yield Maker(path, partial(_record_file, record, site), site.keys.of_record(record))


def _file(address: str) -> str:
    """The file of the page at an address of the site."""
    return f"{FOLDER}/{address.rstrip('/')}.json"


def _made(make: Any, *arguments: Any) -> Made:
    return Made(_encoded(make(*arguments)))


def _encoded(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _record_file(record: Record, site: Site) -> Made:
    return Made(_encoded(record_object(record, site)), (record.path,))


def _index(site: Site) -> dict[str, Any]:
    settings, dictionary = site.settings, site.viewer.dictionary
    base = f"{settings.site_url}{FOLDER}/"
    records = site.viewer.library.records
    return {
        "name": settings.site_name,
        "version": "1",
        "url": settings.site_url,
        "licence": settings.licence_address,
        "openapi": f"{base}openapi.json",
        "all": f"{base}{ALL}.json",
        "types": [
            {
                "id": type_.id,
                "label": _both(type_.plural),
                "count": len(records[type_.id]),
                "api": f"{base}{type_.list_name}.json",
                "schema": f"{settings.site_url}{contracts.SCHEMAS}/{type_.id}.json",
            }
            for type_ in dictionary.types.values()
        ],
        "vocabularies": [
            {"id": v.id, "label": _both(v.plural), "api": f"{base}{VOCABULARIES}/{v.id}.json"}
            for v in dictionary.vocabularies.values()
        ],
    }


def _all(site: Site) -> dict[str, Any]:
    records = list(site.viewer.library.all_records())
    return _listing(site.settings.site_name, "", records, site)


def _of_type(type_: RecordType, site: Site) -> dict[str, Any]:
    listed = site.lists.get(type_.id)
    address = listed.address if listed else f"{type_.path}/"
    return _listing(capital(type_.plural.sv), address, site.viewer.library.records[type_.id], site)


def _list(listed: RecordList, site: Site) -> dict[str, Any]:
    return _listing(listed.title, listed.address, listed.records, site)


def _listing(title: str, address: str, records: Iterable[Record], site: Site) -> dict[str, Any]:
    items = [_item(record, site) for record in records]
    return {
        "title": title,
        "url": site.settings.site_url + address,
        "updated": max((item["updated"] for item in items), default=None),
        "count": len(items),
        "items": items,
    }


def _item(record: Record, site: Site) -> dict[str, Any]:
    """A record as a list has it."""
    address = site.viewer.library.address(record)
    return {
        "id": record.id,
        "type": record.type,
        "title": record.title,
        "summary": record.summary,
        "url": site.settings.site_url + address,
        "api": site.settings.site_url + _file(address),
        "updated": record.fields["reviewed"],
        "terms": [
            _term_of(v, t, site.viewer.dictionary) for v, t in terms_of(record, site.viewer.dictionary)
        ],
    }


def _term_of(vocabulary: str, term: str, dictionary: Dictionary) -> dict[str, str]:
    label = dictionary.vocabularies[vocabulary].terms[term].label.sv
    return {"vocabulary": vocabulary, "id": term, "label": label}


def record_object(record: Record, site: Site) -> dict[str, Any]:
    """A record in whole; of one that is withdrawn, that it is, when and why."""
    item = _item(record, site)
    if record.withdrawn:
        kept = ("id", "type", "title", "url", "api", "updated")
        return {key: item[key] for key in kept} | {"withdrawn": dict(record.fields["withdrawn"])}
    view = site.viewer.record(record)
    sections = [
        {
            "heading": _absolute(section.heading, site),
            "html": _absolute(section.html, site),
            "known": bool(section.anchor),
            "editorial": section.editorial,
        }
        for section in view.sections
    ]
    return item | {
        "licence": site.settings.licence_address,
        "fields": _plain(record.fields),
        "lead": _absolute(view.lead, site),
        "sections": sections,
    }


def _absolute(html: str, site: Site) -> str:
    return site.leads.whole(html, site.settings.site_url)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _vocabulary(vocabulary: Vocabulary, site: Site) -> dict[str, Any]:
    library = site.viewer.library
    counts = Counter(
        {term: len(records) for (v, term), records in library.by_term.items() if v == vocabulary.id}
    )
    return {
        "id": vocabulary.id,
        "label": _both(vocabulary.plural),
        "terms": [_term(term, vocabulary, counts[term.id], site) for term in vocabulary.terms.values()],
    }


def _term(term: Term, vocabulary: Vocabulary, count: int, site: Site) -> dict[str, Any]:
    address = f"{vocabulary.path}/{term.id}/" if vocabulary.path else None
    elsewhere = site.viewer.library.elsewhere
    base = elsewhere.site_url if address in elsewhere.leads else site.settings.site_url
    return {
        "id": term.id,
        "label": _both(term.label),
        "description": _words(term.description, site.viewer.texts) if term.description else None,
        "count": count,
        "url": base + address if address else None,
        "api": base + _file(address) if address else None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def _words(text: Text, texts: Texts) -> dict[str, str]:
    """Return a maintainers' text in both languages without its Markdown, so that no reader has to clean it."""
    return {"sv": texts.plain(text.sv), "en": texts.plain(text.en)}
