# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Restante promises of its speed, as ratios within this run."""

from dataclasses import dataclass

from tables import count_trips, format_table
from windows import EMPTY, find_longest_stall

OURS = "restante-cli"
AT_MOST, BELOW, AT_LEAST = "at most", "below", "at least"


@dataclass
class Ratio:
    """How many times as long as the other one it takes."""

    case: tuple
    rtt: int
    whose: str
    whom: str

    def needs(self):
        return {(self.case, self.rtt): {self.whose, self.whom}}

    def get(self, cells):
        results = cells[self.case, self.rtt]
        if not results.get(self.whose) or not results.get(self.whom):
            return None
        return results[self.whose].wall / results[self.whom].wall


@dataclass
class Trips:
    case: tuple
    rtts = (20, 100)

    def needs(self):
        return {(self.case, rtt): {OURS} for rtt in self.rtts}

    def get(self, cells):
        return count_trips({rtt: cells[self.case, rtt] for rtt in self.rtts}, OURS)


@dataclass
class Memory:
    case: tuple

    def needs(self):
        return {(self.case, 0): {OURS}}

    def get(self, cells):
        result = cells[self.case, 0].get(OURS)
        return result.memory if result else None


@dataclass
class FirstPaint:
    """How many times as long as an empty window it takes to show its rows."""

    size: int

    def get_of(self, windows):
        results = windows.measure(self.size)
        return results["rows painted"] / results[EMPTY]


@dataclass
class WindowMemory:
    size: int

    def get_of(self, windows):
        return windows.measure(self.size)["memory"]


@dataclass
class Stall:
    """The longest time in ms that the main loop was away."""

    size: int
    beginning: str

    def get_of(self, windows):
        return find_longest_stall(windows.measure(self.size), self.beginning)


# Work, messages, how many are new or deleted, TLS.
HEADERS = ("headers", 4000, 0, False)
HEADERS_TLS = ("headers", 4000, 0, True)
MANY_HEADERS = ("headers", 20000, 0, False)
REFRESH = ("refresh", 4000, 0, False)
DELETE = ("delete", 4000, 1000, False)
FULL = ("full", 1000, 0, False)

PROMISES = (
    ("headers of 4,000, 50 ms: to limit", AT_MOST, 1.25, Ratio(HEADERS, 50, OURS, "limit")),
    ("headers of 20,000, 100 ms: to limit", AT_MOST, 1.25, Ratio(MANY_HEADERS, 100, OURS, "limit")),
    ("headers of 4,000, 0 ms: to limit", AT_MOST, 2, Ratio(HEADERS, 0, OURS, "limit")),
    ("headers of 4,000, 0 ms: ancestor to us", AT_LEAST, 4, Ratio(HEADERS, 0, "ancestor", OURS)),
    ("headers, TLS, 4,000, 50 ms: to limit", AT_MOST, 1.35, Ratio(HEADERS_TLS, 50, OURS, "limit")),
    ("refresh of 4,000: round trips", AT_MOST, 4, Trips(REFRESH)),
    ("refresh of 4,000, 50 ms: to limit", BELOW, 1, Ratio(REFRESH, 50, OURS, "limit")),
    ("refresh of 4,000, 50 ms: mpop to us", AT_LEAST, 1.8, Ratio(REFRESH, 50, "mpop", OURS)),
    ("delete 1,000 of 4,000, 50 ms: to limit", AT_MOST, 1.5, Ratio(DELETE, 50, OURS, "limit")),
    ("full download of 1,000, 20 ms: to limit", AT_MOST, 1.4, Ratio(FULL, 20, OURS, "limit")),
    ("full download of 1,000, 100 ms: to limit", AT_MOST, 1.4, Ratio(FULL, 100, OURS, "limit")),
    ("full download of 1,000, 0 ms: to limit", AT_MOST, 1.8, Ratio(FULL, 0, OURS, "limit")),
    ("headers of 20,000: peak memory, MB", AT_MOST, 40, Memory(MANY_HEADERS)),
)

WINDOW_PROMISES = (
    ("window, 100,000: first rows to an empty one", AT_MOST, 2, FirstPaint(100_000)),
    ("window, 100,000: stall by a search, ms", AT_MOST, 100, Stall(100_000, "search")),
    ("window, 100,000: stall by a sort, ms", AT_MOST, 100, Stall(100_000, "sort")),
    ("window, 100,000: stall by 1,000 new rows, ms", AT_MOST, 100, Stall(100_000, "1,000 new")),
    ("window, 100,000: memory, MB", AT_MOST, 250, WindowMemory(100_000)),
)


def measure_all(bench):
    """Each case once, with all who are compared in it, so that they take turns."""
    needs = {}
    for *_, value in PROMISES:
        for cell, names in value.needs().items():
            needs.setdefault(cell, set()).update(names)
    cells = {}
    for (case, rtt), names in needs.items():
        cells[case, rtt] = bench.measure(*case, [rtt], names)[rtt]
    return cells


def holds(how, value, target):
    if how == AT_MOST:
        return value <= target
    return value < target if how == BELOW else value >= target


def judge(what, how, target, measured):
    if measured is None:
        return [what, f"{how} {target:g}", "-", "not measured"]
    verdict = "pass" if holds(how, measured, target) else "FAIL"
    return [what, f"{how} {target:g}", f"{measured:.2f}", verdict]


def print_must_show(bench, windows):
    """Returns whether everything holds."""
    cells = measure_all(bench)
    rows = [judge(what, how, target, value.get(cells)) for what, how, target, value in PROMISES]
    for what, how, target, value in WINDOW_PROMISES:
        measured = value.get_of(windows) if windows.is_built() else None
        rows.append(judge(what, how, target, measured))
    print(f"\n{format_table(['', 'target', 'measured', ''], rows)}")
    return all(row[-1] == "pass" for row in rows)
