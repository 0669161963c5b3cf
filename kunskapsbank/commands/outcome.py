"""Carries a command out; what stops it becomes an exit code and a sentence."""

import argparse
import errno
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool

from kunskapsbank.answers import show_rejected
from kunskapsbank.arguments import WRONG_USE
from kunskapsbank.background import EngineError
from kunskapsbank.commands.common import FAULTY_CONTENT, FINE, MACHINE_FAILED, fail
from kunskapsbank.locks import LockTaken
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.reading.files import reason


def carry_out(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    try:
        return int(options.run(options, environment))
    except Rejected as rejected:
        show_rejected(rejected.problems, options)
        return FAULTY_CONTENT
    except OutputRefused as refused:
        return fail(WRONG_USE, str(refused))
    except EngineError as error:
        return fail(MACHINE_FAILED, f"{error} {options.untouched}")
    except LockTaken:
        return fail(MACHINE_FAILED, f"Ett annat bygge av samma webbplats pågår. {options.untouched}")
    except BrokenPipeError:
        return FINE  # the reader has had enough, as `head` has
    except OSError as error:
        return fail(MACHINE_FAILED, f"{_os_reason(error)} {options.untouched}")
    except BrokenProcessPool:
        return fail(MACHINE_FAILED, f"En av byggets processer dog. {options.untouched}")
    except KeyboardInterrupt:
        return fail(MACHINE_FAILED, f"Avbrutet. {options.untouched}")


def _os_reason(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "Skivan är full."
    where = f"{error.filename}: " if error.filename else ""
    return f"Datorn svarade: {where}{reason(error).sv}."
