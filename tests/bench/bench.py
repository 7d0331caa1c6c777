#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures restante-cli beside other clients, and prints tables: see tests/bench.sh."""

import argparse
import os
import shutil
import sys
import tempfile

import contenders
from instructions import print_instructions
from measure import SAMPLE_TRIPS, Bench
from mustshow import print_must_show
from servers import Server
from tables import print_results
from windows import Windows, print_windows

WORKS = ("headers", "refresh", "delete", "full")
TABLES = (*WORKS, "cpu", "window")

# Sizes of mailboxes, and what --count counts.
SIZES = {
    "headers": [1000, 4000, 20000],
    "refresh": [4000],
    "delete": [4000],
    "full": [1000],
}
CPU_SIZES = [1000, 4000]
WINDOW_SIZES = [1000, 100_000, 1_000_000]
COUNTS = {"headers": [0], "refresh": [0, 100], "delete": [1, 20, 1000], "full": [0]}
RTTS = [0, 20, 50, 100]

# Where clients write: in memory if there is room, so that no disk is measured.
MEMORY = "/dev/shm"
ROOM = 1 << 30


def numbers(text):
    return [int(word.replace("_", "")) for word in text.split(",")]


def parse_options():
    parser = argparse.ArgumentParser(prog="tests/bench.sh")
    parser.add_argument("table", nargs="*", help=f"of {', '.join(TABLES)}; all without one")
    parser.add_argument("--count", type=numbers, help="sizes of mailboxes: 1000,4000")
    parser.add_argument("--new", type=numbers, help="messages that are new at a refresh")
    parser.add_argument("--deleted", type=numbers, help="messages to delete")
    parser.add_argument("--rtt", type=numbers, default=RTTS, help="round-trip times in ms")
    parser.add_argument("--tls", action="store_true", help="with TLS only")
    parser.add_argument("--plain", action="store_true", help="without TLS only")
    parser.add_argument("--with", dest="names", help="contenders, by name: restante-cli,limit")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is taken")
    parser.add_argument(
        "--budget", type=float, default=15, help="seconds that one run may wait for round trips"
    )
    parser.add_argument("--must-show", action="store_true", help="only what is promised")
    parser.add_argument("--folder", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    for name in options.table:
        if name not in TABLES:
            parser.error(f"there is no table “{name}”")
    return options


def find_contenders(options):
    programs = os.path.join(options.build, "tests", "bench")
    cli = os.path.join(options.build, "src", "cli", "restante-cli")
    everybody = [contender(programs, cli) for contender in contenders.ALL]
    if options.names:
        wanted = options.names.split(",")
        everybody = [contender for contender in everybody if contender.name in wanted]
    present = [contender for contender in everybody if contender.is_installed()]
    return present, [contender for contender in everybody if contender not in present]


def get_counts(options, work):
    chosen = {"refresh": options.new, "delete": options.deleted}.get(work)
    return chosen or COUNTS[work]


def print_work(bench, work, options, absent):
    missing = [contender.name for contender in absent if work in contender.works]
    securities = [tls for tls in (False, True) if not (options.plain if tls else options.tls)]
    for tls in securities:
        sizes = options.count or ([4000] if tls and work == "headers" else SIZES[work])
        for size in sizes:
            for count in get_counts(options, work):
                results = bench.measure(work, size, count, tls, options.rtt)
                print_results(work, size, count, tls, results, missing)


def choose_folder(options):
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room else options.folder


def print_tables(options, server, present, absent, folder):
    windows = Windows(options.build, folder, options.runs)
    bench = Bench(server, present, folder, options.build, options.runs, options.budget)
    if options.must_show:
        return print_must_show(bench, windows)
    for table in options.table or TABLES:
        if table == "cpu":
            print_instructions(bench, options.count or CPU_SIZES)
        elif table == "window":
            print_windows(windows, options.count or WINDOW_SIZES)
        else:
            print_work(bench, table, options, absent)
    return True


def main():
    options = parse_options()
    present, absent = find_contenders(options)
    programs = os.path.join(options.build, "tests", "bench")
    sizes = {size for work in WORKS for size in options.count or SIZES[work]} | set(CPU_SIZES)
    sizes |= {SAMPLE_TRIPS // trips for who in present for trips in who.trips.values()}
    if options.must_show:
        sizes |= {size for work in WORKS for size in SIZES[work]}
    server = Server(programs, options.folder, sorted(sizes))
    try:
        with tempfile.TemporaryDirectory(prefix="rst-bench.", dir=choose_folder(options)) as folder:
            return 0 if print_tables(options, server, present, absent, folder) else 1
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
