/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-pop3-auth.h"
#include "rst-pop3-capabilities.h"
#include "rst-pop3-certificate.h"
#include "rst-pop3-listing.h"

G_BEGIN_DECLS

/**
 * RstPop3Security:
 * @RST_POP3_SECURITY_TLS: TLS from the first byte (RFC 8314)
 * @RST_POP3_SECURITY_STARTTLS: STLS before anything else (RFC 2595); never optional once chosen
 * @RST_POP3_SECURITY_NONE: everything in the clear; only ever chosen by hand
 */
typedef enum
{
  RST_POP3_SECURITY_TLS,
  RST_POP3_SECURITY_STARTTLS,
  RST_POP3_SECURITY_NONE,
} RstPop3Security;

/**
 * RstPop3Quirks:
 * @RST_POP3_QUIRK_NO_CAPA: the server hangs up, or is silent, on CAPA: it is not to be sent
 * @RST_POP3_QUIRK_NO_PIPELINING: the server lists PIPELINING and breaks under it: one command at a
 *   time
 * @RST_POP3_QUIRK_NO_PIPELINED_LOGIN: the same, but only when the login is not waited for
 * @RST_POP3_QUIRK_PLAIN_LOGIN: the server offers a way to sign in that does not show the password,
 *   refuses it, and hangs up: the automatic way begins with the plain one
 *
 * Faults of a server that were found by running into them, to be remembered for the account. A
 * session that fails with a quirk that it did not have before is worth one more try.
 */
typedef enum
{
  RST_POP3_QUIRK_NONE = 0,
  RST_POP3_QUIRK_NO_CAPA = 1 << 0,
  RST_POP3_QUIRK_NO_PIPELINING = 1 << 1,
  RST_POP3_QUIRK_NO_PIPELINED_LOGIN = 1 << 2,
  RST_POP3_QUIRK_PLAIN_LOGIN = 1 << 3,
} RstPop3Quirks;

/**
 * RstPop3TraceFunc:
 * @is_sent: %TRUE for what the client sent, %FALSE for what the server answered
 * @line: (transfer none): valid UTF-8, one line without its line end; every secret is replaced by
 *   "***", message contents by their size
 *
 * Called on the thread that owns the session.
 */
typedef void (*RstPop3TraceFunc) (gboolean is_sent,
                                  const char *line,
                                  gpointer user_data);

/**
 * RstPop3Server:
 * @host: name or address
 * @port: 1 to 65535
 * @security: see #RstPop3Security
 * @timeout: seconds, for each wait for a reply and not for the whole task; 0 = 15
 * @ca_file: (nullable): a PEM file of authorities to trust instead of the system's
 * @certificate_pin: (nullable): SHA-256 of the one certificate (its DER form) that is trusted,
 *   whatever its faults, and no other, as hexadecimal digits, colons allowed, any case
 * @auth: how to sign in
 * @quirks: what is known of the server's faults
 * @secret: (nullable): the password that will be used, to be hidden from the greeting on, as the
 *   server may know it from an earlier session; without it from the login on. It is copied
 * @memory: (nullable): what rst_pop3_session_dup_memory() returned in an earlier session; that of
 *   another server, or anything else, does no harm
 * @trace: (nullable): called for each line on the wire
 * @certificate: (nullable): called with the certificate that the server showed
 *
 * Where and how to connect. The caller owns all that it points at, and keeps it while a session
 * lives.
 */
typedef struct
{
  const char *host;
  guint16 port;
  RstPop3Security security;
  guint timeout;
  const char *ca_file;
  const char *certificate_pin;
  RstPop3Auth auth;
  RstPop3Quirks quirks;
  const char *secret;
  const char *memory;
  RstPop3TraceFunc trace;
  gpointer trace_data;
  RstPop3CertificateFunc certificate;
  gpointer certificate_data;
} RstPop3Server;

