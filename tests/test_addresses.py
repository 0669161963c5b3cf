"""What an address hides, and what the text of a link says of where it leads: many spellings of each."""

from collections.abc import Iterable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import dictionary, examined_problems, names

from kunskapsbank.checks.privacy import _known_words
from kunskapsbank.dictionary.appearance import appearance_problems
from kunskapsbank.problems.problem import START
from kunskapsbank.reading import mail
from kunskapsbank.reading.addresses import FAULTS, address_problems, mail_fault, web_fault
from kunskapsbank.reading.link_texts import Mismatch, find_mismatch, named_domain
from kunskapsbank.reading.nodes import read_mapping

NAMES_OF_FAULTS: Final = {fault: name for name, fault in FAULTS.items()}

HONEST: Final = (
    "https://www.skatteverket.se/",
    "https://www.skatteverket.se",
    "HTTPS://WWW.Skatteverket.SE/privat",
    "https://www.do.se/om-diskriminering/lagar?sida=2&ordning=a:b@c#avsnitt-1",
    "https://www.riksdagen.se/sv/dokument-och-lagar/dokument/svensk-forfattningssamling/lag_sfs-2008-567/",
    "https://malmö.se/Välkommen",
    "https://www.göteborg.se/åäö%20med%20mellanslag.pdf",
    "https://idé.se/",
    "https://müller.de/straße",
    "https://sámediggi.no/",
    "https://kárášjohka.no/",
    "https://www.gov.uk/",
    "https://medium.com/@person/artikel",
    "https://example.org/a//b?c=https://annan.example/",
    "https://1177.se/",
    "https://3.se/a",
    "https://a-b.example/~hem/",
    "https://sv.wikipedia.org/wiki/Svenska_(spr%C3%A5k)",
    "https://malmo\u0308.se/",
    "https://min_sida.wordpress.com/",
    "https://127.0.0.1.nip.example/",
    "https://exempel.se?fråga",
    "https://exempel.se#del",
    "https://exempel.se/?\\",
)
DISHONEST: Final = {
    "user": (
        "https://www.skatteverket.se@evil.example/",
        "https://www.skatteverket.se:443@evil.example/",
        "https://a:b@evil.example",
        "https://@evil.example/",
        "https://www.skatteverket.se@@evil.example/",
        "https://www.skatteverket.se%2Flogin@evil.example/",
    ),
    "encoded": (
        "https://www.skatteverket.se%40evil.example/",
        "https://www.skatteverket.se%2f.evil.example/",
        "https://%65vil.example/",
        "https://evil%E3%80%82example/",
    ),
    "backslash": (
        "https://www.skatteverket.se\\@evil.example/",
        "https://evil.example\\.skatteverket.se/",
        "https:\\\\evil.example/",
        "https://evil.example/a\\b",
    ),
    "control": (
        "https://www.skatteverket.se\t@evil.example/",
        "https://ev\nil.example/",
        "https://evil.example/\r",
        "ht\ttps://evil.example/",
        "https://evil.example/\x7f",
    ),
    "no_host": ("https://", "https:///evil.example", "https:evil.example", "https:/evil.example", "https://?a", "https://#a", "https:"),
    "machine": (
        "https://127.0.0.1/", "https://127.1", "https://0x7f.1/", "https://0x7f000001/", "https://2130706433/",
        "https://017700000001/", "https://[::1]/", "https://[2001:db8::1]/a", "https://1.2.3.4./", "https://0/", "https://evil.0x/",
        "https://1.1.1.256/",
    ),
    "port": ("https://evil.example:8443/", "https://evil.example:443/", "https://evil.example:/", "https://127.0.0.1:80/"),
    "punycode": (
        "https://xn--80ak6aa92e.com/",
        "https://www.xn--malm-8qa.se/",
        "https://XN--malm-8qa.se/",
        "https://a.Xn--x.example/",
    ),
    "foreign": (
        "https://\u0430\u0440\u0440\u04cf\u0435.com/",  # all Cyrillic
        "https://skatt\u0435verket.se/",
        "https://\u03bfrange.se/",
        "https://www\u3002evil.example/",
        "https://evil\uff0eexample/",
        "https://\uff11\uff12\uff17.\uff10.\uff10.\uff11/",
        "https://\uff45vil.example/",
        "https://www.evi\u0131.example/",
        "https://\u212aommun.se/",
        "https://skatteverket\u2024se/",
        "https://skatteverket.se\u2215login.evil.example/",
        "https://a\u00adb.se/",
        "https://a\u200bb.se/",
        "https://\u05d9\u05d4.example/",
        "https://b\u0338.se/",
        "https://☃.example/",
    ),
    "unfit": (
        "https://evil.example./",
        "https://.evil.example/",
        "https://evil..example/",
        "https://-evil.example/",
        "https://evil-.example/",
        "https://ev il.example/",
        "https://ev!l.example/",
        f"https://{'a' * 64}.se/",
        f"https://{'a.' * 130}se/",
        "https://a,b.se/",
    ),
    "nearby": (
        "https://localhost/", "https://intranet/sida", "https://www/", "https://a.localhost/", "https://skrivare.local/",
        "https://sida.internal", "https://wiki.lan/", "https://hemlig.onion/", "https://bank.test/",
    ),
}  # fmt: skip


