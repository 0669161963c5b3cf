"""Processes that end with the one that started them, and a build that a signal stops as Ctrl-C does."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Final, NoReturn, TypeVar

Result = TypeVar("Result")

_POLL_SECONDS: Final = 0.5
_STOP_SECONDS: Final = 5.0
"""How long a worker may take to put away what it has begun, before it is killed."""

_PR_SET_PDEATHSIG: Final = 1
"""From linux/prctl.h."""

_STOPS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_STOPPED: Final = 128 + signal.SIGTERM
"""The exit code of a worker that was told to stop, as a shell counts."""


class WorkerStopped(BaseException):
    """A worker was told to stop; raised where it is, so that it puts away what it has begun."""


def _prctl() -> Callable[..., int] | None:
    """Return Linux's call that ties a process to its parent. It is looked up before a fork, since a child of a
    process with threads may not load anything."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None


_PRCTL: Final = _prctl()


def _tie_to_parent() -> None:
    """Have the system kill this process when the one that started it ends, however it ends."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


DIE_WITH_PARENT: Final = _tie_to_parent if _PRCTL is not None else None
"""For `subprocess.Popen(preexec_fn=…)`."""


def stop_on_signals() -> None:
    """End the program on SIGTERM and SIGHUP as on Ctrl-C: raise `KeyboardInterrupt` in the main thread, once.

    A signal that was ignored when the program started, as `nohup` does with SIGHUP, stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in _STOPS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, partial(_interrupt, os.getpid()))


def _interrupt(program: int, _number: int, _frame: FrameType | None) -> NoReturn:
    if os.getpid() != program:  # a worker that has inherited this and not yet begun
        os._exit(_STOPPED)
    for number in _STOPS:
        signal.signal(number, signal.SIG_IGN)  # a second one would stop the tidying up
    raise KeyboardInterrupt


def begin_worker(parent: int) -> None:
    """Prepare a forked worker: it ends with the process `parent`, and stops on SIGTERM."""
    _tie_to_parent()
    if os.getppid() != parent:  # it ended before it could be asked for
        os._exit(_STOPPED)
    if _PRCTL is None:
        threading.Thread(target=partial(_watch, parent), daemon=True).start()
    for number in _STOPS:
        signal.signal(number, _stop_worker)


def _watch(parent: int) -> NoReturn:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os._exit(_STOPPED)


_is_at_work = False


def _stop_worker(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in _STOPS:
        signal.signal(number, signal.SIG_IGN)
    if _is_at_work:
        raise WorkerStopped
    os._exit(_STOPPED)


def run_in_worker(task: Callable[[], Result]) -> Result:
    """Run a task in a worker. When that is told to stop, end it once the task has put away what it has begun."""
    global _is_at_work  # noqa: PLW0603  # a signal's handler has no other way to know
    _is_at_work = True
    try:
        return task()
    except WorkerStopped:
        os._exit(_STOPPED)
    finally:
        _is_at_work = False


def stop_workers() -> None:
    """Stop all workers of this process and wait for their ends; kill those that do not come to one."""
    import multiprocessing  # only here, since every command takes in this module

    workers = multiprocessing.active_children()
    for worker in workers:
        worker.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))
        if worker.is_alive():
            worker.kill()
            worker.join()


def is_running(process: int) -> bool:
    """Return whether the process of a number runs; taken for granted on Windows, where asking would end it."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def memory_limit() -> int | None:
    """Return how many octets of memory this process may use; None where there is no limit, or none can be asked."""
    try:
        import resource  # Unix alone has it
    except ImportError:
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit
