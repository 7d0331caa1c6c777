#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""crash.py CLI SERVER SETTINGS [--runs N] [--seed S]

Kills restante-cli (SIGKILL) at random moments of refreshes, deletes, and of saving accounts.ini, and
looks after each what is on disk and on the server: each file is its old or its new state, what a
receipt calls deleted is gone, and its copy is kept to the byte; what it calls not deleted is there;
and the next start settles what it calls unknown. Then the same operations on a full disk and in folders that cannot be
written: nothing is lost, and it is said in words. Every run is named by its seed.
"""
import argparse
import configparser
import json
import os
import poplib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

N_MESSAGES = 60
SETTINGS = """# kept
[work]
name=Work
host=127.0.0.1
port={port}
security=none
user=demo
password-file={secret}
keep-session=0

[crash]
name=old
host=127.0.0.1
user=demo
"""


class Fault(Exception):
    pass


class Home:
    """Folders of the user's, and what runs in them."""

    def __init__(self, programs, folder):
        self.cli, self.server_program, self.settings_program = programs
        self.folder = folder
        self.server = None
        self.environment = dict(os.environ, HOME=folder, LC_ALL="C.UTF-8", GSETTINGS_BACKEND="memory",
                                GIO_USE_PROXY_RESOLVER="dummy", GIO_USE_VFS="local")
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            path = os.path.join(folder, name.lower())
            os.makedirs(path, 0o700, exist_ok=True)
            self.environment[f"XDG_{name}_HOME"] = path
        self.accounts = os.path.join(folder, "config/restante/accounts.ini")
        self.data = os.path.join(folder, "data/restante")

    def start_server(self):
        self.stop_server()
        ports = os.path.join(self.folder, "ports")
        if os.path.exists(ports):
            os.unlink(ports)
        self.server = subprocess.Popen([self.server_program, f"--count={N_MESSAGES}",
                                        f"--port-file={ports}"],
                                       stdout=subprocess.DEVNULL, env=self.environment)
        while not (os.path.exists(ports) and open(ports, encoding="ascii").read().endswith("\n")):
            if self.server.poll() is not None:
                raise Fault("the server does not start")
            time.sleep(0.01)
        self.port = int(open(ports, encoding="ascii").read().split()[0])
        secret = os.path.join(self.folder, "secret")
        with open(secret, "w", encoding="ascii") as file:
            file.write("demo\n")
        os.makedirs(os.path.dirname(self.accounts), 0o700, exist_ok=True)
        with open(self.accounts, "w", encoding="ascii") as file:
            file.write(SETTINGS.format(port=self.port, secret=secret))

    def stop_server(self):
        if self.server:
            self.server.kill()
            self.server.wait()
            self.server = None

    def look(self, wanted=()):
        """What the server has, as anybody can see: all unique-ids, and the messages of some."""
        for _ in range(100):
            try:
                pop = poplib.POP3("127.0.0.1", self.port, timeout=10)
                pop.user("demo")
                pop.pass_("demo")
                rows = [line.decode().split() for line in pop.uidl()[1]]
                messages = {uid: b"".join(line + b"\r\n" for line in pop.retr(int(number))[1])
                            for number, uid in rows if uid in wanted}
                pop.quit()
                return {uid for _, uid in rows}, messages
            except poplib.error_proto:  # the session of who was killed still holds the maildrop
                time.sleep(0.02)
        raise Fault("the server lets nobody in")

    def uids(self):
        return self.look()[0]

    def command(self, *words):
        return [self.cli, "--account", "work", *words]

    def run(self, *words):
        return subprocess.run(self.command(*words), env=self.environment, capture_output=True,
                              text=True, timeout=60, check=False)

    def list(self):
        result = self.run("list", "--json")
        if result.returncode != 0:
            raise Fault(f"list: {result.stderr}")
        return [json.loads(line) for line in result.stdout.splitlines()], result.stderr

    def kill(self, delay, command):
        """Runs a command, and kills it after a while; returns whether it was killed."""
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(delay)
                return False
            except subprocess.TimeoutExpired:
                process.kill()
                return True

    def receipts(self):
        """Pairs of unique-id and outcome, oldest first."""
        path = os.path.join(self.data, "work", "receipts.sqlite")
        if not os.path.exists(path):
            return []
        with sqlite3.connect(path) as database:
            if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").fetchone():
                return []  # killed when it was made
            return [(uid.decode() if uid else None, outcome) for uid, outcome in database.execute(
                "SELECT uid, outcome FROM entry ORDER BY receipt, position")]

    def copies(self):
        """By unique-id, the newest copy that a receipt of a delete names."""
        path = os.path.join(self.data, "work", "receipts.sqlite")
        with sqlite3.connect(path) as database:
            return {uid.decode(): bytes(copy) for uid, copy in database.execute(
                "SELECT uid, bytes FROM entry JOIN copy ON copy.id = entry.copy ORDER BY receipt")}

    def check_files(self):
        for folder, _, names in os.walk(self.folder):
            for name in names:
                if not name.endswith(".sqlite"):
                    continue
                path = os.path.join(folder, name)
                with sqlite3.connect(path) as database:
                    verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
                if verdict != "ok":
                    raise Fault(f"{path}: {verdict}")
        with open(self.accounts, encoding="ascii") as file:
            text = file.read()
        settings = configparser.ConfigParser()
        settings.read_string(text)
        if not text.startswith("# kept\n") or settings["work"]["port"] != str(self.port) or \
                settings["crash"]["name"] not in ("old", "new"):
            raise Fault(f"accounts.ini is neither old nor new:\n{text}")