def name_of(fault: object) -> str | None:
    return NAMES_OF_FAULTS[fault] if fault else None  # type: ignore[index]


@pytest.mark.parametrize("address", HONEST)
def test_an_honest_address_passes(address: str) -> None:
    assert name_of(web_fault(address)) is None


@pytest.mark.parametrize(
    ("name", "address"), [(name, address) for name, found in DISHONEST.items() for address in found]
)
def test_what_an_address_hides_is_named(name: str, address: str) -> None:
    assert name_of(web_fault(address)) == name


ADDRESSES_OF_MAIL: Final = (
    "registrator@do.se",
    "Registrator@DO.se",
    "info.dalarna@lansstyrelsen.se",
    "hr+enkät@malmö.se",
    "a@b.se?subject=Fr%C3%A5ga%20om%20enk%C3%A4ten",
    "a@b.se?subject=Fråga&body=Hej%0D%0A%0D%0AMed%20hälsning",
    "a@b.se?SUBJECT=x",
    "o'neil@b.se",
)


@pytest.mark.parametrize("rest", ADDRESSES_OF_MAIL)
def test_a_letter_to_one_passes(rest: str) -> None:
    assert mail_fault(f"mailto:{rest}") is None
    assert mail_fault(f"MailTo:{rest}") is None


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ("", "no_recipient"),
        ("?subject=x", "no_recipient"),
        ("?to=a@b.se", "no_recipient"),
        ("a@b.se,c@d.se", "recipients"),
        ("a@b.se;c@d.se", "recipients"),
        ("a@b.se@c.se", "recipients"),
        ("a%40b.se", "encoded_mail"),
        ("a@b.se%2Cc@d.se", "encoded_mail"),
        ("a%0Abcc:c@d.se", "encoded_mail"),
        ("a b@c.se", "unfit_mail"),
        ('"a b"@c.se', "unfit_mail"),
        ("a..b@c.se", "unfit_mail"),
        ("//a@b.se", "unfit_mail"),
        ("a", "unfit_mail"),
        ("a@", "unfit_mail"),
        ("@b.se", "unfit_mail"),
        ("Anna <a@b.se>", "unfit_mail"),
        ("a@b", "nearby"),
        ("a@localhost", "nearby"),
        ("a@127.0.0.1", "machine"),
        ("a@[127.0.0.1]", "unfit"),
        ("a@xn--malm-8qa.se", "punycode"),
        ("a@d\u043e.se", "foreign"),
        ("a@b.se?cc=c@d.se", "extras"),
        ("a@b.se?BCC=c@d.se", "extras"),
        ("a@b.se?b%63c=c@d.se", "extras"),
        ("a@b.se?subject=x&bcc=c@d.se", "extras"),
        ("a@b.se?attach=/etc/passwd", "extras"),
        ("a@b.se?attachment=x", "extras"),
        ("a@b.se?to=c@d.se", "extras"),
        ("a@b.se?in-reply-to=x", "extras"),
        ("a@b.se?subject=x&subject=y", "extras"),
        ("a@b.se?subject=x&amp;bcc=y@d.se", "extras"),
        ("a@b.se?subject=x#del", "extras"),
        ("a@b.se?subject=x%0Abcc:c@d.se", "hidden_part"),
        ("a@b.se?subject=x%0D%0Abcc:c@d.se", "hidden_part"),
        ("a@b.se?body=x%00y", "hidden_part"),
        ("a@b.se?body=x%0Dy", "hidden_part"),
        ("a@b.se?subject=%E2%80%AEx", "hidden_part"),
        ("a@b.se\n?subject=x", "control"),
        ("\ta@b.se", "control"),
    ],
)
def test_what_a_letter_does_beside_is_named(rest: str, fault: str) -> None:
    assert name_of(mail_fault(f"mailto:{rest}")) == fault


