"""The header files for hosts: what every address gets, what others' scripts may read, who may show what in a frame."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from host import headers_for, headers_for_all, rules_of
from sites_support import build, tree
from support import compose

from kunskapsbank.pages.policy import HEADER

POLICY, ORIGIN, FRAMES = "Content-Security-Policy", "Access-Control-Allow-Origin", "X-Frame-Options"

OPEN = (
    "/feed.xml", "/exempel/feed.xml", "/lan/skane/feed.xml", "/kalender.ics", "/lan/skane/kalender.ics", "/katalog.rdf",
    "/api/v1/exempel.json", "/api/v1/exempel/karp.json", "/schema/v1/example.json", "/embed/v1/exempel/index.html",
)  # fmt: skip
CLOSED = (
    "/", "/index.html", "/exempel/", "/exempel/karp-malmo-stad/", "/404.html", "/finns-inte/", "/embed/", "/embed/v2/a/", "/api/",
    "/exempel/embed/v1/a/", "/schema/", "/a/b/c/feed.xml", "/feed.xml/", "/xfeed.xml", "/feedxxml", "/kalender.ics.html", "/katalog.rdf/",
)  # fmt: skip


def by_nginx(site: Path, address: str) -> Mapping[str, str]:
    """What nginx sends by our lines, of the three kinds that they are of; an empty value is not sent."""
    variables: dict[str, str] = {}
    sent: dict[str, str] = {}
    for line in (site / "headers.nginx.conf").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if found := re.fullmatch(r'set (\$\w+) "";', line):
            variables[found[1]] = ""
        elif found := re.fullmatch(r'if \(\$uri ~ "([^"]+)"\) \{ set (\$\w+) "([^"]+)"; \}', line):
            assert found[2] in variables
            variables[found[2]] = found[3] if re.search(found[1], address) else ""
        else:
            found = re.fullmatch(r'add_header ([\w-]+) (?:"([^"$]+)"|(\$\w+)) always;', line)
            assert found, line
            if value := found[2] or variables[found[3]]:
                sent[found[1]] = f"{value}, {sent[found[1]]}" if found[1] in sent else value
    return sent


def policies(value: str) -> list[str]:
    """No source of ours has a comma in it, so commas stand between policies."""
    return value.split(", ")


def both(site: Path) -> list[Callable[[str], Mapping[str, str]]]:
    rules = rules_of(site)
    return [
        lambda address: headers_for(rules, address),
        lambda address: headers_for(rules, address, adding=False),
        lambda address: by_nginx(site, address),
    ]


def test_every_address_gets_the_policy_and_is_kept_out_of_others_frames(own_site: Path) -> None:
    every = headers_for_all(own_site)
    assert every[POLICY] == HEADER
    assert every[FRAMES] == "SAMEORIGIN"
    assert every["X-Content-Type-Options"] == "nosniff"
    assert ORIGIN not in every
    for address in CLOSED:
        for ask in both(own_site):
            assert ask(address) == every, address


def test_data_is_open_to_the_scripts_of_others_and_nothing_else_is_said_of_it(own_site: Path) -> None:
    """Once: a browser refuses the header where it has two values."""
    every = headers_for_all(own_site)
    for address in OPEN:
        for ask in both(own_site):
            found = dict(ask(address))
            assert found.pop(ORIGIN) == "*", address
            if not address.startswith("/embed/"):
                assert found == every, address


def test_embeds_alone_may_be_shown_by_others(own_site: Path) -> None:
    """A policy with `frame-ancestors` sets X-Frame-Options aside. Every policy holds all that the others do."""
    free = f"{HEADER}; frame-ancestors *"
    for ask in both(own_site):
        said = policies(ask("/embed/v1/exempel/")[POLICY])
        assert free in said
        assert set(said) <= {HEADER, free}
    for address in (*CLOSED, *(a for a in OPEN if not a.startswith("/embed/"))):
        for ask in both(own_site):
            assert "frame-ancestors" not in ask(address)[POLICY], address


def test_embeds_alone_are_kept_out_of_search_engines(own_site: Path) -> None:
    for ask in both(own_site):
        for address in ("/embed/v1/exempel/", "/embed/v1/exempel-h2.html", "/embed/v1/val.json"):
            assert ask(address)["X-Robots-Tag"] == "noindex", address
        for address in (*CLOSED, *(a for a in OPEN if not a.startswith("/embed/"))):
            assert "X-Robots-Tag" not in ask(address), address


def test_every_file_for_machines_is_open_and_no_page_is(own_site: Path) -> None:
    rules = rules_of(own_site)
    found = {path for path in tree(own_site) if ORIGIN in headers_for(rules, f"/{path}")}
    assert {path for path in found if path.endswith(".html") and not path.startswith("embed/v1/")} == set()
    data = {
        path
        for path in tree(own_site)
        if path.endswith(("feed.xml", ".ics", ".rdf")) or path.startswith(("schema/v1/", "api/v1/"))
    }
    assert data <= found
    assert len(data) > 20


def test_a_site_in_a_folder_has_its_rules_there(tmp_path: Path) -> None:
    site = build(
        compose(tmp_path / "bank"), tmp_path / "site", "--site-url", "https://x.example/kunskap/banken/"
    )
    rules = rules_of(site)
    assert rules[0].pattern == "/kunskap/banken/*"
    for path in ("feed.xml", "lan/skane/kalender.ics"):
        inside, outside = f"/kunskap/banken/{path}", f"/{path}"
        assert headers_for(rules, inside)[ORIGIN] == by_nginx(site, inside)[ORIGIN] == "*"
        assert ORIGIN not in headers_for(rules, outside)
        assert ORIGIN not in by_nginx(site, outside)


@pytest.mark.parametrize(
    "bad",
    [
        "/*\n Short: indent\n",
        "/*\n  A: b\n  A: c\n",
        "/*\n  no colon\n",
        "/a\n  A: b\n",
        "/*\n  A: b\n/*\n  C: d\n",
    ],
)
def test_the_reader_of_header_files_refuses_what_is_not_ours(tmp_path: Path, bad: str) -> None:
    (tmp_path / "_headers").write_text(bad, "utf-8")
    with pytest.raises(AssertionError):
        headers_for_all(tmp_path)
