"""licenses.txt: the notices that go with the code and data of others that a site serves."""

from pathlib import Path

from sites_support import build
from support import REPOSITORY, compose

MIT = "The above copyright notice and this permission notice shall be included in all"


def notices(site: Path) -> str:
    return (site / "licenses.txt").read_text("utf-8")


def joined(text: str) -> str:
    return " ".join(text.split())


def test_what_the_site_serves_of_others_has_its_notice(own_site: Path) -> None:
    told = joined(notices(own_site))
    assert (own_site / "sok" / "pagefind" / "pagefind.js").is_file()
    assert "Copyright 2022 Pagefind" in told
    assert "Copyright (c) 2001, Dr Martin Porter" in told
    assert "Copyright (c) 2024 Stefan Furne" in told
    assert told.count(MIT) == 2


def test_a_notice_that_lies_beside_its_files_is_served_there_and_named(own_site: Path) -> None:
    (path,) = (
        line.removeprefix("The files beside it: ")
        for line in notices(own_site).splitlines()
        if "beside it: " in line
    )
    text = (own_site / path).read_text("utf-8")
    assert path == "assets/bidra/json-schema/LICENSE.txt"
    assert MIT in text
    for name in ("Jeremy Danyow", "Evgeny Poberezkin", "Mathias Bynens"):
        assert name in text
    assert (own_site / path).with_name("validator.js").is_file()


def test_readers_are_led_to_the_notices(own_site: Path) -> None:
    assert 'href="../licenses.txt"' in (own_site / "om" / "index.html").read_text("utf-8")


def test_a_site_names_nothing_that_it_does_not_serve(tmp_path: Path) -> None:
    """The base site has no search, and no scripts of others."""
    place = compose(tmp_path / "bank")
    build(place, tmp_path / "site")
    told = notices(tmp_path / "site")
    assert "Pagefind" not in told
    assert "beside it" not in told


def test_every_folder_of_scripts_of_others_has_its_notice() -> None:
    """Scripts of others lie in folders of their own; the licence of the repository names each."""
    licence = (REPOSITORY / "LICENSE").read_text("utf-8")
    for notice in (REPOSITORY / "overrides").rglob("LICENSE.txt"):
        assert f"{notice.parent.relative_to(REPOSITORY).as_posix()}/" in licence