NUMBERS: Final = (
    "tel:+46812345",
    "tel:+46-8-123-45",
    "tel:08-123 45",
    "tel:112",
    "tel:1177",
    "TEL:+358-9-123456",
    "tel:121212-1212",
)


@pytest.mark.parametrize("target", NUMBERS)
def test_a_number_passes(target: str) -> None:
    assert list(address_problems(target, "a.md", START)) == []


@pytest.mark.parametrize(
    "number",
    [
        "", "+", "12", "*21*0812345#", "%2A21%2A0812345%23", "#31#0812345", "08123;ext=4", "08123;phone-context=+46", "08123,,1",
        "08123p1", "0812345w", "VÄXELN", "+46(0)8123", "08.123", "08--123", "08  123", "0+8123", "++46812345", " 0812345",
        "0812345-", "//0812345", "\uff10812345", "\u0660\u0661\u0662", "1" * 16, "08123\n45", "08\u2011123", "08123?x=1",
    ],
)  # fmt: skip
def test_what_is_more_than_a_number_is_refused(number: str) -> None:
    assert names(address_problems(f"tel:{number}", "a.md", START)) == ["refused-phone-link"]


# Texts of links


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Skatteverket", "https://www.skatteverket.se/"),
        ("www.skatteverket.se", "https://skatteverket.se/a"),
        ("skatteverket.se", "https://www7.skatteverket.se/"),
        ("https://www.do.se/lag", "https://www.do.se/lag"),
        ("regeringen.se/mangfald", "https://www.regeringen.se/mangfald"),
        ("www.gov.uk/guidance", "https://www.gov.uk/guidance"),
        ("Jämställ.nu", "https://www.jamstall.nu/"),
        ("malmö.se", "https://malmö.se/"),
        ("Råd.nu", "../examples/rad-nu.md"),
        ("t.ex. 1.4, m.fl. och bl.a. s.k. mål", "https://evil.example/"),
        ("Fi2005/3877", "https://evil.example/"),
        ("delredovisning.pdf", "https://evil.example/"),
        ("build_site.py och README.md", "https://evil.example/"),
        ("SFS 2008:567, 3 kap. 4 §", "https://evil.example/"),
        ("Node.js", "https://evil.example/"),
        ("Det första målet.Se även det andra", "https://evil.example/"),
        ('=HYPERLINK("https://do.se";"Klicka")', "https://evil.example/"),
        ("version 2.0.1", "https://evil.example/"),
        ("kl. 10.30", "https://evil.example/"),
        ("info@do.se", "mailto:info@do.se?subject=x"),
        ("Info@DO.se", "mailto:info@do.se"),
        ("info@do.se", "https://www.do.se/kontakt"),
        ("do.se", "mailto:info@do.se"),
        ("Skriv till registratorn", "mailto:registrator@do.se"),
        ("08-123 45 67", "tel:+46-8-123-45-67"),
        ("+46 (0)8-123 45 67", "tel:+4681234567"),
        ("+46 8 123 45 67", "tel:08-1234567"),
        ("Ring 1177", "tel:1177"),
        ("112", "tel:112"),
        ("Ring växeln (rum 12)", "tel:+4681234567"),
        ("Växeln, öppen 8–16", "tel:+4681234567"),
    ],
)
def test_a_text_that_says_where_the_link_leads_passes(text: str, target: str) -> None:
    assert find_mismatch(text, target) is None


