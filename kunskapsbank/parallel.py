"""Work over a long list on all cores.

Processes are forked, so that workers see what the parent has already made (the library, the frames)
without a copy. Where the system can't fork, or the list is short, the work is done here and now.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

from kunskapsbank.processes import begin_worker, run_in_worker, stop_workers

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_IT: Final = 200
"""Below this many items a pool costs more than it gives."""

CHUNKS_PER_CORE: Final = 16
"""Enough for the cores to finish at about the same time."""

LARGEST_CHUNK: Final = 500
CHUNKS_OF_A_WORKER: Final = 10
"""What a worker looks at of what it shares with the parent becomes a copy of its own, since Python counts in an object
how many look at it. So of a long list each worker gets a part, and is let go with its copies before it has the whole
twice in memory."""

_inherited: Callable[[int], Any] | None = None
"""The work of the pool that is running. A worker gets it with the fork, since closures can't be sent."""


def in_chunks(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], cores: int) -> list[Result]:
    """The results of the work on consecutive chunks of the items, in order.

    `work` may be a closure: only the number of a chunk goes to a worker, and only results come back.
    """
    if cores == 1 or len(items) < WORTH_IT or not _can_fork():
        return [work(items)] if items else []
    chunks = in_parts(items, cores)
    return _in_pool(lambda number: work(chunks[number]), len(chunks), cores)


def in_parts(items: Sequence[Item], cores: int) -> list[Sequence[Item]]:
    """The items in consecutive chunks, so many that the cores finish at about the same time; in one where they
    are few."""
    size = len(items)
    if size >= WORTH_IT:
        size = min(-(-size // (cores * CHUNKS_PER_CORE)), LARGEST_CHUNK)
    return [items[start : start + size] for start in range(0, len(items), max(size, 1))]


def at_once(tasks: Sequence[Callable[[], Result]], cores: int) -> list[Result]:
    """The results of some tasks, each worth a process of its own, in order."""
    if cores == 1 or len(tasks) <= 1 or not _can_fork():
        return [task() for task in tasks]
    return _in_pool(lambda number: tasks[number](), len(tasks), cores)


@contextmanager
def beside(task: Callable[[], Result], cores: int) -> Iterator[Callable[[], Result]]:
    """Begins a task in a process of its own; what is given waits for its result. Its end is waited for in any case,
    since it may have begun programs of others. With one core, and where the system can't fork, it is done when its
    result is asked for."""
    if cores == 1 or not _can_fork():
        yield task
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    gc.freeze()  # as for a pool
    process = context.Process(target=_tell, args=(os.getpid(), task, sender, receiver))
    process.start()
    gc.unfreeze()
    sender.close()
    try:
        yield partial(_told, receiver)
    except (KeyboardInterrupt, SystemExit):
        stop_workers()
        raise
    finally:
        receiver.close()
        process.join()


def _tell(parent: int, task: Callable[[], Any], sender: Connection, receiver: Connection) -> None:
    receiver.close()  # the fork has one too, and while one is open nobody is told that nobody asks
    begin_worker(parent)
    try:
        told: tuple[Any, Exception | None] = run_in_worker(task), None
    except Exception as error:  # noqa: BLE001  # it comes out where the result is asked for
        told = None, error
    except KeyboardInterrupt:
        return  # whoever began it was interrupted too, and says so
    with suppress(BrokenPipeError):  # nobody asks any more
        sender.send(told)


def _told(receiver: Connection) -> Any:
    try:
        result, error = receiver.recv()
    except EOFError as gone:
        raise BrokenProcessPool("a process died") from gone
    if error is not None:
        raise error
    return result


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _in_pool(work: Callable[[int], Result], chunks: int, cores: int) -> list[Result]:
    global _inherited  # noqa: PLW0603  # see there
    _inherited = work
    gc.freeze()  # the parent's objects are left alone by the workers' collectors, and so stay shared
    try:
        return [result for some in _shifts(chunks, cores) for result in _shift(some, cores)]
    finally:
        gc.unfreeze()
        _inherited = None


def _shifts(chunks: int, cores: int) -> Iterator[range]:
    size = cores * CHUNKS_OF_A_WORKER
    return (range(start, min(start + size, chunks)) for start in range(0, chunks, size))


def _shift(numbers: range, cores: int) -> list[Any]:
    pool = ProcessPoolExecutor(
        cores, multiprocessing.get_context("fork"), initializer=begin_worker, initargs=(os.getpid(),)
    )
    try:
        futures = [pool.submit(_run, number) for number in numbers]
    except BaseException:  # the machine has no room for workers: those that it has are in nobody's care
        stop_workers()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    try:
        return [future.result() for future in futures]
    except (KeyboardInterrupt, SystemExit):
        stop_workers()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _run(number: int) -> Any:
    if _inherited is None:
        raise AssertionError("the pool was not forked")
    return run_in_worker(partial(_inherited, number))
