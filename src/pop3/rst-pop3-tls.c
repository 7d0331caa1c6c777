/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-tls"

#include "config.h"

#include "rst-pop3-tls.h"

#include <string.h>
#include <sys/socket.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-connect.h"
#include "rst-pop3-deadline.h"
#include "rst-pop3-error.h"
#include "rst-pop3-stream.h"

/* What the handshake found out about the certificate. */
typedef struct
{
  const char *pin;
  RstPop3Certificate *certificate;
} Verdict;

static void
judge (Verdict *verdict,
       GTlsCertificate *certificate,
       GTlsCertificateFlags faults)
{
  g_clear_pointer (&verdict->certificate, rst_pop3_certificate_unref);
  verdict->certificate = rst_pop3_certificate_new (certificate, faults, verdict->pin);
}

static gboolean
accept_certificate_cb (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags faults,
                       gpointer user_data)
{
  Verdict *verdict = user_data;

  judge (verdict, certificate, faults);
  return !verdict->certificate->is_refused;
}

static void
set_untrusted_error (const Verdict *verdict,
                     GError **error)
{
  if (verdict->pin != NULL)
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                 _ ("The server's certificate is not the one that is pinned for this account. "
                    "Pinned: %s. The server's: %s. Ask the owner of the server which one is right "
                    "before you trust it."),
                 verdict->pin, verdict->certificate->fingerprint);
  else
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                 /* Translators: the first %s is a list of faults, the second a fingerprint */
                 _ ("The server's certificate is not trusted: %s. Check the host name, or ask the "
                    "owner of the server whether its SHA-256 fingerprint is %s."),
                 verdict->certificate->faults, verdict->certificate->fingerprint);
}

/* The TLS library does not tell a peer that speaks no TLS from one that speaks it badly, so its own
 * words stand beside the likely reason. */
static void
set_tls_error (const RstPop3Server *server,
               const GError *reason,
               GError **error)
{
  g_autofree char *detail = g_strdup (reason->message);
  gsize length = strlen (detail);

  if (length > 0 && detail[length - 1] == '.')
    detail[length - 1] = '\0';
  if (server->security == RST_POP3_SECURITY_STARTTLS)
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                 _ ("The server agreed to begin TLS (STLS), but then did not speak it well: %s. "
                    "Nothing secret was sent. Try security “TLS” on port 995, or ask the owner of "
                    "the server."),
                 detail);
  else
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                 _ ("This port of the server does not speak TLS, or not well: %s. Nothing secret "
                    "was sent. Check the port (995 is the usual one), or try security “STARTTLS” "
                    "on port 110."),
                 detail);
}

/* Nor does it tell either from a connection that was closed. */
static gboolean
is_closed (GSocketConnection *connection,
           const GError *reason)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  char byte;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
      g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return TRUE;
  return g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS) &&
         recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* The words for a handshake that came to nothing, certificate aside. */
static void
set_handshake_error (GSocketConnection *connection,
                     const RstPop3Server *server,
                     GError *reason,
                     GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (reason));
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                         _ ("The server did not answer when TLS was to begin. Try again later; if "
                            "it stays so, check the port and the security of the account."));
  else if (is_closed (connection, reason))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                         _ ("The server closed the connection when TLS was to begin. Try again "
                            "later; if it stays so, check the port and the security of the "
                            "account."));
  else
    set_tls_error (server, reason, error);
}

static GTlsDatabase *
open_authorities (const char *ca_file,
                  GError **error)
{
  g_autofree char *path = g_canonicalize_filename (ca_file, NULL);
  g_autoptr (GError) local_error = NULL;
  GTlsDatabase *database;

  database = g_tls_file_database_new (path, &local_error);
  if (database == NULL)
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                 _ ("The file of trusted authorities “%s” cannot be used: %s"), ca_file,
                 local_error->message);
  return database;
}