@pytest.mark.parametrize(
    ("text", "target", "named"),
    [
        ("regeringen.se/mangfald", "https://evil.example/", "regeringen.se"),
        ("www.skatteverket.se", "https://evil.example/", "www.skatteverket.se"),
        ("Gå till www.skatteverket.se nu", "https://evil.example/", "www.skatteverket.se"),
        ("https://www.do.se/", "https://do.se.evil.example/", "www.do.se"),
        ("http://skatteverket", "https://evil.example/skatteverket.se", None),
        ("→ ”do.se”!", "https://evil.example/", "do.se"),
        ("Diskrimineringslagen – do.se", "https://evil.example/", "do.se"),
        ("Lagen|do.se/lag", "https://evil.example/", "do.se"),
        ("https://do.se:443/lag", "https://evil.example/", "do.se"),
        ("mailto:info@do.se", "https://evil.example/", "info@do.se"),
        ("_do.se_", "https://evil.example/", "do.se"),
        ("do.se", "https://www-do.se/", "do.se"),
        ("do.se", "https://do.se.com/", "do.se"),
        ("DO.SE", "https://evil.example/", "DO.SE"),
        ("skatte\u00adverket.se", "https://evil.example/", "skatteverket.se"),
        ("skatte\u200bverket.se", "https://evil.example/", "skatteverket.se"),
        ("skatteverket\u3002se", "https://evil.example/", "skatteverket.se"),
        ("\uff53katteverket.se", "https://evil.example/", "skatteverket.se"),
        ("sk\u0430tteverket.se", "https://skatteverket.se/", "sk\u0430tteverket.se"),
        ("skatteverket.se", "https://skätteverket.se/", "skatteverket.se"),
        ("(do.se)", "https://evil.example/", "do.se"),
        ("do.se.", "https://evil.example/", "do.se"),
        ("www.foo.zzz", "https://evil.example/", "www.foo.zzz"),
        ("a.gov.uk", "https://b.gov.uk/", "a.gov.uk"),
        ("min.github.io", "https://din.github.io/", "min.github.io"),
        ("do.se och jamo.se", "https://do.se/", "jamo.se"),
        ("info@do.se", "https://evil.example/", "info@do.se"),
        ("info@do.se", "mailto:info@evil.example", "info@do.se"),
        ("registrator@do.se", "mailto:anna@do.se", "registrator@do.se"),
        ("www.do.se", "mailto:info@evil.example", "www.do.se"),
        ("08-123 45 67", "tel:+46-8-123-45-68", "08-123 45 67"),
        ("Ring 08-123 45 67", "tel:+8825551234", "08-123 45 67"),
        ("112", "tel:0900112", "112"),
        ("1177", "tel:+88212341177", "1177"),
        ("112", "tel:+46112", "112"),
    ],
)
def test_a_text_that_names_another_place_is_told(text: str, target: str, named: str | None) -> None:
    found = find_mismatch(text, target)
    assert (found.named if found else None) == named


def test_what_is_named_and_what_is_true_are_told() -> None:
    assert find_mismatch("do.se", "https://Evil.example/x") == Mismatch("do.se", "evil.example")


