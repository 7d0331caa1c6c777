#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Adds up what `meson test` did: test-totals.py TESTLOG.json...

Counts every TAP case, not only programs; names what failed and what was skipped; the last line is
"N passed, N failed, N skipped". The exit status is 0 only when something passed and nothing failed.
"""

import json
import os
import re
import sys

CASE = re.compile(r"(not )?ok\b(?: +\d+)? *(?:- *)?(.*)")
PLAN = re.compile(r"1\.\.(\d+)")
DIRECTIVE = re.compile(r"(.*?) *# *(skip|todo)\S* *(.*)", re.IGNORECASE)


def tap_cases(output):
    """Yields (outcome, name, reason) for each case, and last the number of cases planned."""
    planned = None
    for line in output.splitlines():
        plan = PLAN.match(line)
        case = CASE.match(line)
        if plan:
            planned = int(plan.group(1))
            if planned == 0 and "skip" in line.lower():
                yield "skipped", "", line.partition("#")[2].strip()
        elif case:
            name, reason = case.group(2), ""
            outcome = "failed" if case.group(1) else "passed"
            directive = DIRECTIVE.match(name)
            if directive:
                name, reason = directive.group(1), directive.group(3)
                outcome = "skipped"
            yield outcome, name, reason
    yield "planned", "", planned


def program_cases(record):
    """Yields (outcome, name, reason) for one line of meson's log."""
    result = record["result"]
    name = record["name"].split(":", 1)[-1]
    cases = list(tap_cases(record.get("stdout", "")))
    planned = cases.pop()[2]
    if planned is None:
        outcome = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}.get(result, "failed")
        lines = record.get("stdout", "").strip().splitlines()
        yield outcome, name, lines[-1] if lines else result.lower()
        return
    for outcome, case, reason in cases:
        yield outcome, f"{name} {case}".strip(), reason
    n_failed = sum(case[0] == "failed" for case in cases)
    if result not in ("OK", "SKIP", "EXPECTEDFAIL") and n_failed == 0:
        yield "failed", name, f"{result.lower()} after {len(cases)} of {planned} cases"


def main(paths):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    named = {"failed": [], "skipped": []}
    for path in filter(os.path.exists, paths):
        with open(path, encoding="utf-8") as log:
            for line in log:
                for outcome, name, reason in program_cases(json.loads(line)):
                    counts[outcome] += 1
                    if outcome in named:
                        named[outcome].append(f"  {name}" + (f": {reason}" if reason else ""))
    for outcome, lines in named.items():
        if lines:
            print(f"\n{outcome.capitalize()}:", *lines, sep="\n")
    print("\n{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return 0 if counts["passed"] and not counts["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
