# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window with many messages from its cache, on a screen that nobody looks at."""

import os
import shutil
import statistics
import subprocess

from tables import format_table

EMPTY = "empty window, first paint"
WITH_DISPLAY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib/with-display.sh")

# The screen's script empties these, and the program needs them.
FOLDERS = ("cache", "config", "data")

CLOCK = "/usr/bin/python3 -c 'import time; print(time.monotonic_ns() // 1000)'"


class Windows:
    def __init__(self, build, folder, runs):
        self.program = os.path.join(build, "tests", "bench", "bench-window")
        self.schemas = os.path.join(build, "data")
        self.folder = os.path.join(folder, "window")
        self.runs = runs
        self.results = {}

    def is_built(self):
        return os.path.exists(self.program)

    def run(self, *arguments):
        """Returns what it printed, by name."""
        home = [f"XDG_{name.upper()}_HOME={self.folder}/{name}" for name in FOLDERS]
        settings = ["GTK_A11Y=none", "GIO_USE_VFS=local", f"GSETTINGS_SCHEMA_DIR={self.schemas}"]
        # The time is taken on the screen, when that is there.
        script = f'export BENCH_START=$({CLOCK}); exec "$@"'
        done = subprocess.run(
            ["sh", WITH_DISPLAY, "env", *home, *settings, "sh", "-c", script, "sh", self.program]
            + [str(argument) for argument in arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
            text=True,
        )
        lines = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
        return {name: float(value) for name, value in lines}

    def measure(self, size):
        if size in self.results:
            return self.results[size]
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.run("fill", size)
        runs = []
        for _ in range(self.runs):
            empty = self.run("empty")
            runs.append(dict({EMPTY: empty["first paint"]}, **self.run("show")))
        names = [name for name in runs[0] if all(name in run for run in runs)]
        medians = {name: statistics.median(run[name] for run in runs) for name in names}
        self.results[size] = medians
        shutil.rmtree(self.folder)
        return medians


def find_longest_stall(results, beginnings):
    return max(
        value
        for name, value in results.items()
        if name.endswith(", stall") and name.startswith(beginnings)
    )


def print_windows(windows, sizes):
    if not windows.is_built():
        print("\nThe window is not measured: it was built without GTK.")
        return
    results = [windows.measure(size) for size in sizes]
    rows = [
        [name] + [f"{result[name]:.0f}" if name in result else "-" for result in results]
        for name in results[-1]
    ]
    ratios = [result["rows painted"] / result[EMPTY] for result in results]
    rows.append(["rows painted, to the empty window"] + [f"{ratio:.2f}" for ratio in ratios])
    print("\n### The window: ms, and MB of memory\n")
    print(format_table(["messages", *(f"{size:,}" for size in sizes)], rows), flush=True)