@given(st.text(max_size=60), st.sampled_from(["https://a.example/", "mailto:a@b.se", "tel:112", "x.md"]))
@settings(deadline=None, max_examples=150)
def test_any_text_can_be_asked(text: str, target: str) -> None:
    find_mismatch(text, target)
    assert named_domain(text.replace(".", "")) is None


@given(st.text(st.sampled_from(".@/\\:-_%[]?#aå1w ") | st.characters(), max_size=40))
@settings(deadline=None, max_examples=300)
def test_any_address_is_judged(rest: str) -> None:
    for kind in ("https://", "https:", "mailto:", "tel:"):
        list(address_problems(kind + rest, "a.md", START))


# Addresses of persons

PERSONS: Final = (
    "anna.andersson", "a.andersson", "anna.a", "anna.maria.andersson", "anna-karin.berg", "anna_andersson", "Anna.Andersson2",
    "östen.åkesson", "anna.andersson+enkat", "jean-pierre.o'neil", "j.r.r.tolkien",
)  # fmt: skip
FUNCTIONS: Final = (
    "registrator", "info", "info.dalarna", "kontakt.hr", "hr.support", "arbetsgruppen.norr", "skane.samordnare",
    "samordnare-skane", "redaktionen", "no.reply", "press.kontakt", "mangfald.arbetsliv", "2007.enkat", "a.b", "projekt1.2",
    "kundtjänst.norr", "diskrimineringsombud.syd", "anna", "annaandersson", "a.b.c.d.e.f",
)  # fmt: skip


@pytest.mark.parametrize("local", PERSONS)
def test_an_address_of_a_person_is_seen(local: str) -> None:
    assert mail.is_personal(f"{local}@exempel.se", _known_words(dictionary()))


@pytest.mark.parametrize("local", FUNCTIONS)
def test_an_address_of_a_function_passes(local: str) -> None:
    assert not mail.is_personal(f"{local}@exempel.se", _known_words(dictionary()))


def test_words_of_the_vocabularies_name_no_person() -> None:
    assert mail.is_personal("vasternorrland.bo@exempel.se")
    assert not mail.is_personal("vasternorrland.bo@exempel.se", _known_words(dictionary()))


# Where a record has them


def news(body: str, **fields: str) -> str:
    """A record, right but for what is given."""
    front = {
        "title": "Nya utbildningar",
        "summary": "Arbetsgivarverket skulle bygga upp en utbildning om mångfald.",
        "date": "2007-02-14",
        "sources": "[{document: delredovisning-2007, section: '1.4'}]",
        "reviewed": "2026-11-23",
        "review_every": "24",
        "contact": "redaktionen",
        "not_documented": "[counties, agencies]",
    } | fields
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    return f"---\n{lines}\n---\n\n{body}\n"


