#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""interop.py CLI SERVER...: what each server can do, and whether restante-cli is right on it"""
import json
import os
import poplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.environ["INTEROP_WORK"]
SUBJECTS = ["plain", "dots", "no final newline", "8bit", "long line", "empty body", "nul", "twin",
            "twin"]
COLUMNS = ["server", "CAPA", "TOP", "UIDL", "STLS", "PIPELINING", "sizes exact", "UIDs of equal mail",
           "second session", "read", "deleted"]
poplib._MAXLINE = 100000


class Server:
    """A server in namespaces of its own; all that it runs ends with it."""

    def __init__(self, name):
        self.has_utf8 = False
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        os.makedirs(os.path.join(WORK, "run"), exist_ok=True)
        self.process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private",
             "bash", os.path.join(HERE, "root.sh"), name, str(self.port)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        said = []
        for line in self.process.stdout:
            if line.strip() == f"ready {self.port}":
                break
            said.append(line)
        else:
            raise RuntimeError(f"{name} does not start:\n{''.join(said)}")
        os.set_blocking(self.process.stdout.fileno(), False)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def login(self):
        """Another client."""
        for _ in range(50):
            try:
                pop = poplib.POP3("127.0.0.1", self.port, timeout=15)
                pop.user("bob")
                pop.pass_("test")
                if self.has_utf8:
                    attempt(pop._shortcmd, "UTF8")  # else Courier replaces mail that has raw bytes
                return pop
            except poplib.error_proto:  # [IN-USE]: the last session is being ended
                time.sleep(0.2)
        raise RuntimeError("nobody is let in")


def capabilities(pop):
    try:
        return pop.capa()
    except poplib.error_proto:
        return None


def attempt(command, *arguments):
    try:
        command(*arguments)
        return True
    except (poplib.error_proto, ssl.SSLError, OSError):
        return False


def second_session(server):
    first = server.login()
    try:
        second = poplib.POP3("127.0.0.1", server.port, timeout=3)
        second.user("bob")
        second.pass_("test")
        second.quit()
        return "let in"
    except poplib.error_proto:
        return "refused"
    except OSError:
        return "waits"
    finally:
        attempt(first.quit)


def whole(pop, number):
    return b"\r\n".join(pop.retr(number)[1]) + b"\r\n"


def probe(server):
    """What the server can do, as found by doing it."""
    pop = poplib.POP3("127.0.0.1", server.port, timeout=15)
    known = capabilities(pop)
    tls = ssl.create_default_context(cafile=os.path.join(WORK, "cert.pem"))
    tls.check_hostname = False
    stls = known is not None and "STLS" in known and attempt(pop.stls, tls)
    pop.close()
    pop = server.login()
    known = capabilities(pop) if known is not None else None
    server.has_utf8 = known is not None and "UTF8" in known
    sizes = [int(line.split()[1]) for line in pop.list()[1]]
    exact = sum(len(whole(pop, i + 1)) == size for i, size in enumerate(sizes))
    uids = [line.split()[1] for line in pop.uidl()[1]]
    row = {
        "CAPA": "yes" if known is not None else "no",
        "TOP": "yes" if attempt(pop.top, 1, 0) else "no",
        "UIDL": "yes" if uids else "no",
        "STLS": "yes" if stls else "no",
        "PIPELINING": "yes" if known and "PIPELINING" in known else "no",
        "sizes exact": f"{exact} of {len(sizes)}",
        "UIDs of equal mail": "equal" if uids[-1] == uids[-2] else "differ",
    }
    attempt(pop.quit)
    row["second session"] = second_session(server)
    return row


