#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A POP3 server that resumes TLS, which GIO's own does not: tls-server.py CERTIFICATE
#
# CERTIFICATE holds the private key too. Prints the port, and for each connection whether it was
# "resumed" or "new". Ends with its standard input.

import os
import socket
import ssl
import sys
import threading


def serve(context, connection):
    try:
        with context.wrap_socket(connection, server_side=True) as stream:
            print("resumed" if stream.session_reused else "new", flush=True)
            stream.sendall(b"+OK ready\r\n")
            lines = stream.makefile("rb")
            for line in lines:
                stream.sendall(b"+OK\r\n.\r\n" if line.startswith(b"CAPA") else b"+OK\r\n")
    except OSError:
        # A client that does not trust the certificate hangs up.
        pass


def accept(context, listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(context, connection), daemon=True).start()


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=accept, args=(context, listener), daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()
    os._exit(0)


main()
