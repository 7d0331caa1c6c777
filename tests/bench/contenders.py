# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is measured, and how each is told to do the same work.

Works are "headers" (all, nothing known), "refresh" (with so many new), "delete" (the oldest so
many, verified) and "full" (whole messages). What a contender knows from an earlier run is what it
left in its folder when it was prepared.
"""

import os
import shutil
import sys
from dataclasses import dataclass


@dataclass
class Case:
    """One run: what a contender has to know."""

    work: str
    size: int
    count: int
    tls: bool
    user: str
    port: int
    password: str
    ca_file: str
    folder: str

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o600)
        return path

    def path(self, name):
        return os.path.join(self.folder, name)


class Contender:
    works = ("headers", "refresh", "delete", "full")
    package = None
    needs_terminal = False
    # Round trips for each message of a work; 0 where it does not wait for each.
    trips = {}

    def __init__(self, programs, cli):
        self.programs = programs
        self.cli = cli

    def is_installed(self):
        return self.package is None or shutil.which(self.package) is not None

    def preparation(self, case):
        """The command of an earlier run, or None."""
        return None

    def command(self, case):
        raise NotImplementedError


class Restante(Contender):
    name = "restante-cli"

    def base(self, case):
        options = ["--host=127.0.0.1", f"--port={case.port}", f"--user={case.user}"]
        options += ["--password-file", case.write("password", case.password + "\n")]
        security = ["--security=tls", "--ca-file", case.ca_file]
        return [self.cli, *options, *(security if case.tls else ["--security=none"])]

    def preparation(self, case):
        return None if case.work == "headers" else [*self.base(case), "list"]

    def command(self, case):
        if case.work == "delete":
            return [*self.base(case), "delete", f"1-{case.count}", "--yes", "--no-copy"]
        if case.work == "full":
            return [*self.base(case), "save", f"1-{case.size}", "--to", case.path("mbox")]
        return [*self.base(case), "list"]


class Limit(Contender):
    name = "limit"

    def base(self, case):
        options = [f"--port={case.port}", f"--user={case.user}", f"--password={case.password}"]
        return [os.path.join(self.programs, "limit"), *options, *(["--tls"] if case.tls else [])]

    def command(self, case):
        if case.work == "full":
            return [*self.base(case), "retrieve"]
        if case.work == "refresh" and case.count == 0:
            return [*self.base(case), "list"]
        return [*self.base(case), "delete" if case.work == "delete" else "headers", str(case.count)]


class OneFlight(Limit):
    """With the fewest round trips that POP3 allows."""

    name = "one flight"
    works = ("refresh",)

    def base(self, case):
        return [*super().base(case), "--one-flight"]


class Ancestor(Contender):
    name = "ancestor"
    trips = {"headers": 1, "full": 1, "delete": 2}

    def base(self, case, work):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ancestor.py")
        options = [f"--port={case.port}", f"--user={case.user}", f"--password={case.password}"]
        options += ["--ca-file", case.ca_file] if case.tls else []
        return [sys.executable, script, work, *options]

    def preparation(self, case):
        if case.work in ("headers", "full"):
            return None
        return [*self.base(case, "headers"), "--memory", case.path("memory")]

    def command(self, case):
        command = [*self.base(case, case.work), f"--count={case.count}"]
        if case.work in ("refresh", "delete"):
            command += ["--memory", case.path("memory")]
        return command


class Mpop(Contender):
    name = package = "mpop"
    works = ("refresh", "full")

    def command(self, case):
        tls = f"tls on\ntls_starttls off\ntls_trust_file {case.ca_file}\n"
        settings = case.write(
            "mpoprc",
            "account default\n"
            f"host 127.0.0.1\nport {case.port}\nauth user\n"
            f'user "{case.user}"\npassword "{case.password}"\n'
            f"{tls if case.tls else 'tls off'}\n"
            f"keep on\nonly_new {'on' if case.work == 'refresh' else 'off'}\n"
            f"uidls_file {case.path('uidls')}\n"
            f"delivery mbox {case.path('mbox')}\n",
        )
        return ["mpop", f"--file={settings}", "--quiet"]

    def preparation(self, case):
        return self.command(case) if case.work == "refresh" else None


class NeoMutt(Contender):
    name = package = "neomutt"
    works = ("headers", "refresh")
    needs_terminal = True
    trips = {"headers": 2}

    def command(self, case):
        settings = case.write(
            "neomuttrc",
            f'set pop_user="{case.user}"\nset pop_pass="{case.password}"\n'
            f'set folder="{case.folder}"\nset tmpdir="{case.folder}"\n'
            f'set certificate_file="{case.ca_file}"\nset ssl_force_tls=no\nset ssl_starttls=no\n'
            f'set header_cache="{case.path("header-cache")}"\n'
            "set sleep_time=0\nset spoolfile=\nset pop_delete=no\nset quit=yes\nset mark_old=no\n",
        )
        os.makedirs(case.path("header-cache"), exist_ok=True)
        address = f"{'pops' if case.tls else 'pop'}://{case.user}@127.0.0.1:{case.port}/"
        return ["neomutt", "-n", "-F", settings, "-f", address, "-e", "push <exit>"]

    def preparation(self, case):
        return self.command(case) if case.work == "refresh" else None


class Fetchmail(Contender):
    name = package = "fetchmail"
    works = ("refresh", "full")
    trips = {"full": 2}

    def command(self, case):
        tls = "ssl no sslcertck" if case.tls else "sslproto ''"
        settings = case.write(
            "fetchmailrc",
            f"poll 127.0.0.1 protocol pop3 port {case.port} uidl no dns\n"
            f'  user "{case.user}" password "{case.password}" keep {tls}\n'
            f'  {"fetchall" if case.work == "full" else ""} bsmtp "{case.path("bsmtp")}"\n',
        )
        options = ["--silent", "--nosyslog", "--fetchmailrc", settings]
        options += ["--idfile", case.path("ids"), "--pidfile", case.path("pid")]
        # 1 says that there was nothing new.
        return ["sh", "-c", '"$@" || [ $? -eq 1 ]', "sh", "fetchmail", *options]

    def preparation(self, case):
        return self.command(case) if case.work == "refresh" else None


ALL = (Restante, Limit, OneFlight, Ancestor, Mpop, NeoMutt, Fetchmail)