def found_in(body: str, **fields: str) -> set[str]:
    left = {problem.code.name for problem in examined_problems(news("Text."))}
    return {problem.code.name for problem in examined_problems(news(body, **fields))} - left


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("[Skatteverket](https://www.skatteverket.se@evil.example/)", {"unclear-address"}),
        ("[sidan][1]\n\n[1]: https://127.1/", {"unclear-address"}),
        ("<https://evil.example:8443/a>", {"unclear-address", "vague-link-text"}),
        ("[sidan](https://ev&Tab;il.example/)", {"unclear-address"}),
        ("[sidan](https://www.do.se&#64;evil.example/)", {"unclear-address"}),
        ("- > **[sidan](https://localhost/)**", {"unclear-address"}),
        ("| a |\n|---|\n| [sidan](https://localhost/) |", {"unclear-address"}),
        ("[sidan](https:evil.example)", {"refused-link"}),
        ("[sidan](https:\\\\\\\\evil.example)", {"refused-link"}),
        ("<info@do.se>", set()),
        ("<anna.andersson@do.se>", {"personal-email"}),
        ("<mailto:info@do.se?bcc=a@b.se>", {"refused-mail-link"}),
        ("[**do.se**](https://evil.example/)", {"misleading-link-text"}),
        ("[`do.se`](https://evil.example/)", {"misleading-link-text"}),
        ("[d&#111;.se](https://evil.example/)", {"misleading-link-text"}),
        ("[![do.se](../docs/bilder/formular-fel.png)](https://evil.example/)", {"link-to-nowhere", "misleading-link-text"}),
        ("Skriv till anna.andersson@do.se.", {"personal-email"}),
        ("Skriv till anna&#46;andersson@do.se.", {"personal-email"}),
        ("Skriv till anna&period;andersson&commat;do.se.", {"personal-email"}),
        ("`[x](https://localhost/)`", set()),
        ("[Ring](tel:*21%23)", {"refused-phone-link"}),
        ("[Lagen](https://www.do.se/lag?a=b@c:d#e) [växeln](tel:+46-8-123-45) [info](mailto:info@do.se?subject=Fråga)", set()),
    ],
)  # fmt: skip
def test_links_in_the_text(body: str, codes: set[str]) -> None:
    assert found_in(body) == codes


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"title": "Läs på https://www.do.se@evil.example/ nu"}, {"unclear-address"}),
        (
            {"summary": "Arbetsgivarverket bygger en utbildning, se www.d\u043e.se/lag för mer."},
            {"unclear-address"},
        ),
        (
            {"summary": "Arbetsgivarverket bygger en utbildning, se www.do.se/lag (eller https://malmö.se)."},
            set(),
        ),
        (
            {"summary": "Arbetsgivarverket bygger en utbildning. Frågor tar anna.berg@do.se emot."},
            {"personal-email"},
        ),
        (
            {"summary": '"Arbetsgivarverket bygger en utbildning. Frågor tar anna\\x2eberg@do.se emot."'},
            {"personal-email"},
        ),
    ],
)
def test_addresses_in_fields(fields: dict[str, str], codes: set[str]) -> None:
    assert found_in("Text.", **fields) == codes


def test_an_address_of_a_person_is_told_once_for_each() -> None:
    problems = [
        p
        for p in examined_problems(news("a.berg@do.se, b.berg@do.se, a.berg@do.se"))
        if p.code.name == "personal-email"
    ]
    assert [str(p.values["address"]) for p in problems] == ["a.berg@do.se", "b.berg@do.se"]


SCHEMA: Final = {
    "type": "object",
    "properties": {
        "site": {"type": "string", "format": "uri"},
        "page": {"type": "string", "format": "uri-reference"},
        "mail": {"type": "string", "format": "email"},
        "terms": {"type": "array", "items": {"type": "object", "properties": {"label": {"type": "object", "properties": {"sv": {"type": "string"}}}}}},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("site: https://www.do.se/", []),
        ("site: https://do.se@evil.example/", ["unclear-address"]),
        ("site: http://www.do.se/", ["refused-link"]),
        ("site: javascript:alert(1)", ["refused-link"]),
        ("site: //evil.example/", ["refused-link"]),
        ("site: karp", ["refused-link"]),
        ("site: mailto:a@b.se?bcc=c@d.se", ["refused-mail-link"]),
        ("site: tel:*21#", ["refused-phone-link"]),
        ("page: ../karp.md", []),
        ("page: javascript:alert(1)", ["refused-link"]),
        ("mail: info@do.se", []),
        ("mail: info@localhost", ["refused-mail-link"]),
        ('mail: "a@b.se,c@d.se"', ["refused-mail-link"]),
        ("terms: [{label: {sv: Skåne}}, {label: {sv: '–'}}]", ["text-without-letters"]),
        ("terms: [{label: {sv: 'Sk\u200d åne'}}]", ["invisible-character"]),
        ("unknown: –", []),
    ],
)
def test_any_file_with_a_schema_is_judged_by_what_the_schema_says(text: str, codes: Iterable[str]) -> None:
    node, problems = read_mapping(text, "a.yml")
    assert problems == []
    assert names(appearance_problems(node, SCHEMA, "a.yml")) == codes