OUTCOMES = {0: "not deleted", 1: "deleted", 2: "unknown"}


class Run:
    """Many crashes, one after the other."""

    def __init__(self, home, random_numbers):
        self.home = home
        self.random = random_numbers
        self.counts = {"killed": 0, "finished": 0, "unknown": 0, "deleted": 0}
        self.durations = {}

    def crash(self, what, command):
        """Kills at any moment of what it takes to finish, which is found out on the way."""
        longest = self.durations.get(what, 0.2)
        delay = self.random.uniform(0, 1.2 * longest)
        begin = time.monotonic()
        killed = self.home.kill(delay, command)
        if not killed:
            self.durations[what] = time.monotonic() - begin
        elif delay > longest:
            self.durations[what] = 1.5 * longest
        self.counts["killed" if killed else "finished"] += 1

    def refresh(self):
        if self.random.random() < 0.5:
            shutil.rmtree(os.path.join(self.home.folder, "cache"), ignore_errors=True)
        self.crash("refresh", self.home.command("list"))
        self.home.check_files()

    def save_settings(self):
        self.home.kill(self.random.uniform(0, 0.1),
                       [self.home.settings_program, self.home.accounts])
        self.counts["killed"] += 1
        self.home.check_files()

    def delete(self):
        home = self.home
        rows, _ = home.list()
        if len(rows) < 5:
            raise Fault(f"only {len(rows)} messages are left")
        chosen = self.random.sample(rows, self.random.randint(1, min(4, len(rows) - 1)))
        wanted = {row["uid"] for row in chosen}
        before, messages = home.look(wanted)
        n_entries = len(home.receipts())
        self.crash("delete", home.command("delete", "--yes", *(str(row["row"]) for row in chosen)))
        home.check_files()
        after = home.uids()
        gone = before - after
        if gone - wanted:
            raise Fault(f"deleted, and not chosen: {gone - wanted}")
        if gone not in (set(), wanted):
            raise Fault(f"deleted in part: {gone} of {wanted}")
        entries = home.receipts()[n_entries:]
        self.compare(entries, after, gone)
        copies = home.copies() if gone else {}
        for uid in gone:
            if copies.get(uid) != messages[uid]:
                raise Fault(f"{uid} is deleted, and there is no copy of it")
        was_unknown = any(OUTCOMES[outcome] == "unknown" for _, outcome in entries)
        rows, said = home.list()
        if {row["uid"] for row in rows} != after:
            raise Fault("the next start shows another list than the server's")
        entries = home.receipts()[n_entries:]
        if any(OUTCOMES[outcome] == "unknown" for _, outcome in entries):
            raise Fault(f"the next start has not settled {entries}")
        if was_unknown and not said.strip():
            raise Fault("the next start does not say what has become of the messages")
        self.compare(entries, after, gone)
        self.counts["unknown"] += was_unknown
        self.counts["deleted"] += bool(gone)

    @staticmethod
    def compare(entries, after, gone):
        for uid, outcome in entries:
            claim = OUTCOMES[outcome]
            if claim == "deleted" and uid in after or claim == "not deleted" and uid not in after:
                raise Fault(f"{uid} is {claim}, says the receipt, and it is not")
        if gone - {uid for uid, _ in entries}:
            raise Fault(f"no receipt for {gone}")

    def step(self, number):
        if number % 12 == 0:
            self.home.start_server()
            shutil.rmtree(os.path.join(self.home.folder, "cache"), ignore_errors=True)
            shutil.rmtree(self.home.data, ignore_errors=True)
        self.random.choice([self.refresh, self.delete, self.delete, self.save_settings])()


