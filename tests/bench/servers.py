# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""A private Dovecot with mailboxes of made-up mail, and the paths that lead to it."""

import glob
import os
import re
import shutil
import subprocess
import time

SCRATCH = "scratch"
LOGGED_OUT = re.compile(r"Disconnected: .*top=(\d+)/\d+, retr=(\d+)/\d+, del=(\d+)/")


class Path:
    """A delay proxy before one port of the server's."""

    def __init__(self, program, port):
        self.process = subprocess.Popen(
            [program, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self.process.stdout.readline().split()[1])

    def set_rtt(self, milliseconds):
        self.process.stdin.write(f"{round(milliseconds * 500)}\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Server:
    """Mailboxes are called by their size, "box4000"; "scratch" is for those who change it."""

    def __init__(self, programs, folder, sizes):
        self.programs = programs
        self.corpus = os.path.join(folder, "corpus")
        self.users = [f"box{size}" for size in sizes] + [SCRATCH]
        self.filled = set()
        run = os.path.join(folder, "run")
        shutil.rmtree(run, ignore_errors=True)
        os.makedirs(run)
        os.makedirs(self.corpus, exist_ok=True)
        os.chmod(folder, 0o755)
        os.chmod(run, 0o711)
        self.process = subprocess.Popen(
            [os.path.join(programs, "bench-dovecot"), *self.users],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ, TMPDIR=run),
        )
        line = self.process.stdout.readline().rstrip("\n")
        port, tls_port, self.password, self.ca_file = line.split(" ", 3)
        self.ports = {False: int(port), True: int(tls_port)}
        self.folder = os.path.dirname(glob.glob(os.path.join(run, "*", "dovecot.conf"))[0])
        self.log = os.path.join(self.folder, "log")
        proxy = os.path.join(programs, "delay-proxy")
        self.paths = {tls: Path(proxy, port) for tls, port in self.ports.items()}

    def close(self):
        for path in self.paths.values():
            path.close()
        self.process.stdin.close()
        self.process.wait()

    def get_port(self, tls, rtt):
        """No proxy without a delay: it would cost more than it shows."""
        if rtt == 0:
            return self.ports[tls]
        self.paths[tls].set_rtt(rtt)
        return self.paths[tls].port

    def maildir(self, user):
        return os.path.join(self.folder, "mail", user, "Maildir")

    def give_away(self, path, maildir):
        if os.getuid() == 0:
            owner = os.stat(maildir)
            os.chown(path, owner.st_uid, owner.st_gid)

    def deliver(self, user, first, last):
        subprocess.run(
            [os.path.join(self.programs, "bench-corpus"), self.corpus, str(first), str(last)],
            check=True,
        )
        new = os.path.join(self.maildir(user), "new")
        for i in range(first, last + 1):
            name = f"{1577836800 + i * 2400}.M{i}P1.bench"
            os.link(os.path.join(self.corpus, f"{i:06}"), os.path.join(new, name))
        self.warm(user)

    def warm(self, user):
        """Has the server look at what is there, so that it has its index when it counts."""
        subprocess.run(
            [
                os.path.join(self.programs, "limit"),
                f"--port={self.ports[False]}",
                f"--user={user}",
                f"--password={self.password}",
                "list",
            ],
            check=True,
        )

    def get_box(self, size):
        user = f"box{size}"
        if user not in self.filled:
            self.deliver(user, 1, size)
            self.filled.add(user)
        return user

    def reset_scratch(self, size):
        """Makes it the mailbox of that size, with its unique-ids and the server's index."""
        source = self.maildir(self.get_box(size))
        target = self.maildir(SCRATCH)
        for name in os.listdir(target):
            path = os.path.join(target, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        for name in os.listdir(source):
            path = os.path.join(target, name)
            if os.path.isdir(os.path.join(source, name)):
                os.mkdir(path, 0o700)
                for mail in os.listdir(os.path.join(source, name)):
                    os.link(os.path.join(source, name, mail), os.path.join(path, mail))
            else:
                shutil.copy2(os.path.join(source, name), path)
            self.give_away(path, target)
        return SCRATCH

    def get_log_size(self):
        return os.path.getsize(self.log)

    def count_commands(self, log_position):
        """How many TOP, RETR and DELE were asked for since, once all sessions have ended."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            with open(self.log, encoding="utf-8", errors="replace") as log:
                log.seek(log_position)
                text = log.read()
            counts = LOGGED_OUT.findall(text)
            if counts and len(counts) >= text.count(": Login: "):
                break
            time.sleep(0.005)
        return [sum(int(count[i]) for count in counts) for i in range(3)] if counts else [0, 0, 0]
