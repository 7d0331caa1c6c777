#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""mkmail.py mbox FILE, or mkmail.py maildir FOLDER: nine tricky messages, the last two of them equal"""
import os
import re
import sys

BODIES = [  # subject, body
    (b"plain", b"line one\nline two\n"),
    (b"dots", b".\n..\n.leading dot\nend\n"),
    (b"no final newline", b"no newline at end"),
    (b"8bit \xc3\xa4", b"caf\xe9 \xff\xfe bytes\n"),
    (b"long line", b"x" * 5000 + b"\nFrom the start of a line\n"),
    (b"empty body", b""),
    (b"nul", b"a\x00b\n"),
    (b"twin", b"the same\n"),
    (b"twin", b"the same\n"),
]


def messages():
    for i, (subject, body) in enumerate(BODIES):
        number = min(i, 7)
        yield (b"From: Alice <alice@example.org>\nTo: bob@example.org\nSubject: %s\n"
               b"Date: Mon, 06 May 2024 10:%02d:00 +0000\nMessage-ID: <%d@example.org>\n\n%s"
               % (subject, number, number, body))


def write_mbox(path):
    with open(path, "wb") as file:
        for message in messages():
            quoted = re.sub(rb"(?m)^(>*From )", rb">\1", message)
            end = b"\n" if quoted.endswith(b"\n") else b"\n\n"
            file.write(b"From alice@example.org Mon May  6 10:00:00 2024\n" + quoted + end)


def write_maildir(path):
    for folder in ("cur", "new", "tmp"):
        os.makedirs(f"{path}/{folder}", exist_ok=True)
    for i, message in enumerate(messages()):
        with open(f"{path}/cur/{1700000000 + i}.M{i}P1.host,S={len(message)}:2,", "wb") as file:
            file.write(message)


if sys.argv[1] == "mbox":
    write_mbox(sys.argv[2])
else:
    write_maildir(sys.argv[2])