static GTlsConnection *
prepare (GSocketConnection *connection,
         const RstPop3Server *server,
         GError **error)
{
  g_autofree char *host = rst_pop3_dup_ascii_host (server);
  g_autoptr (GSocketConnectable) identity = g_network_address_new (host, server->port);
  g_autoptr (GTlsDatabase) authorities = NULL;
  g_autoptr (GError) local_error = NULL;
  GIOStream *tls;

  if (server->ca_file != NULL)
    {
      authorities = open_authorities (server->ca_file, error);
      if (authorities == NULL)
        return NULL;
    }
  if (authorities == NULL)
    tls = g_tls_client_connection_new (G_IO_STREAM (connection), identity, &local_error);
  else
    /* Without reading the system's authorities, which takes 20 ms. */
    tls = g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()),
                          NULL, &local_error,
                          "base-io-stream", connection,
                          "server-identity", identity,
                          "database", authorities,
                          NULL);
  if (tls == NULL)
    {
      set_handshake_error (connection, server, local_error, error);
      return NULL;
    }
  /* Every answer of POP3 says itself where it ends. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  return G_TLS_CONNECTION (tls);
}

/* A timeout is for each byte: a server that drips would hold it for ever. */
static gboolean
shake_hands_in_time (GTlsConnection *tls,
                     guint seconds,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (RstPop3Deadline) deadline = rst_pop3_deadline_new (seconds, cancellable);
  g_autoptr (GError) local_error = NULL;

  if (g_tls_connection_handshake (tls, rst_pop3_deadline_get_cancellable (deadline), &local_error))
    return TRUE;
  if (rst_pop3_deadline_has_passed (deadline))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "");
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
handshake (GTlsConnection *tls,
           guint seconds,
           Verdict *verdict,
           GCancellable *cancellable,
           GError **error)
{
  gboolean is_done;
  gulong handler;

  handler = g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                              verdict);
  is_done = shake_hands_in_time (tls, seconds, cancellable, error);
  g_signal_handler_disconnect (tls, handler);
  /* A certificate without faults is not asked about; nor is that of a session that GIO resumes,
   * which may be one that was trusted by a pin, of another account or by a file of authorities. */
  if (is_done && verdict->certificate == NULL)
    judge (verdict, g_tls_connection_get_peer_certificate (tls),
           g_tls_connection_get_peer_certificate_errors (tls));
  return is_done;
}

/* GIO asks for TLS 1.2 or newer, but the system's settings may have it otherwise (RFC 8996). */
static gboolean
is_too_old (GTlsConnection *tls)
{
  return g_tls_connection_get_protocol_version (tls) < G_TLS_PROTOCOL_VERSION_TLS_1_2;
}

static void
set_too_old_error (GError **error)
{
  g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                       _ ("The server speaks a version of TLS before 1.2, which does not protect "
                          "the password. Nothing secret was sent. Ask the owner of the server for "
                          "TLS 1.2 or newer."));
}

GIOStream *
rst_pop3_tls_start (GSocketConnection *connection,
                    const RstPop3Server *server,
                    GCancellable *cancellable,
                    GError **error)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GTlsConnection) tls = prepare (connection, server, error);
  g_autoptr (GError) local_error = NULL;
  Verdict verdict = { .pin = server->certificate_pin };
  gboolean is_refused = FALSE;
  gboolean is_done;

  if (tls == NULL)
    return NULL;
  /* The handshake blocks; everything after it does not, and has its own timeout. */
  g_socket_set_timeout (socket, server->timeout);
  is_done = handshake (tls, RST_POP3_STREAM_PATIENCE * server->timeout, &verdict, cancellable,
                       &local_error);
  g_socket_set_timeout (socket, 0);
  if (verdict.certificate != NULL)
    {
      is_refused = verdict.certificate->is_refused;
      if (server->certificate != NULL)
        server->certificate (verdict.certificate, server->certificate_data);
    }
  if (is_refused)
    set_untrusted_error (&verdict, error);
  else if (!is_done)
    set_handshake_error (connection, server, local_error, error);
  else if (is_too_old (tls))
    {
      set_too_old_error (error);
      is_refused = TRUE;
    }
  g_clear_pointer (&verdict.certificate, rst_pop3_certificate_unref);
  return is_done && !is_refused ? G_IO_STREAM (g_steal_pointer (&tls)) : NULL;
}
