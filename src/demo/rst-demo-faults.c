/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-faults"

#include "config.h"

#include "rst-demo-faults.h"

#include <string.h>

/* Arguments are kept as the text that was given and read when they are needed: while a fault is
 * off, asking for it costs one look at a pointer. */

typedef enum
{
  ARGUMENT_NONE,
  ARGUMENT_NUMBER,
  ARGUMENT_NUMBERS,
  ARGUMENT_TAG,
  ARGUMENT_VERBS,
  ARGUMENT_COMMIT,
  ARGUMENT_CHANGE,
} ArgumentKind;

typedef struct
{
  const char *name;
  ArgumentKind kind;
  const char *default_value; /* NULL: an argument that must be given */
  const char *help;
} FaultInfo;

static const FaultInfo fault_table[RST_DEMO_N_FAULTS] = {
  [RST_DEMO_FAULT_NO_CAPA] = { "no-capa", ARGUMENT_NONE, "",
                               "CAPA is an unknown command" },
  [RST_DEMO_FAULT_CAPA_HANGUP] = { "capa-hangup", ARGUMENT_NONE, "",
                                   "CAPA closes the connection" },
  [RST_DEMO_FAULT_CAPA_SILENT] = { "capa-silent", ARGUMENT_NONE, "",
                                   "CAPA is never answered" },
  [RST_DEMO_FAULT_NO_PIPELINING] = { "no-pipelining", ARGUMENT_NONE, "",
                                     "CAPA does not list PIPELINING (it works)" },
  [RST_DEMO_FAULT_NO_UTF8] = { "no-utf8", ARGUMENT_NONE, "",
                               "no UTF8 command" },
  [RST_DEMO_FAULT_NO_STLS] = { "no-stls", ARGUMENT_NONE, "",
                               "no STLS command" },
  [RST_DEMO_FAULT_STLS_REFUSED] = { "stls-refused", ARGUMENT_NONE, "",
                                    "STLS is listed and gets -ERR" },
  [RST_DEMO_FAULT_STLS_PLAIN_ERROR] = { "stls-plain-error", ARGUMENT_NONE, "",
                                        "STLS gets +OK and then a -ERR in the clear" },
  [RST_DEMO_FAULT_APOP] = { "apop", ARGUMENT_NONE, "",
                            "the greeting offers APOP" },
  [RST_DEMO_FAULT_IN_USE] = { "in-use", ARGUMENT_NONE, "",
                              "a right password gets -ERR [IN-USE]" },
  [RST_DEMO_FAULT_LOGIN_DELAY] = { "login-delay", ARGUMENT_NUMBER, "10",
                                   "a right password gets -ERR [LOGIN-DELAY]; CAPA says N" },
  [RST_DEMO_FAULT_SYS_TEMP] = { "sys-temp", ARGUMENT_NONE, "",
                                "a right password gets -ERR [SYS/TEMP]" },
  [RST_DEMO_FAULT_CLOSE_ON_BAD_PASSWORD] = { "close-on-bad-password", ARGUMENT_NONE, "",
                                             "a wrong password closes the connection" },
  [RST_DEMO_FAULT_LOCK] = { "lock", ARGUMENT_NONE, "",
                            "one session at a time: the second gets -ERR [IN-USE]" },
  [RST_DEMO_FAULT_NO_UIDL] = { "no-uidl", ARGUMENT_NONE, "",
                               "no UIDL command" },
  [RST_DEMO_FAULT_UIDL_ERROR] = { "uidl-error", ARGUMENT_NONE, "",
                                  "UIDL is listed and gets -ERR" },
  [RST_DEMO_FAULT_UIDL_AFTER_LOGIN] = { "uidl-after-login", ARGUMENT_NONE, "",
                                        "CAPA lists UIDL only after login" },
  [RST_DEMO_FAULT_DUPLICATE_UIDS] = { "duplicate-uids", ARGUMENT_NONE, "",
                                      "neighbours (1 and 2, 3 and 4 ...) share a unique-id" },
  [RST_DEMO_FAULT_CONTENT_UIDS] = { "content-uids", ARGUMENT_NONE, "",
                                    "identical messages have identical unique-ids" },
  [RST_DEMO_FAULT_NEW_UIDS] = { "new-uids", ARGUMENT_TAG, "new",
                                "every unique-id is another one from now on" },
  [RST_DEMO_FAULT_NO_TOP] = { "no-top", ARGUMENT_NONE, "",
                              "no TOP command" },
  [RST_DEMO_FAULT_TOP_HIDDEN] = { "top-hidden", ARGUMENT_NONE, "",
                                  "TOP works but CAPA does not list it" },
  [RST_DEMO_FAULT_HOLES] = { "holes", ARGUMENT_NONE, "",
                             "every third message number is left out" },
  [RST_DEMO_FAULT_NEWEST_FIRST] = { "newest-first", ARGUMENT_NONE, "",
                                    "message 1 is the newest" },
  [RST_DEMO_FAULT_OK_PREFIX] = { "ok-prefix", ARGUMENT_NONE, "",
                                 "lines of LIST and UIDL read \"+OK 1 ...\"" },
  [RST_DEMO_FAULT_STAT_WRONG] = { "stat-wrong", ARGUMENT_NONE, "",
                                  "STAT counts 7 messages too many" },
  [RST_DEMO_FAULT_STAT_NEGATIVE] = { "stat-negative", ARGUMENT_NONE, "",
                                     "STAT answers -1 -4096" },
  [RST_DEMO_FAULT_SIZES_WRONG] = { "sizes-wrong", ARGUMENT_NONE, "",
                                   "sizes in LIST are wrong, and other ones each time" },
  [RST_DEMO_FAULT_SIZES_ZERO] = { "sizes-zero", ARGUMENT_NONE, "", "every size in LIST is 0" },
  [RST_DEMO_FAULT_TOP_IGNORES_DELE] = { "top-ignores-dele", ARGUMENT_NONE, "",
                                        "TOP and RETR go on showing a message after its DELE" },
  [RST_DEMO_FAULT_TOP_DIFFERS] = { "top-differs", ARGUMENT_NONE, "",
                                   "RETR has one Received more than TOP, other Status and X-UIDL" },
  [RST_DEMO_FAULT_TOP_DROPS_RECEIVED] = { "top-drops-received", ARGUMENT_NONE, "",
                                          "TOP leaves out the first Received" },
  [RST_DEMO_FAULT_VOLATILE_HEADERS] = { "volatile-headers", ARGUMENT_NONE, "",
                                        "Status and X-UID are others in each session" },
  [RST_DEMO_FAULT_RETR_OTHER] = { "retr-other", ARGUMENT_NONE, "",
                                  "RETR sends the message after the one asked for" },
  [RST_DEMO_FAULT_NO_UTF8_WRAPPER] = { "no-utf8-wrapper", ARGUMENT_NONE, "",
                                       "without UTF8, a wrapper hides raw 8-bit headers" },
  [RST_DEMO_FAULT_GMAIL] = { "gmail", ARGUMENT_NONE, "",
                             "what RETR read is not listed again, but to recent:USER" },
  [RST_DEMO_FAULT_EXTRA_BLANK] = { "extra-blank", ARGUMENT_NONE, "",
                                   "a blank line too many at the end of each message" },
  [RST_DEMO_FAULT_MISSING_CRLF] = { "missing-crlf", ARGUMENT_NONE, "",
                                    "the last CRLF of each message is missing before the dot" },
  [RST_DEMO_FAULT_LF_ONLY] = { "lf-only", ARGUMENT_NONE, "",
                               "every line the server sends ends in a bare LF" },
  [RST_DEMO_FAULT_LONG_LINE] = { "long-line", ARGUMENT_NUMBERS, "1",
                                 "the first body line of these messages is 10 MB long" },
  [RST_DEMO_FAULT_LONG_HEADER] = { "long-header", ARGUMENT_NUMBERS, "1",
                                   "these messages have a header field of 2 MB" },
  [RST_DEMO_FAULT_NULS] = { "nuls", ARGUMENT_NONE, "",
                            "NUL bytes in a header field and in the body" },
  [RST_DEMO_FAULT_BARE_REPLIES] = { "bare-replies", ARGUMENT_NONE, "",
                                    "+OK and -ERR without a text" },
  [RST_DEMO_FAULT_ERR_PLUS] = { "err-plus", ARGUMENT_NONE, "",
                                "+ERR in the place of -ERR" },
  [RST_DEMO_FAULT_HANGUP_AFTER_ERRORS] = { "hangup-after-errors", ARGUMENT_NUMBER, "5",
                                           "so many -ERR close the connection" },
  [RST_DEMO_FAULT_ERR_ON_TOP] = { "err-on-top", ARGUMENT_NUMBERS, NULL,
                                  "TOP of these messages gets -ERR" },
  [RST_DEMO_FAULT_CLOSE_IN_TOP] = { "close-in-top", ARGUMENT_NUMBERS, NULL,
                                    "these messages close the connection in mid-TOP" },
  [RST_DEMO_FAULT_ERR_ON_RETR] = { "err-on-retr", ARGUMENT_NUMBERS, NULL,
                                   "RETR of these messages gets -ERR" },
  [RST_DEMO_FAULT_CLOSE_IN_RETR] = { "close-in-retr", ARGUMENT_NUMBERS, NULL,
                                     "these messages close the connection in mid-RETR" },
  [RST_DEMO_FAULT_ERR_ON_DELE] = { "err-on-dele", ARGUMENT_NUMBERS, NULL,
                                   "DELE of these messages gets -ERR" },
  [RST_DEMO_FAULT_CLOSE_ON_DELE] = { "close-on-dele", ARGUMENT_NUMBERS, NULL,
                                     "DELE of these messages closes the connection" },
  [RST_DEMO_FAULT_RSET_ERROR] = { "rset-error", ARGUMENT_NONE, "",
                                  "RSET gets -ERR and undoes nothing" },
  [RST_DEMO_FAULT_QUIT_ERROR] = { "quit-error", ARGUMENT_COMMIT, "keep",
                                  "QUIT after login gets -ERR" },
  [RST_DEMO_FAULT_QUIT_SILENT] = { "quit-silent", ARGUMENT_COMMIT, "keep",
                                   "QUIT after login is never answered" },
  [RST_DEMO_FAULT_QUIT_CLOSE] = { "quit-close", ARGUMENT_COMMIT, "keep",
                                  "QUIT after login just closes the connection" },
  [RST_DEMO_FAULT_ERR_AT] = { "err-at", ARGUMENT_VERBS, NULL,
                              "these commands, or GREETING, get -ERR" },
  [RST_DEMO_FAULT_STALL_AT] = { "stall-at", ARGUMENT_VERBS, NULL,
                                "these commands, or GREETING, and all after them get no answer" },
  [RST_DEMO_FAULT_CLOSE_AT] = { "close-at", ARGUMENT_VERBS, NULL,
                                "these commands, or GREETING, close the connection" },
  [RST_DEMO_FAULT_GARBAGE_AT] = { "garbage-at", ARGUMENT_VERBS, NULL,
                                  "these commands, or GREETING, get what is no POP3 reply" },
  [RST_DEMO_FAULT_LONG_STATUS_AT] = { "long-status-at", ARGUMENT_VERBS, NULL,
                                      "these commands, or GREETING, get a +OK line of 64 KB" },
  [RST_DEMO_FAULT_DRIP] = { "drip", ARGUMENT_NUMBER, "1000",
                            "one byte, then a pause of so many milliseconds" },
  [RST_DEMO_FAULT_ONE_AT_A_TIME] = { "one-at-a-time", ARGUMENT_NONE, "",
                                     "a command sent too early is thrown away" },
  [RST_DEMO_FAULT_CLOSE_WHEN_PIPELINED] = { "close-when-pipelined", ARGUMENT_NONE, "",
                                            "a command sent too early closes the connection" },
  [RST_DEMO_FAULT_CHANGE_BEFORE] = { "change-before", ARGUMENT_CHANGE, NULL,
                                     "another client changes these just before, once" },
};