/**
 * RstPop3MessageSink:
 * @data: takes a piece of the message @number, in order: bytes as sent, NULs included, the leading
 *   dot of stuffed lines undone (RFC 1939 §3), line ends untouched. Returning %FALSE with @error
 *   set stops the transfer.
 * @end: after the last piece of @number. @refusal is %NULL when the message came whole, else the
 *   server's `-ERR` (%RST_POP3_ERROR_REJECTED): that message cannot be read, the others go on.
 *   Returning %FALSE stops the transfer.
 *
 * Takes the answers to TOP and RETR, one message after the other in the order of the request, on
 * the calling thread. A sink that stops the transfer closes the session.
 */
typedef struct
{
  gboolean (*data) (guint32 number,
                    const char *bytes,
                    gsize length,
                    gpointer user_data,
                    GError **error);
  gboolean (*end) (guint32 number,
                   const GError *refusal,
                   gpointer user_data,
                   GError **error);
} RstPop3MessageSink;

/**
 * RstPop3Session:
 *
 * One POP3 connection. Blocking; it has one owner at a time and may be handed from thread to thread
 * between calls.
 *
 * After any error but %RST_POP3_ERROR_REJECTED, _AUTH, _TRY_LATER and _UNSUPPORTED the framing is
 * in doubt: the socket is closed, and every later call fails with %G_IO_ERROR_CONNECTION_CLOSED
 * without sending a byte. So no DELE and no QUIT is ever sent on a connection that is out of step
 * (and a dropped connection commits nothing: RFC 1939 §6).
 *
 * Every call may raise %G_IO_ERROR_CANCELLED, %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CONNECTION_CLOSED
 * (and other %G_IO_ERROR of the socket), %RST_POP3_ERROR_PROTOCOL and %RST_POP3_ERROR_TOO_LONG
 * besides what it names.
 */
typedef struct _RstPop3Session RstPop3Session;

/**
 * rst_pop3_session_open:
 *
 * Connects, reads the greeting, asks for CAPA unless the quirks say no, and completes STLS (and
 * asks for CAPA again, forgetting what was said in the clear) when the server's security asks for
 * it. A server that hangs up or is silent on CAPA is connected to once more without it; see
 * rst_pop3_session_get_quirks(). With a memory that fits the greeting CAPA is not asked for, and
 * the capabilities are those of the earlier session.
 *
 * Returns: (transfer full): a session before login. Errors: those of GSocketClient, GResolver;
 * %RST_POP3_ERROR_TLS; %RST_POP3_ERROR_REJECTED or _TRY_LATER when the greeting is `-ERR`.
 */
RstPop3Session *rst_pop3_session_open (const RstPop3Server *server,
                                       GCancellable *cancellable,
                                       GError **error);

/** RST_POP3_MAX_PASSWORD: bytes of a password, wherever it comes from. */
#define RST_POP3_MAX_PASSWORD 4096

/** RST_POP3_MAX_TOKEN: bytes of an access token: there are providers whose tokens have 6 KiB. */
#define RST_POP3_MAX_TOKEN 8192

/**
 * rst_pop3_session_login:
 * @password: or access token; NUL-terminated, best in non-pageable memory; it is copied only into
 *   buffers that are wiped as soon as it is sent
 *
 * Goes by the server's auth. The automatic way is, of what is offered, SCRAM-SHA-256, SCRAM-SHA-1,
 * CRAM-MD5, and APOP when the connection is in the clear, and if that is refused, or else, USER and
 * PASS (RFC 1939 §7), or PLAIN or LOGIN where those are not. Then CAPA again, and UTF8 (RFC 6856)
 * when it is listed. CR and LF in @user or @password are refused before anything is sent; without
 * TLS nothing is sent unless the server's security is %RST_POP3_SECURITY_NONE.
 *
 * Errors: %RST_POP3_ERROR_AUTH (also for a server that just hangs up on PASS: then the session is
 * closed), _TRY_LATER, _TLS (also for a server that could not prove that it knows the password),
 * _UNSUPPORTED for a way that this program does not have; _REJECTED for [SYS/PERM].
 */
