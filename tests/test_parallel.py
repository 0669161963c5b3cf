"""Work on all cores gives what one core gives, in order, and lets errors out."""

import gc
import multiprocessing
import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from making import dictionary
from support import REPOSITORY

from kunskapsbank import parallel
from kunskapsbank.checks.record import Reference
from kunskapsbank.checks.run import examine
from kunskapsbank.checks.subject import Context
from kunskapsbank.checks.targets import type_of
from kunskapsbank.parallel import CHUNKS_OF_A_WORKER, LARGEST_CHUNK, WORTH_IT, beside, in_chunks, in_parts
from kunskapsbank.problems.problem import Place

FORKS = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(),
    reason="the system can't fork, and nothing is shared",
)


class WorkFailed(Exception):
    """Raised in a worker."""


def flat(parts: Sequence[Sequence[int]]) -> list[int]:
    return [item for part in parts for item in part]


@pytest.mark.parametrize("length", [WORTH_IT, WORTH_IT + 1, 1000])
@pytest.mark.parametrize("cores", [2, 3])
def test_order_is_kept_and_nothing_lost(length: int, cores: int) -> None:
    factor = 3  # a closure, which can't be sent to another process
    parts = in_chunks(lambda items: [factor * item for item in items], range(length), cores)
    assert flat(parts) == [3 * item for item in range(length)]


def test_one_core_and_many_give_the_same() -> None:
    def work(items: Sequence[int]) -> list[int]:
        return [item * item for item in items]

    items = list(range(500, 0, -1))
    assert flat(in_chunks(work, items, 1)) == flat(in_chunks(work, items, 2))


@FORKS
def test_long_list_is_shared_between_processes() -> None:
    workers = in_chunks(lambda _: os.getpid(), range(WORTH_IT), 2)
    assert len(workers) > 2
    assert os.getpid() not in workers


@FORKS
def test_a_worker_is_let_go_before_it_has_looked_at_all_of_a_long_list() -> None:
    workers = in_chunks(lambda _: os.getpid(), range(2000), 2)
    first = 2 * CHUNKS_OF_A_WORKER
    assert len(workers) > first
    assert set(workers[:first]).isdisjoint(workers[first:])


def test_chunks_are_no_longer_however_long_the_list() -> None:
    parts = in_parts(range(100_000), 2)
    assert max(map(len, parts)) == LARGEST_CHUNK
    assert flat(parts) == list(range(100_000))


@pytest.mark.parametrize(("length", "cores"), [(WORTH_IT - 1, 2), (1, 8), (WORTH_IT * 5, 1)])
def test_short_list_or_one_core_stays_in_process(length: int, cores: int) -> None:
    assert in_chunks(lambda items: (os.getpid(), len(items)), range(length), cores) == [(os.getpid(), length)]


def test_work_stays_in_process_where_the_system_can_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert in_chunks(lambda _: os.getpid(), range(WORTH_IT), 2) == [os.getpid()]


def test_no_items_are_no_work() -> None:
    def work(_: Sequence[int]) -> None:
        raise WorkFailed

    assert in_chunks(work, [], 2) == []


@pytest.mark.parametrize("cores", [1, 2])
def test_error_in_the_work_comes_out(cores: int) -> None:
    def work(items: Sequence[int]) -> Sequence[int]:
        if WORTH_IT - 1 in items:
            raise WorkFailed("till sist")
        return items

    with pytest.raises(WorkFailed, match="till sist"):
        in_chunks(work, range(WORTH_IT), cores)


def test_nothing_is_left_behind() -> None:
    before = gc.get_freeze_count()
    in_chunks(len, range(WORTH_IT), 2)
    with pytest.raises(ZeroDivisionError):
        in_chunks(lambda items: 1 // (items[0] - items[0]), range(WORTH_IT), 2)
    assert parallel._inherited is None
    assert gc.get_freeze_count() == before


@FORKS
def test_a_task_beside_is_done_in_another_process_and_gives_what_it_made() -> None:
    with beside(lambda: (os.getpid(), "ö" * 1_000_000), 2) as result:  # more than a pipe holds
        process, made = result()
    assert process != os.getpid()
    assert made == "ö" * 1_000_000


@pytest.mark.parametrize(("forks", "cores"), [pytest.param(True, 2, marks=FORKS), (False, 2), (True, 1)])
def test_an_error_beside_comes_out_where_its_result_is_asked_for(
    forks: bool, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def task() -> None:
        raise WorkFailed("till sist")

    monkeypatch.setattr(parallel, "_can_fork", lambda: forks)
    with beside(task, cores) as result, pytest.raises(WorkFailed, match="till sist"):
        result()


@FORKS
def test_a_task_beside_that_nobody_asks_is_waited_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def task() -> str:
        (tmp_path / "begun").touch()
        return "x" * 1_000_000

    with suppress(WorkFailed), beside(task, 2):
        raise WorkFailed
    assert (tmp_path / "begun").exists()
    assert multiprocessing.active_children() == []
    assert capfd.readouterr().err == ""


def interrupted() -> None:
    raise KeyboardInterrupt


@FORKS
@pytest.mark.parametrize("task", [lambda: os._exit(9), interrupted])
def test_a_process_beside_that_ends_too_soon_is_told_of_in_one_place(
    task: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    with beside(task, 2) as result, pytest.raises(BrokenProcessPool):
        result()
    assert capfd.readouterr().err == ""


def test_changes_made_in_a_worker_do_not_reach_the_parent() -> None:
    seen: list[int] = []
    in_chunks(seen.extend, range(WORTH_IT), 2)
    assert seen in ([], list(range(WORTH_IT)))


@pytest.mark.parametrize("advice", [True, False])
def test_what_a_check_has_found_is_received_as_it_was_sent(advice: bool) -> None:
    context = Context(dictionary(), date(2026, 11, 27), 20, advice=advice)
    paths = [path.relative_to(REPOSITORY).as_posix() for path in sorted((REPOSITORY / "methods").iterdir())]
    for path in paths:
        type_ = type_of(dictionary(), path)
        assert type_
        sent = examine(REPOSITORY, path, type_, context)
        received = pickle.loads(pickle.dumps(sent))  # noqa: S301  # our own, of a moment ago
        assert received == sent
        assert [type(one) for one in received] == [type(one) for one in sent]
        assert all(isinstance(r, Reference) and isinstance(r.place, Place) for r in received.references)