struct _RstDemoFaults
{
  gatomicrefcount ref_count;
  char *values[RST_DEMO_N_FAULTS]; /* NULL: off */
};

RstDemoFaults *
rst_demo_faults_new (void)
{
  RstDemoFaults *self = g_new0 (RstDemoFaults, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RstDemoFaults *
rst_demo_faults_copy (const RstDemoFaults *self)
{
  RstDemoFaults *copy = rst_demo_faults_new ();

  for (guint i = 0; i < RST_DEMO_N_FAULTS; i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

RstDemoFaults *
rst_demo_faults_ref (RstDemoFaults *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rst_demo_faults_unref (RstDemoFaults *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < RST_DEMO_N_FAULTS; i++)
    g_free (self->values[i]);
  g_free (self);
}

static gboolean
is_number (const char *text)
{
  guint64 number;

  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &number, NULL);
}

static gboolean
is_verb (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalpha (*text))
      return FALSE;
  return TRUE;
}

static gboolean
is_list_of (const char *text,
            gboolean (*is_item) (const char *text))
{
  g_auto (GStrv) items = g_strsplit (text, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    if (!is_item (items[i]))
      return FALSE;
  return items[0] != NULL;
}

static gboolean
is_change (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);

  if (g_strv_length (parts) != 3)
    return FALSE;
  if (!g_str_equal (parts[1], "delete") && !g_str_equal (parts[1], "replace"))
    return FALSE;
  return is_verb (parts[0]) && is_list_of (parts[2], is_number);
}

static gboolean
is_commit (const char *text)
{
  return g_str_equal (text, "keep") || g_str_equal (text, "half") || g_str_equal (text, "commit");
}

static gboolean
is_argument (ArgumentKind kind,
             const char *value)
{
  switch (kind)
    {
    case ARGUMENT_NONE:
      return *value == '\0';
    case ARGUMENT_NUMBER:
      return is_number (value);
    case ARGUMENT_NUMBERS:
      return is_list_of (value, is_number);
    case ARGUMENT_TAG:
    case ARGUMENT_VERBS:
      return is_list_of (value, is_verb);
    case ARGUMENT_COMMIT:
      return is_commit (value);
    case ARGUMENT_CHANGE:
      return is_change (value);
    default:
      g_assert_not_reached ();
    }
}

static const char *
describe_argument (ArgumentKind kind)
{
  switch (kind)
    {
    case ARGUMENT_NONE:
      return "";
    case ARGUMENT_NUMBER:
      return "N";
    case ARGUMENT_NUMBERS:
      return "N,...";
    case ARGUMENT_TAG:
      return "TAG";
    case ARGUMENT_VERBS:
      return "VERB,...";
    case ARGUMENT_COMMIT:
      return "keep|half|commit";
    case ARGUMENT_CHANGE:
      return "VERB:delete|replace:N,...";
    default:
      g_assert_not_reached ();
    }
}

gboolean
rst_demo_faults_set (RstDemoFaults *self,
                     const char *name,
                     const char *value,
                     GError **error)
{
  for (guint i = 0; i < RST_DEMO_N_FAULTS; i++)
    {
      const FaultInfo *info = &fault_table[i];
      const char *argument = value != NULL ? value : info->default_value;

      if (!g_str_equal (info->name, name))
        continue;
      if (argument == NULL || !is_argument (info->kind, argument))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "“%s” is no argument for the fault “%s”, which takes “%s”",
                       argument != NULL ? argument : "",
                       name,
                       describe_argument (info->kind));
          return FALSE;
        }
      g_free (self->values[i]);
      self->values[i] = g_strdup (argument);
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "There is no fault “%s”; --list-faults prints them", name);
  return FALSE;
}

