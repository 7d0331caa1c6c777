/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "bench-dovecot"

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "dovecot/dovecot-server.h"

/* The tests' Dovecot as a program: bench-dovecot USER... prints its two ports, without TLS and
 * with, everybody's password, and the file that its certificate is verified with; then it runs
 * until its input ends. */

int
main (int argc,
      char *argv[])
{
  g_autoptr (DovecotServer) server = dovecot_server_new ("plain");
  char byte;

  for (int i = 1; i < argc; i++)
    maildir_free (dovecot_server_add_user (server, argv[i]));
  g_print ("%u %u %s %s\n", dovecot_server_get_port (server), dovecot_server_get_tls_port (server),
           DOVECOT_PASSWORD, dovecot_server_get_ca_file (server));
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  return EXIT_SUCCESS;
}
