"""What lies on the site that this one is a part of, and the addresses that lead there."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from kunskapsbank.checks.elsewhere import distant_records
from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.types import Dictionary


class Page(NamedTuple):
    """A record's page on the shared site; `address` is from the root of a site."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`records` are the pages of records by (type, id). `leads` gives the whole address of everything that
    is known to lie there by its address from the root, the same as it would have here."""

    site_url: str
    records: Mapping[tuple[str, str], Page]
    leads: Mapping[str, str]


NOTHING: Final = Elsewhere("", {}, {})
"""A site that is no part of another."""


def elsewhere(
    shared: Shared | None,
    dictionary: Dictionary,
    here: Container[tuple[str, str]],
    used: Container[tuple[str, str]],
) -> Elsewhere:
    """`here` are the records of this site by (type, id), former ids too; `used` the terms that some record of
    it has, by (vocabulary, term): their pages are here. Of the vocabulary that the part is a term of, only
    that term's is: the page of another county would be a small part of what there is of it."""
    if shared is None:
        return NOTHING
    distant = [d for d in distant_records(shared, dictionary) if (d.type.id, d.id) not in here]
    records = {(d.type.id, d.id): Page(d.title, d.type.address(d.id)) for d in distant}
    addresses = [page.address for page in records.values()]
    addresses += [*_terms(shared, dictionary, used), *shared.addresses]
    return Elsewhere(shared.site_url, records, {address: shared.site_url + address for address in addresses})


def _terms(shared: Shared, dictionary: Dictionary, used: Container[tuple[str, str]]) -> Iterator[str]:
    for name, terms in shared.terms.items():
        vocabulary = dictionary.vocabularies.get(name)
        if vocabulary and vocabulary.path:
            is_whole = name == shared.vocabulary
            yield from (f"{vocabulary.path}/{t}/" for t in terms if is_whole or (name, t) not in used)
