#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""inetd.py PORT COMMAND...: run COMMAND for each connection to 127.0.0.1:PORT, the socket as its stdin and stdout"""
import os
import signal
import socket
import sys

port, command = int(sys.argv[1]), sys.argv[2:]
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listener = socket.create_server(("127.0.0.1", port), backlog=16)
while True:
    connection, (peer, peer_port) = listener.accept()
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(connection.fileno(), 0)
        os.dup2(connection.fileno(), 1)
        os.environ.update(PROTO="TCP", TCPREMOTEIP=peer, TCPREMOTEPORT=str(peer_port),
                          TCPLOCALIP="127.0.0.1", TCPLOCALPORT=str(port))
        os.execv(command[0], command)
    connection.close()