void
rst_demo_faults_unset (RstDemoFaults *self,
                       RstDemoFault fault)
{
  g_clear_pointer (&self->values[fault], g_free);
}

const char *
rst_demo_faults_get_help (void)
{
  static char *help;

  if (g_once_init_enter (&help))
    {
      GString *text = g_string_new (NULL);

      for (guint i = 0; i < RST_DEMO_N_FAULTS; i++)
        {
          const FaultInfo *info = &fault_table[i];
          const char *argument = describe_argument (info->kind);
          gboolean is_optional = info->default_value != NULL;
          g_autofree char *shown = NULL;

          if (info->kind == ARGUMENT_NONE)
            shown = g_strdup (info->name);
          else if (is_optional)
            shown = g_strdup_printf ("%s[=%s]", info->name, argument);
          else
            shown = g_strdup_printf ("%s=%s", info->name, argument);
          g_string_append_printf (text, "%-30s %s", shown, info->help);
          if (is_optional && info->kind != ARGUMENT_NONE)
            g_string_append_printf (text, " (%s)", info->default_value);
          g_string_append_c (text, '\n');
        }
      g_once_init_leave (&help, g_string_free (text, FALSE));
    }
  return help;
}

gboolean
rst_demo_faults_has (const RstDemoFaults *self,
                     RstDemoFault fault)
{
  return self->values[fault] != NULL;
}

