"""The cache folder: what is not ours in it is never touched, and what nobody needs any more goes."""

from pathlib import Path

import pytest

from kunskapsbank import store
from kunskapsbank.store import SETTING, Store, store_of

KEY = b"k" * 16


def filled(source: Path, cache: Path) -> Store:
    """The store of a source, with something in it."""
    source.mkdir(parents=True, exist_ok=True)
    made = store_of(source, {SETTING: str(cache)})
    made.put("name", KEY, b"content")
    assert made.get("name", KEY) == b"content"
    return made


def folder_of(made: Store) -> Path:
    assert made.folder
    return made.folder


def test_what_others_have_in_the_place_of_the_cache_stays(tmp_path: Path) -> None:
    """A place that a person names may be their own folder, with anything in it."""
    (tmp_path / "arbete").mkdir()
    (tmp_path / "arbete" / "source.txt").write_text("Källor till kapitel 1: se pärmen.", "utf-8")
    (tmp_path / "arbete" / "store.txt").write_text("kunskapsbanken 2\n0\n/finns/inte", "utf-8")
    before = sorted(path.relative_to(tmp_path) for path in (tmp_path / "arbete").rglob("*"))
    made = filled(tmp_path / "bank", tmp_path)
    assert folder_of(made).parent == tmp_path / "kunskapsbank"
    assert before == sorted(path.relative_to(tmp_path) for path in (tmp_path / "arbete").rglob("*"))


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("arbete", "kunskapsbanken 2\n{disk}\n/finns/inte"),
        ("0" * 32, "Källor till kapitel 1"),
        ("1" * 32, "kunskapsbanken 2\n{disk}\nsource"),
        ("2" * 31, "kunskapsbanken 2\n{disk}\n/finns/inte"),
        ("3" * 32, ""),
    ],
)
def test_a_folder_without_our_name_and_our_mark_stays(name: str, owner: str, tmp_path: Path) -> None:
    other = tmp_path / "kunskapsbank" / name
    other.mkdir(parents=True)
    (other / "store.txt").write_text(owner.format(disk=tmp_path.stat().st_dev), "utf-8")
    filled(tmp_path / "bank", tmp_path)
    assert (other / "store.txt").exists()


def test_the_store_of_a_source_that_is_gone_is_removed_but_for_what_others_put_there(tmp_path: Path) -> None:
    gone, shared = filled(tmp_path / "a", tmp_path / "cache"), filled(tmp_path / "b", tmp_path / "cache")
    (folder_of(shared) / "mitt.txt").write_text("Mitt.", "utf-8")
    for name in ("a", "b"):
        (tmp_path / name).rmdir()
    kept = filled(tmp_path / "c", tmp_path / "cache")
    assert not folder_of(gone).exists()
    assert [path.name for path in folder_of(shared).iterdir()] == ["mitt.txt"]
    assert folder_of(kept).exists()


def test_a_source_on_a_disk_that_is_not_mounted_keeps_its_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its disk was mounted lies another one now, that of the folder."""
    disk_of = store._disk_of
    monkeypatch.setattr(store, "_disk_of", lambda path: disk_of(path) + (path == tmp_path / "usb" / "bank"))
    away = filled(tmp_path / "usb" / "bank", tmp_path / "cache")
    (tmp_path / "usb" / "bank").rmdir()
    monkeypatch.undo()
    filled(tmp_path / "other", tmp_path / "cache")
    assert away.get("name", KEY) == b"content"
