"""`rules`: the rules that records are checked against, in words."""

import argparse
from collections.abc import Mapping

from kunskapsbank import rules
from kunskapsbank.arguments import WRONG_USE
from kunskapsbank.commands.common import FINE, fail


def run(options: argparse.Namespace, _: Mapping[str, str]) -> int:
    if options.code is None:
        print(rules.as_list(options.lang))
        return FINE
    code = rules.find(options.code)
    if code is None:
        return fail(WRONG_USE, f"Regeln {options.code} finns inte. Alla regler: python build_site.py rules")
    print(rules.as_page(code, options.lang))
    return FINE
