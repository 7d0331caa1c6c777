/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-problem"

#include "config.h"

#include "rst-problem.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "account/rst-accounts-file.h"
#include "fetcher/rst-sync-error.h"
#include "pop3/rst-pop3-error.h"

static RstProblem
problem (const char *title,
         const char *icon_name,
         gboolean is_about_settings)
{
  return (RstProblem){ title, icon_name, is_about_settings };
}

static RstProblem
pop3_problem (int code)
{
  switch ((RstPop3Error)code)
    {
    case RST_POP3_ERROR_AUTH:
      return problem (_ ("Signing In Was Refused"), "dialog-password-symbolic", TRUE);
    case RST_POP3_ERROR_TRY_LATER:
      return problem (_ ("The Mailbox Cannot Be Opened Now"), "alarm-symbolic", FALSE);
    case RST_POP3_ERROR_TLS:
      return problem (_ ("No Secure Connection"), "security-low-symbolic", TRUE);
    case RST_POP3_ERROR_PROTOCOL:
    case RST_POP3_ERROR_TOO_LONG:
      return problem (_ ("The Server’s Answer Makes No Sense"), "dialog-warning-symbolic", TRUE);
    case RST_POP3_ERROR_REJECTED:
    case RST_POP3_ERROR_UNSUPPORTED:
    default:
      return problem (_ ("The Server Refused"), "dialog-warning-symbolic", FALSE);
    }
}

static RstProblem
sync_problem (int code)
{
  switch ((RstSyncError)code)
    {
    case RST_SYNC_ERROR_OUTCOME_UNKNOWN:
      return problem (_ ("The Outcome Is Unknown"), "dialog-warning-symbolic", FALSE);
    case RST_SYNC_ERROR_TOP_NOT_SUPPORTED:
      return problem (_ ("A Download Is Needed"), "dialog-information-symbolic", FALSE);
    case RST_SYNC_ERROR_INDEX:
    case RST_SYNC_ERROR_DELETE:
    default:
      return problem (_ ("The Mailbox Has Changed"), "dialog-information-symbolic", FALSE);
    }
}

static RstProblem
io_problem (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return problem (_ ("Stopped"), "process-stop-symbolic", FALSE);
    case G_IO_ERROR_TIMED_OUT:
      return problem (_ ("The Server Does Not Answer"), "network-offline-symbolic", FALSE);
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_PARTIAL_INPUT:
      return problem (_ ("The Connection Was Lost"), "network-offline-symbolic", FALSE);
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return problem (_ ("Could Not Reach the Server"), "network-offline-symbolic", TRUE);
    case G_IO_ERROR_HOST_NOT_FOUND:
      return problem (_ ("Server Not Found"), "network-offline-symbolic", TRUE);
    default:
      return problem (_ ("Something Went Wrong"), "dialog-warning-symbolic", FALSE);
    }
}

RstProblem
rst_problem_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, (RstProblem){ 0 });

  if (error->domain == RST_POP3_ERROR)
    return pop3_problem (error->code);
  if (error->domain == RST_SYNC_ERROR)
    return sync_problem (error->code);
  if (error->domain == G_IO_ERROR)
    return io_problem (error->code);
  if (error->domain == G_TLS_ERROR)
    return pop3_problem (RST_POP3_ERROR_TLS);
  if (error->domain == G_RESOLVER_ERROR)
    return io_problem (G_IO_ERROR_HOST_NOT_FOUND);
  if (error->domain == G_FILE_ERROR)
    return problem (_ ("A File Cannot Be Read"), "dialog-warning-symbolic", FALSE);
  if (error->domain == RST_ACCOUNTS_FILE_ERROR)
    return problem (_ ("The Account Settings Cannot Be Read"), "dialog-warning-symbolic", FALSE);
  return io_problem (G_IO_ERROR_FAILED);
}