gboolean rst_pop3_session_login (RstPop3Session *self,
                                 const char *user,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * rst_pop3_session_sign_in:
 * @listing: (out) (transfer full): the maildrop's listing
 *
 * rst_pop3_session_login() and rst_pop3_session_list() in as few round trips as the server allows:
 * where CAPA lists PIPELINING, now or in the memory, everything goes out at once, and before the
 * first answer. What both say about secrets, refusals and UIDL stays true, but for a server that
 * hangs up without an answer to PASS: that is a refused login only where the server is known to
 * take a login in one flight, or the login is sent alone; else the server may have been brought
 * down by the flight, the error is %G_IO_ERROR_CONNECTION_CLOSED, and
 * %RST_POP3_QUIRK_NO_PIPELINED_LOGIN is set.
 *
 * Errors: those of both. rst_pop3_session_is_signed_in() tells at which of the two it failed.
 */
gboolean rst_pop3_session_sign_in (RstPop3Session *self,
                                   const char *user,
                                   const char *password,
                                   RstPop3Listing **listing,
                                   GCancellable *cancellable,
                                   GError **error);

/** rst_pop3_session_is_signed_in: Returns: whether the server has let the user in. */
gboolean rst_pop3_session_is_signed_in (const RstPop3Session *self);

/**
 * rst_pop3_session_used_memory:
 *
 * Returns: whether rst_pop3_session_sign_in() failed in a way that may be the fault of the memory
 * it went by: then it is worth one more try, on a new session without memory.
 */
gboolean rst_pop3_session_used_memory (const RstPop3Session *self);

/**
 * rst_pop3_session_dup_memory:
 *
 * What a later session on the same account should be given as its memory. There is nothing secret
 * in it. To be asked for when rst_pop3_session_sign_in() or _login() has returned %TRUE; until then
 * an older one stays good.
 *
 * Returns: (transfer full) (nullable): valid UTF-8; %NULL when there is nothing to remember, and
 * nothing older to be kept either.
 */
char *rst_pop3_session_dup_memory (const RstPop3Session *self);

/**
 * rst_pop3_session_list:
 *
 * LIST, and UIDL where the server has it (RFC 1939 §5, §7). A server without CAPA is found to have
 * no UIDL by its `-ERR`; where CAPA lists UIDL, an `-ERR` is %RST_POP3_ERROR_TRY_LATER and never
 * "no UIDL".
 *
 * Returns: (transfer full): the maildrop's listing. Errors: %RST_POP3_ERROR_REJECTED, _TRY_LATER.
 */
RstPop3Listing *rst_pop3_session_list (RstPop3Session *self,
                                       GCancellable *cancellable,
                                       GError **error);

/**
 * rst_pop3_session_stat:
 * @n_messages: (out) (optional): how many messages, as the server says: a hint
 * @size: (out) (optional): octets in all, a hint
 *
 * STAT (RFC 1939 §5). What makes no sense counts as 0. For tests: the program goes by
 * rst_pop3_session_list().
 *
 * Errors: %RST_POP3_ERROR_REJECTED, _TRY_LATER.
 */
gboolean rst_pop3_session_stat (RstPop3Session *self,
                                guint *n_messages,
                                guint64 *size,
                                GCancellable *cancellable,
                                GError **error);

/**
 * rst_pop3_session_top:
 * @numbers: numbers of this session's listing, in the order wanted
 * @n_lines: lines of the body to send after the headers (RFC 1939 §7)
 *
 * Fetches the headers of many messages. A header block over 1 MiB is %RST_POP3_ERROR_TOO_LONG only
 * when the sink says so: this layer sets no limit on a message.
 *
 * Errors: %RST_POP3_ERROR_UNSUPPORTED when CAPA is known and does not list TOP (nothing was sent);
 * without CAPA, when the session's first two TOPs, or its only one, are refused (@sink was told so,
 * and no more were sent).
 */
gboolean rst_pop3_session_top (RstPop3Session *self,
                               const guint32 *numbers,
                               gsize n_numbers,
                               guint n_lines,
                               const RstPop3MessageSink *sink,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error);

/** rst_pop3_session_retr: fetches many whole messages; see rst_pop3_session_top(). */
gboolean rst_pop3_session_retr (RstPop3Session *self,
                                const guint32 *numbers,
                                gsize n_numbers,
                                const RstPop3MessageSink *sink,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

/**
 * RstPop3ProgressFunc:
 *
 * Called on the calling thread after each answered command of a list of commands.
 */
typedef void (*RstPop3ProgressFunc) (gsize n_done,
                                     gsize n_total,
                                     gpointer user_data);

/**
 * rst_pop3_session_dele:
 *
 * Marks many messages as deleted (RFC 1939 §5). It stops at the first `-ERR`, with the rest not
 * sent or their answers read, so that the caller can send RSET. Nothing is deleted before
 * rst_pop3_session_quit() returns %TRUE.
 *
 * Errors: %RST_POP3_ERROR_REJECTED, naming the number and the server's words.
 * %G_IO_ERROR_CANCELLED: looked at between answers, so that the session is still in step and RSET
 * can be sent; if that comes after the last answer, it is not an error. A wait for an answer ends
 * only by the timeout.
 */
gboolean rst_pop3_session_dele (RstPop3Session *self,
                                const guint32 *numbers,
                                gsize n_numbers,
                                RstPop3ProgressFunc progress,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

/** rst_pop3_session_rset: takes back every DELE of the session (RFC 1939 §5). */
gboolean rst_pop3_session_rset (RstPop3Session *self,
                                GCancellable *cancellable,
                                GError **error);

/** rst_pop3_session_noop: asks for a sign of life. */
gboolean rst_pop3_session_noop (RstPop3Session *self,
                                GCancellable *cancellable,
                                GError **error);

/**
 * rst_pop3_session_quit:
 *
 * Ends the session: the server commits what was marked (RFC 1939 §6). Waits for the answer at least
 * 60 s when a DELE was sent. The connection is closed afterwards in every case.
 *
 * Returns: %TRUE only for `+OK`: only then are deleted messages known to be gone. After %FALSE with
 * %RST_POP3_ERROR_REJECTED some may be gone (RFC 1939 §6), after any other error all or none may
 * be.
 */
gboolean rst_pop3_session_quit (RstPop3Session *self,
                                GCancellable *cancellable,
                                GError **error);

/**
 * rst_pop3_session_leave:
 *
 * Ends a session in which nothing is marked: sends QUIT as far as the socket takes it at once, and
 * closes the connection without an answer. Never waits and never fails. After a DELE that RSET has
 * not taken back no QUIT is sent, so that nothing is committed unseen.
 */
void rst_pop3_session_leave (RstPop3Session *self);

/**
 * rst_pop3_session_close:
 *
 * Closes the socket without QUIT: nothing is committed (RFC 1939 §6). May be called again.
 */
void rst_pop3_session_close (RstPop3Session *self);

/**
 * rst_pop3_session_is_open:
 *
 * Returns: whether commands can still be sent. Does not look at the network.
 */
gboolean rst_pop3_session_is_open (const RstPop3Session *self);

/** rst_pop3_session_get_capabilities: Returns: (transfer none): what the last CAPA said. */
const RstPop3Capabilities *rst_pop3_session_get_capabilities (const RstPop3Session *self);

/** rst_pop3_session_get_quirks: Returns: the quirks given, and those found meanwhile. */
RstPop3Quirks rst_pop3_session_get_quirks (const RstPop3Session *self);

/**
 * rst_pop3_session_get_greeting:
 *
 * Returns: (transfer none): the server's greeting, valid UTF-8, at most 512 bytes; untrusted.
 */
const char *rst_pop3_session_get_greeting (const RstPop3Session *self);

/**
 * rst_pop3_session_dup_protection:
 *
 * Returns: (transfer full) (nullable): how the connection is encrypted: "TLS 1.3, AES_256_GCM";
 * %NULL when it is in the clear.
 */
char *rst_pop3_session_dup_protection (const RstPop3Session *self);

/** rst_pop3_session_get_farewell: Returns: (transfer none) (nullable): the server's answer to QUIT,
 * valid UTF-8, short; untrusted. */
const char *rst_pop3_session_get_farewell (const RstPop3Session *self);

/** rst_pop3_session_free: closes the socket without QUIT: nothing is committed. */
void rst_pop3_session_free (RstPop3Session *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Session, rst_pop3_session_free)

G_END_DECLS