def expect(result, what, words):
    """A failure that is told in words, the first time and with a way out."""
    if result.returncode == 0 or not any(word in result.stderr.lower() for word in words):
        raise Fault(f"{what}: status {result.returncode}, “{result.stderr.strip()}”")
    print(f"# {what}: {result.stderr.strip().splitlines()[-1]}")


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def check_unwritable(home, what, make, undo, words):
    """Where @make has let nothing be written any more: nothing is lost."""
    home.start_server()
    shutil.rmtree(os.path.join(home.folder, "cache"), ignore_errors=True)
    home.list()
    before = home.uids()
    old = open(home.accounts, encoding="ascii").read()
    for name in ("data", "cache", "config", "save"):
        folder = os.path.join(home.folder, name)
        os.makedirs(folder, exist_ok=True)
        make(folder)
        try:
            if name == "data":
                expect(home.run("delete", "--yes", "1", "2"), f"{what}, delete", words)
            elif name == "cache":
                result = home.run("list")
                if result.returncode != 0 or len(result.stdout.splitlines()) < N_MESSAGES:
                    raise Fault(f"{what}, list: {result.returncode} {result.stderr}")
            elif name == "config":
                expect(subprocess.run([home.settings_program, home.accounts, "1"],
                                      env=home.environment, capture_output=True, text=True,
                                      check=False), f"{what}, settings", words)
            else:
                path = os.path.join(folder, "kept.mbox")
                expect(home.run("save", "1-60", "--to", path), f"{what}, save", words)
                if os.path.exists(path) and os.path.getsize(path) > 0:
                    raise Fault(f"{what}, save: part of a file was left")
        finally:
            undo(folder)
    if home.uids() != before:
        raise Fault(f"{what}: messages are gone")
    if open(home.accounts, encoding="ascii").read() != old:
        raise Fault(f"{what}: accounts.ini has changed")
    home.check_files()


def fill_disk(folder):
    """A small disk over the folder, with what was in it, and then no room any more."""
    copy = tempfile.mkdtemp()
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    mount("-t", "tmpfs", "-o", "size=4m,mode=700", "none", folder)
    shutil.copytree(copy, folder, dirs_exist_ok=True)
    shutil.rmtree(copy)
    try:
        with open(os.path.join(folder, "filler"), "wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
    except OSError:
        pass


def protect(folder):
    mount("--bind", folder, folder)
    mount("-o", "remount,bind,ro", folder)


def unmount(folder):
    subprocess.run(["umount", folder], check=True)


def check_disks(home):
    check_unwritable(home, "full disk", fill_disk, unmount, ("full", "no space", "space left"))
    check_unwritable(home, "read-only", protect, unmount, ("read-only", "read only"))


def can_mount():
    """In a mount namespace of its own; as root, or as root of a user namespace."""
    for words in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        if subprocess.run([*words, "mount", "-t", "tmpfs", "none", "/tmp"], check=False,
                          capture_output=True).returncode == 0:
            return words
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disks", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    programs = [os.path.abspath(program) for program in options.programs]

    with tempfile.TemporaryDirectory() as folder:
        home = Home(programs, folder)
        try:
            if options.disks:
                check_disks(home)
                return 0
            run = Run(home, random.Random(options.seed))
            for number in range(options.runs):
                try:
                    run.step(number)
                except Fault as fault:
                    print(f"run {number} of seed {options.seed}: {fault}")
                    return 1
            print(f"{options.runs} runs, seed {options.seed}: "
                  + ", ".join(f"{count} {name}" for name, count in run.counts.items()))
        except Fault as fault:
            print(fault)
            return 1
        finally:
            home.stop_server()
    unshare = can_mount()
    if not unshare:
        print("NOT CHECKED: full disks and read-only folders; nothing can be mounted here")
        return 77  # skipped, and counted so
    return subprocess.run([*unshare, sys.executable, __file__, *programs, "--disks"],
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