const char *
rst_demo_faults_get_text (const RstDemoFaults *self,
                          RstDemoFault fault)
{
  return self->values[fault];
}

guint
rst_demo_faults_get_number (const RstDemoFaults *self,
                            RstDemoFault fault)
{
  const char *value = self->values[fault];

  return value != NULL ? (guint)g_ascii_strtoull (value, NULL, 10) : 0;
}

gboolean
rst_demo_faults_has_number (const RstDemoFaults *self,
                            RstDemoFault fault,
                            guint number)
{
  const char *value = self->values[fault];

  while (value != NULL)
    {
      if (g_ascii_strtoull (value, NULL, 10) == number)
        return TRUE;
      value = strchr (value, ',');
      if (value != NULL)
        value++;
    }
  return FALSE;
}

gboolean
rst_demo_faults_has_verb (const RstDemoFaults *self,
                          RstDemoFault fault,
                          const char *verb)
{
  g_auto (GStrv) verbs = NULL;

  if (self->values[fault] == NULL)
    return FALSE;
  verbs = g_strsplit (self->values[fault], ",", -1);
  for (guint i = 0; verbs[i] != NULL; i++)
    if (g_ascii_strcasecmp (verbs[i], verb) == 0)
      return TRUE;
  return FALSE;
}

RstDemoCommit
rst_demo_faults_get_commit (const RstDemoFaults *self,
                            RstDemoFault fault)
{
  const char *value = self->values[fault];

  if (g_strcmp0 (value, "commit") == 0)
    return RST_DEMO_COMMIT_ALL;
  if (g_strcmp0 (value, "half") == 0)
    return RST_DEMO_COMMIT_HALF;
  return RST_DEMO_COMMIT_KEEP;
}
