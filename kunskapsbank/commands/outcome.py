"""Carries a command out; what stops it becomes an exit code and a sentence."""

import argparse
import errno
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool

from kunskapsbank.answers import show_rejected
from kunskapsbank.arguments import WRONG_USE
from kunskapsbank.background import EngineError
from kunskapsbank.commands.common import (
    FAULTY_CONTENT,
    FINE,
    MACHINE_FAILED,
    explain_crash,
    fail,
    full_places,
)
from kunskapsbank.locks import LockTaken
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.reading.errors import explain


def carry_out(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    try:
        return _answered(options, environment)
    except OutputRefused as refused:
        return fail(WRONG_USE, str(refused))
    except EngineError as error:
        return fail(MACHINE_FAILED, f"{error} {options.untouched}")
    except LockTaken:
        return fail(MACHINE_FAILED, f"Ett annat bygge av samma webbplats pågår. {options.untouched}")
    except BrokenPipeError:
        return FINE  # the reader has had enough, as `head` has
    except OSError as error:
        return fail(MACHINE_FAILED, f"{_os_reason(error, options)} {options.untouched}")
    except BrokenProcessPool:
        return fail(MACHINE_FAILED, f"En av byggets processer dog. {options.untouched}")
    except KeyboardInterrupt:
        return fail(MACHINE_FAILED, f"Avbrutet. {options.untouched}")
    except Exception as error:  # noqa: BLE001  # the last resort: nobody should have to read a traceback
        return fail(MACHINE_FAILED, explain_crash(error, options))


def _answered(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    try:
        return int(options.run(options, environment))
    except Rejected as rejected:
        show_rejected(rejected.problems, options)
        return FAULTY_CONTENT


def _os_reason(error: OSError, options: argparse.Namespace) -> str:
    said = explain(error).sv
    if error.errno == errno.ENOSPC and error.filename is None and (places := full_places(options)):
        said += f" Det finns ingen plats kvar i {' och '.join(places)}."
    return said
