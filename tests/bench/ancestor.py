#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""How clients of Restante's kind used to do it: poplib, one command a round trip.

  headers    LIST, then one TOP a message
  refresh    one connection asks whether the last message known is still the same, a second one
             lists, and loads what is new
  delete     for each message TOP, compare with what is known, DELE
  full       one RETR a message, all kept in memory

What such a client would keep in memory between its operations lies in a file here.
"""

import argparse
import pickle
import poplib
import ssl


def log_in(options):
    if options.ca_file:
        context = ssl.create_default_context(cafile=options.ca_file)
        server = poplib.POP3_SSL("127.0.0.1", options.port, context=context, timeout=60)
    else:
        server = poplib.POP3("127.0.0.1", options.port, timeout=60)
    server.user(options.user)
    server.pass_(options.password)
    return server


def decode(lines):
    for encoding in ("utf-8", "latin-1"):
        try:
            return "\n".join(line.decode(encoding) for line in lines)
        except UnicodeError:
            pass
    return None


def is_same(one, other):
    """Servers rewrite Status: fields."""

    def without_status(text):
        return [line for line in text.splitlines() if not line.startswith("Status:")]

    return one == other or without_status(one) == without_status(other)


def load_headers(server, known):
    count = len(server.list()[1])
    for number in range(len(known) + 1, count + 1):
        known.append(decode(server.top(number, 0)[1]))
    return known


def check_last(options, known):
    server = log_in(options)
    count = server.stat()[0]
    last = len(known)
    if last > count or not is_same(decode(server.top(last, 0)[1]), known[-1]):
        raise SystemExit("not in sync")
    server.quit()


def delete(server, known, count):
    server.stat()
    for number in range(1, count + 1):
        if not is_same(decode(server.top(number, 0)[1]), known[number - 1]):
            raise SystemExit("not in sync")
        server.dele(number)


def load_messages(server):
    return [decode(server.retr(number + 1)[1]) for number in range(server.stat()[0])]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=("headers", "refresh", "delete", "full"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--ca-file")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--count", type=int, help="how many to delete")
    parser.add_argument("--memory", help="what is known between two operations")
    options = parser.parse_args()

    known = []
    if options.work in ("refresh", "delete"):
        with open(options.memory, "rb") as memory:
            known = pickle.load(memory)
    if options.work == "refresh":
        check_last(options, known)

    server = log_in(options)
    if options.work == "full":
        load_messages(server)
    elif options.work == "delete":
        delete(server, known, options.count)
    else:
        load_headers(server, known)
    server.quit()
    if options.work == "headers" and options.memory:
        with open(options.memory, "wb") as memory:
            pickle.dump(known, memory)


if __name__ == "__main__":
    main()
