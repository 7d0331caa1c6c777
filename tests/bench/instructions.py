# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a header costs the client, in instructions: callgrind counts them, on any machine."""

import os
import re
import shutil
import subprocess

from tables import format_table

TOTAL = re.compile(r"Collected : (\d+)")


def count_instructions(bench, contender, size, tls):
    folder = os.path.join(bench.folder, "state")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    user = bench.server.get_box(size)
    port = bench.server.get_port(tls, 0)
    case = bench.make_case("headers", size, 0, tls, user, port, folder)
    profile = f"callgrind.{contender.name}.{size}.{'tls' if tls else 'plain'}"
    profile = os.path.join(bench.profiles, profile)
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}"]
    done = subprocess.run(
        [*valgrind, *contender.command(case)],
        env=bench.environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(TOTAL.search(done.stderr).group(1)), profile


def print_instructions(bench, sizes):
    if not shutil.which("valgrind"):
        print("\nInstructions are not counted: valgrind is not installed.")
        return
    low, high = min(sizes), max(sizes)
    rows = []
    for contender in bench.contenders:
        for tls in (False, True) if contender.name in ("restante-cli", "limit") else ():
            few, _ = count_instructions(bench, contender, low, tls)
            many, profile = count_instructions(bench, contender, high, tls)
            each = (many - few) / (high - low) if high > low else many / high
            start = few - each * low
            name = f"{contender.name}{', TLS' if tls else ''}"
            rows.append([name, f"{each:,.0f}", f"{start / 1e6:,.1f}", profile])
    print("\n### Instructions of the client\n")
    print(format_table(["", "a header", "besides, millions", "profile"], rows), flush=True)
