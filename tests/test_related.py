"""Likeness of records: what is shared, what is left out, how many, and the sentences that say why."""

from datetime import date
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st
from making import TODAY, dictionary, record

from kunskapsbank.checks.record import Record
from kunskapsbank.library.library import relate
from kunskapsbank.library.related import COMMON, Likenesses
from kunskapsbank.pages.markdown import renderers
from kunskapsbank.pages.near import Near
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer

MOST: Final = 5
LONELY: Final = tuple(record("news", f"ensam-{number}", f"Nr {number}") for number in range(30))
"""Records that share nothing with any other: they make what two others share rare."""


def alike(records: list[Record], to: Record) -> list[str]:
    return [found.record.id for found in Likenesses(relate([*records, *LONELY], dictionary())).of(to, MOST)]


def reasons(records: list[Record], to: Record) -> dict[str, str]:
    library = relate([*records, *LONELY], dictionary())
    viewer = Viewer(library, TODAY, renderers(dictionary()), Texts([]))
    return {view.title: view.reason for view in Near(viewer, MOST).alike(to, [])}


def example(record_id: str, title: str = "", **fields: Any) -> Record:
    return record("example", record_id, title, **fields)


def test_records_with_a_method_and_a_county_in_common_are_alike() -> None:
    one = example("a", methods=["karp"], counties=["skane"])
    same = example("b", methods=["karp"], counties=["skane"])
    other = example("c", methods=["fair"], counties=["dalarna"])
    assert alike([one, same, other], one) == ["b"]
    assert alike([one, same, other], other) == []


def test_what_is_shared_is_said_the_rarest_first() -> None:
    method = record("method", "karp", "KARP")
    one = example("a", "Ett", methods=["karp"], counties=["skane", "dalarna"])
    same = example("b", "Två", methods=["karp"], counties=["dalarna", "skane"])
    assert reasons([method, one, same], one)["Två"] == "Samma metod: KARP. Samma län: Dalarna, Skåne."


def test_uncommon_words_make_records_alike_whatever_their_endings() -> None:
    one = example("a", "Bemötandeprojekt och tillgänglighetsarbete vid biblioteken")
    same = example("b", "Bemötandeprojektet om tillgänglighet på bibliotek i länet")
    assert alike([one, same], one) == ["b"]
    assert reasons([one, same], one) == {same.title: "Samma ord i rubrik och sammanfattning."}


def test_status_and_evidence_make_nothing_alike() -> None:
    fields: dict[str, Any] = {
        "status": "done",
        "evidence": {"level": "described", "assessed_by": "redaktionen"},
    }
    one, same = example("a", **fields), example("b", **fields)
    assert alike([one, same], one) == []


def test_what_many_share_is_not_looked_at() -> None:
    many = [example(f"m-{n}", f"Nr {n}", methods=["karp"], counties=["skane"]) for n in range(COMMON + 1)]
    rest = [record("news", f"n-{n}", f"Nr {n}") for n in range(20 * COMMON)]
    assert alike([*many, *rest], many[0]) == []
    assert len(alike([*many[:COMMON], *rest], many[0])) == MOST


def test_what_is_on_the_page_already_is_left_out() -> None:
    records = [example(name, methods=["karp"], counties=["skane"]) for name in "abc"]
    found = Likenesses(relate([*records, *LONELY], dictionary()))
    assert [one.record.id for one in found.of(records[0], MOST, [records[1]])] == ["c"]


def test_a_site_that_asks_for_none_gets_none() -> None:
    one, same = (example(name, methods=["karp"], counties=["skane"]) for name in "ab")
    viewer = Viewer(relate([one, same, *LONELY], dictionary()), TODAY, renderers(dictionary()), Texts([]))
    assert Near(viewer, 0).alike(one, []) == ()
    assert len(Near(viewer, 1).alike(one, [])) == 1


def test_withdrawn_records_are_like_nothing() -> None:
    one, same = (example(name, methods=["karp"], counties=["skane"]) for name in "ab")
    gone = example("c", methods=["karp"], counties=["skane"], withdrawn={"date": "2026-11-01", "reason": "x"})
    assert alike([one, same, gone], one) == ["b"]


COUNTIES: Final = st.lists(st.sampled_from(["skane", "dalarna", "vasternorrland"]), unique=True)
METHODS: Final = st.lists(st.sampled_from(["karp", "fair", "snackmodellen"]), unique=True)


@given(st.lists(st.tuples(COUNTIES, METHODS), min_size=2, max_size=12))
@settings(deadline=None, max_examples=60)
def test_likeness_is_mutual_never_to_oneself_and_at_most_five(
    made: list[tuple[list[str], list[str]]],
) -> None:
    records = [example(f"r-{n}", f"Nr {n}", counties=c, methods=m) for n, (c, m) in enumerate(made)]
    found = Likenesses(relate([*records, *LONELY], dictionary()))
    for one in records:
        likenesses = found.of(one, MOST)
        assert len(likenesses) <= MOST
        assert one not in [likeness.record for likeness in likenesses]
        for likeness in likenesses:
            back = found.of(likeness.record, MOST)
            assert len(back) == MOST or one in [other.record for other in back]
            assert set(likeness.shared)


def test_earlier_and_later_of_a_type_in_order_of_time() -> None:
    days = [
        record("news", name, date=day)
        for name, day in (("a", "2006-05"), ("b", "2007-02-14"), ("c", "unknown"))
    ]
    library = relate([*days, example("x")], dictionary())
    named = {one.id: tuple(other.id if other else None for other in library.neighbours(one)) for one in days}
    assert named == {"a": ("c", "b"), "b": ("a", None), "c": (None, "a")}
    assert library.neighbours(library.records["example"][0]) == (None, None)
    assert date.fromisoformat("2007-02-14") < TODAY
