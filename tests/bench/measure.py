# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs contenders in turn, makes sure that they did their work, and keeps the medians."""

import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass

from contenders import Case
from servers import SCRATCH

# Who waits for each answer is run on so many round trips only, and the rest is reckoned.
SAMPLE_TRIPS = 500

# Connection, greeting, USER, PASS, list, QUIT.
FIXED_TRIPS = 6

# Every run stands alone: no keyring, no session, no settings of the user's.
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm",
    "GIO_USE_VFS": "local",
    "GSETTINGS_BACKEND": "memory",
}


def complain(contender, text):
    print(f"{contender.name} {text}", file=sys.stderr, flush=True)


@dataclass
class Result:
    """Medians: seconds, seconds of CPU, peak memory in MB."""

    wall: float
    cpu: float
    memory: float
    is_scaled: bool = False


class Bench:
    def __init__(self, server, contenders, folder, profiles, runs, budget):
        self.server = server
        self.contenders = contenders
        self.folder = folder
        self.profiles = profiles
        self.runs = runs
        self.budget = budget
        self.samples = {}

    def environment(self, folder):
        home = {name: folder for name in ("HOME", "XDG_RUNTIME_DIR", "TMPDIR", "FETCHMAILHOME")}
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            home[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())
        return dict(ENVIRONMENT, **home)

    def run(self, contender, command, folder):
        """Returns [seconds, seconds of CPU, KiB], and the counts of TOP, RETR and DELE."""
        output = os.path.join(self.folder, "output")
        runner = [os.path.join(contender.programs, "bench-run"), f"--output={output}"]
        runner += ["--terminal"] if contender.needs_terminal else []
        log_position = self.server.get_log_size()
        printed = subprocess.run(
            [*runner, "--", *command],
            env=self.environment(folder),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        ).stdout
        *costs, status = printed.split()
        counts = self.server.count_commands(log_position)
        if status != "0":
            with open(output, encoding="utf-8", errors="replace") as text:
                complain(contender, f"ended with {status}: {text.read()[-500:]}")
            return None, counts
        return [float(cost) for cost in costs], counts

    def make_case(self, work, size, count, tls, user, port, folder):
        server = self.server
        return Case(
            work, size, count, tls, user, port, server.password, server.ca_file, folder
        )

    def state(self, contender, work, tls, rtt):
        """Where it keeps what it knows; another port is another account to some."""
        port = "direct" if rtt == 0 else "proxy"
        return os.path.join(self.folder, "states", f"{contender.name}-{work}-{tls}-{port}")

    def prepare(self, contender, work, size, tls, rtt, user):
        folder = self.state(contender, work, tls, rtt)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        # The same port as later, but without its delay.
        port = self.server.get_port(tls, rtt)
        if rtt > 0:
            self.server.paths[tls].set_rtt(0)
        case = self.make_case(work, size, 0, tls, user, port, folder)
        command = contender.preparation(case)
        if command:
            self.run(contender, command, folder)

    def measure_once(self, contender, work, size, count, tls, rtt):
        user = SCRATCH
        if work == "delete":
            self.server.reset_scratch(size)
        elif work != "refresh":
            user = self.server.get_box(size)
        folder = os.path.join(self.folder, "state")
        shutil.rmtree(folder, ignore_errors=True)
        prepared = self.state(contender, work, tls, rtt)
        if os.path.isdir(prepared):
            shutil.copytree(prepared, folder)
        else:
            os.makedirs(folder)
        port = self.server.get_port(tls, rtt)
        case = self.make_case(work, size, count, tls, user, port, folder)
        costs, counts = self.run(contender, contender.command(case), folder)
        wanted = {"headers": (0, size), "full": (1, size), "delete": (2, count)}.get(work)
        if costs and wanted and counts[wanted[0]] < wanted[1]:
            complain(contender, f"did not do its work: TOP, RETR, DELE were {counts}")
            return None
        return costs

    def measure_sample(self, contender, work, size, count, tls, rtt):
        """A few hundred round trips of somebody who waits for each answer."""
        key = (contender.name, work, tls, rtt)
        n_sample = SAMPLE_TRIPS // contender.trips[work]
        n = count if work == "delete" else size
        if key not in self.samples:
            sample = (size, n_sample) if work == "delete" else (n_sample, 0)
            if work == "full":
                self.prepare(contender, work, n_sample, tls, rtt, self.server.get_box(n_sample))
            self.samples[key] = self.measure_once(contender, work, *sample, tls, rtt)
        if not self.samples[key]:
            return None
        wall, cpu, memory = self.samples[key]
        fixed = FIXED_TRIPS * rtt / 1000
        wall = fixed + (wall - fixed) * n / n_sample
        return Result(wall, cpu * n / n_sample, memory / 1024, True)

    def must_scale(self, contender, work, size, count, rtt):
        n = count if work == "delete" else size
        trips = n * contender.trips.get(work, 0)
        return trips > SAMPLE_TRIPS and trips * rtt / 1000 > self.budget

    def measure(self, work, size, count, tls, rtts, names=None):
        """Returns results by RTT and name, without those who failed."""
        contenders = [
            contender
            for contender in self.contenders
            if work in contender.works and (names is None or contender.name in names)
        ]
        self.prepare_all(work, size, count, tls, rtts, contenders)
        return {
            rtt: self.measure_cell(contenders, work, size, count, tls, rtt) for rtt in rtts
        }

    def prepare_all(self, work, size, count, tls, rtts, contenders):
        if work == "headers":
            return
        user = self.server.get_box(size)
        if work != "full":
            user = self.server.reset_scratch(size)
        ports = {rtt > 0: rtt for rtt in rtts}
        for rtt in ports.values():
            for contender in contenders:
                self.prepare(contender, work, size, tls, rtt, user)
        if work == "refresh" and count > 0:
            self.server.deliver(user, size + 1, size + count)

    def measure_cell(self, contenders, work, size, count, tls, rtt):
        """They take turns, and begin in turn."""
        results = {}
        waiting = []
        for contender in contenders:
            if self.must_scale(contender, work, size, count, rtt):
                sample = self.measure_sample(contender, work, size, count, tls, rtt)
                results[contender.name] = sample
            else:
                waiting.append(contender)
        runs = {contender.name: [] for contender in waiting}
        for i in range(self.runs):
            shift = i % max(len(waiting), 1)
            for contender in waiting[shift:] + waiting[:shift]:
                costs = self.measure_once(contender, work, size, count, tls, rtt)
                runs[contender.name].append(costs)
        for name, costs in runs.items():
            if all(costs):
                wall, cpu, memory = map(statistics.median, zip(*costs))
                results[name] = Result(wall, cpu, memory / 1024)
        return {contender.name: results.get(contender.name) for contender in contenders}