class Client:
    """restante-cli, with folders of its own."""

    def __init__(self, cli, server, folder, uses_tls):
        secret = os.path.join(folder, "secret")
        with open(secret, "w", encoding="ascii") as file:
            file.write("test\n")
        self.command = [cli, "--host", "localhost" if uses_tls else "127.0.0.1", "--port",
                        str(server.port), "--user", "bob", "--password-file", secret,
                        "--security", "starttls" if uses_tls else "none",
                        "--ca-file", os.path.join(WORK, "cert.pem")]
        self.environment = dict(os.environ, HOME=folder, GIO_USE_PROXY_RESOLVER="dummy",
                                GSETTINGS_BACKEND="memory")
        for name in ("CONFIG", "DATA", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = os.path.join(folder, name)

    def run(self, *words, status=0):
        for _ in range(20):
            result = subprocess.run([*self.command, *words], env=self.environment, check=False,
                                    capture_output=True, timeout=120)
            if b"in use" not in result.stderr.lower():  # by the other client, until it is gone
                break
            time.sleep(0.5)
        if result.returncode != status:
            raise AssertionError(f"{' '.join(words)}: status {result.returncode}, "
                                 f"{result.stderr.decode(errors='replace').strip()}")
        return result.stdout

    def list(self):
        return [json.loads(line) for line in self.run("list", "--json").splitlines()]


def check(truth, what):
    if not truth:
        raise AssertionError(what)


def plain(subject):
    """Cyrus puts an X in the place of a raw byte."""
    return "8bit" if subject.startswith("8bit ") else subject


def subjects_of(server):
    pop = server.login()
    count = pop.stat()[0]
    found = []
    for number in range(1, count + 1):
        for line in pop.retr(number)[1]:
            if line.lower().startswith(b"subject: "):
                found.append(plain(line[9:].decode("utf-8", "replace")))
                break
    attempt(pop.quit)
    return found


def delete_elsewhere(server, subject):
    """The other client deletes the first message of this subject."""
    position = subjects_of(server).index(subject)
    pop = server.login()
    pop.dele(position + 1)
    pop.quit()


def read_scenario(client, server):
    """Every message is shown as the server has it; also when the numbers have moved."""
    rows = client.list()
    check([plain(row["subject"]) for row in rows] == SUBJECTS, f"list: {[r['subject'] for r in rows]}")
    expected = {}
    for row in rows[:-2]:
        expected[row["subject"]] = client.run("show", str(row["row"]), "--raw")
        check(b"Message-ID: <%d@" % (row["row"] - 1) in expected[row["subject"]],
              f"show {row['subject']}")
    delete_elsewhere(server, "dots")
    shown = client.run("show", str(rows[4]["row"]), "--raw")
    check(b"Subject: long line" in shown, "show, after the numbers have moved")
    check(shown == expected["long line"], "show, twice the same")
    return f"{len(rows)} of {len(SUBJECTS)}"


def delete_scenario(client, server):
    """What is chosen is deleted; nothing is when something chosen is missing; one twin of two."""
    rows = client.list()
    chosen = [row["row"] for row in rows if row["subject"] in ("nul", "empty body")]
    delete_elsewhere(server, "plain")
    client.run("delete", "--yes", *map(str, chosen))
    check(subjects_of(server) == ["no final newline", "8bit", "long line", "twin", "twin"],
          f"delete, after the numbers have moved: {subjects_of(server)}")
    rows = client.list()
    chosen = [row["row"] for row in rows if row["subject"] in ("long line", "no final newline")]
    delete_elsewhere(server, "no final newline")
    client.run("delete", "--yes", *map(str, chosen), status=3)
    check(subjects_of(server) == ["8bit", "long line", "twin", "twin"],
          "delete, with one missing, deletes none")
    rows = client.list()
    client.run("delete", "--yes", str(rows[-1]["row"]))
    check(subjects_of(server) == ["8bit", "long line", "twin"], "delete, one twin of two")
    return "verified"


def examine(cli, name):
    server = Server(name)
    row = {"server": name}
    try:
        row.update(probe(server))
        with tempfile.TemporaryDirectory() as folder:
            client = Client(cli, server, folder, row["STLS"] == "yes")
            for column, scenario in (("read", read_scenario), ("deleted", delete_scenario)):
                try:
                    row[column] = scenario(client, server)
                except AssertionError as error:
                    row[column] = "WRONG"
                    print(f"{name}: {error}", file=sys.stderr)
                    return row, False
        return row, True
    finally:
        server.stop()


def main():
    cli, names = sys.argv[1], sys.argv[2:]
    rows, is_good = [], True
    for name in names:
        row, is_right = examine(cli, name)
        rows.append(row)
        is_good &= is_right
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for row in rows:
        print("| " + " | ".join(row.get(column, "") for column in COLUMNS) + " |")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
