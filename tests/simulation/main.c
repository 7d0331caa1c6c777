/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim-client.h"

/* Schedules by the million: `simulation --schedules N --seed S`. */

#define PURPOSE_USER 1
#define PURPOSE_WORLD 2
#define MAX_STEPS 9

static const SimClient *const clients[] = { &SIM_RESTANTE, &SIM_ANCESTOR, &SIM_UID_ONLY };

#define N_CLIENTS G_N_ELEMENTS (clients)

/* What one process tells of its share, while it runs. @seed: the schedule at hand. */
typedef struct
{
  SimVerdict verdicts[N_CLIENTS];
  guint64 seed;
  guint64 n_schedules;
  guint64 first_bad;
  gboolean has_bad;
} Share;

static gint64 n_schedules = 1000;
static gint64 first_seed = 1;
static int n_jobs = 1;
static gboolean is_verbose;
static gboolean no_copies;
static volatile sig_atomic_t is_stopped;

static const GOptionEntry options[] = {
  { "schedules", 'n', 0, G_OPTION_ARG_INT64, &n_schedules, "How many schedules", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT64, &first_seed, "The first one's seed; each has the next",
    "S" },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &n_jobs, "Processes to share them", "N" },
  { "no-copies", 0, 0, G_OPTION_ARG_NONE, &no_copies,
    "Of a user who keeps no copies: what is deleted is not downloaded", NULL },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &is_verbose, "Say all that happens", NULL },
  G_OPTION_ENTRY_NULL
};

static void
delete_some (const SimClient *client,
             gpointer state,
             SimRandom *random)
{
  guint rows[5];
  guint n_rows = client->count (state);
  guint n_wanted = MIN (n_rows, 1 + sim_random_below (random, G_N_ELEMENTS (rows)));
  guint n = 0;

  for (guint i = 0; i < n_rows && n < n_wanted; i++)
    if (sim_random_below (random, n_rows - i) < n_wanted - n)
      rows[n++] = i;
  if (n > 0)
    client->delete (state, rows, n, random);
}

static void
take_step (SimRun *run,
           const SimClient *client,
           gpointer state)
{
  SimRandom random = sim_run_random (run, PURPOSE_USER);
  guint choice = sim_random_below (&random, 100);
  guint n_rows = client->count (state);

  if (choice < 30 || n_rows == 0)
    {
      sim_run_log (run, "%u: refresh", run->step);
      client->refresh (state, &random);
    }
  else if (choice < 55)
    {
      guint row = sim_random_below (&random, n_rows);

      sim_run_log (run, "%u: read %u", run->step, row + 1);
      client->read (state, row, &random);
    }
  else if (choice < 93)
    {
      sim_run_log (run, "%u: delete", run->step);
      delete_some (client, state, &random);
    }
  else
    {
      sim_run_log (run, "%u: restart", run->step);
      client->restart (state);
    }
}

static void
run_schedule (guint64 seed,
              const SimClient *client,
              SimVerdict *verdict)
{
  SimRun run;
  SimRandom random;
  gpointer state;
  guint n_steps;

  sim_run_init (&run, seed, is_verbose);
  run.keeps_copies = !no_copies;
  sim_run_log (&run, "Schedule %" G_GUINT64_FORMAT ", %s", seed, client->name);
  random = sim_run_random (&run, 0);
  n_steps = 4 + sim_random_below (&random, MAX_STEPS - 3);
  state = client->start (&run, verdict);
  run.is_quiet_network = TRUE;
  client->refresh (state, &random);
  run.is_quiet_network = sim_random_chance (&random, 25);
  for (guint i = 0; i < n_steps; i++)
    {
      SimRandom world;

      sim_run_next_step (&run);
      world = sim_run_random (&run, PURPOSE_WORLD);
      for (guint n = sim_random_below (&world, 3); n > 0; n--)
        sim_run_log (&run, "%u: %s", run.step, sim_world_change (run.world, &world));
      take_step (&run, client, state);
    }
  client->stop (state);
  sim_run_clear (&run);
}

static guint64
count_faults (const SimVerdict *self)
{
  return self->n_wrong_deletes + self->n_wrong_bodies + self->n_partial_commits +
         self->n_false_claims + self->n_wrong_indexes + self->n_unsettled;
}

/* For the command that plays a schedule again. */
static const char *
get_copies_option (void)
{
  return no_copies ? " --no-copies" : "";
}

static void
run_share (Share *share,
           guint job)
{
  for (gint64 i = job; i < n_schedules && !is_stopped; i += n_jobs)
    {
      guint64 seed = (guint64)(first_seed + i);
      guint64 n_before = count_faults (&share->verdicts[0]);

      share->seed = seed;
      for (guint j = 0; j < N_CLIENTS; j++)
        run_schedule (seed, clients[j], &share->verdicts[j]);
      share->n_schedules++;
      if (count_faults (&share->verdicts[0]) == n_before)
        continue;
      printf ("Failed: --schedules 1 --seed %" G_GUINT64_FORMAT "%s\n", seed, get_copies_option ());
      fflush (stdout);
      if (!share->has_bad || seed < share->first_bad)
        share->first_bad = seed;
      share->has_bad = TRUE;
    }
}

/* Processes and not threads: the program has one main context and one transport. */
static pid_t
run_in_child (Share *share,
              guint job)
{
  pid_t pid;

  fflush (stdout);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      run_share (share, job);
      fflush (stdout);
      _exit (0);
    }
  return pid;
}

/* Returns: whether a process ended as it should. Those that crash have told what they did until
 * then, and where they were. */
static gboolean
wait_for_child (pid_t pid,
                const Share *share)
{
  int status;

  while (waitpid (pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  printf ("Crashed: --schedules 1 --seed %" G_GUINT64_FORMAT "%s --verbose\n", share->seed,
          get_copies_option ());
  return FALSE;
}

static void
add_share (Share *total,
           const Share *share)
{
  total->n_schedules += share->n_schedules;
  if (share->has_bad && (!total->has_bad || share->first_bad < total->first_bad))
    total->first_bad = share->first_bad;
  total->has_bad |= share->has_bad;
  for (guint i = 0; i < N_CLIENTS; i++)
    for (gsize j = 0; j < sizeof (SimVerdict) / sizeof (guint64); j++)
      ((guint64 *)&total->verdicts[i])[j] += ((const guint64 *)&share->verdicts[i])[j];
}

static gboolean
run_all (Share *total)
{
  g_autofree pid_t *pids = g_new (pid_t, n_jobs);
  gsize size = sizeof (Share) * (gsize)n_jobs;
  gboolean is_good = TRUE;
  Share *shares;

  /* Whoever looks on, perhaps with a debugger, has it in one process. */
  if (n_jobs == 1 && is_verbose)
    {
      run_share (total, 0);
      return TRUE;
    }
  shares = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (shares != MAP_FAILED);
  for (int i = 0; i < n_jobs; i++)
    pids[i] = run_in_child (&shares[i], (guint)i);
  for (int i = 0; i < n_jobs; i++)
    {
      is_good &= wait_for_child (pids[i], &shares[i]);
      add_share (total, &shares[i]);
    }
  munmap (shares, size);
  return is_good;
}

/* A judge that finds nothing in what the other two do would find nothing in anything. */
#define N_TO_SEE 600

static gboolean
is_blind (const Share *total)
{
  gboolean is_blind = FALSE;

  for (guint i = 1; i < N_CLIENTS && total->n_schedules >= N_TO_SEE; i++)
    {
      const SimVerdict *verdict = &total->verdicts[i];

      is_blind |= verdict->n_wrong_deletes == 0 || verdict->n_wrong_bodies == 0 ||
                  verdict->n_partial_commits == 0 || verdict->n_false_claims == 0;
    }
  if (is_blind)
    puts ("\nThe judge has not seen what the others do wrong.");
  return is_blind;
}

/* @n_judged: of so many clients, as the others keep no list on disk and settle nothing */
static void
print_row (const char *name,
           gsize offset,
           guint n_judged,
           const Share *total)
{
  printf ("%-38s", name);
  for (guint i = 0; i < N_CLIENTS; i++)
    if (i < n_judged)
      printf ("%14" G_GUINT64_FORMAT, G_STRUCT_MEMBER (guint64, &total->verdicts[i], offset));
    else
      printf ("%14s", "-");
  putchar ('\n');
}

static void
print_table (const Share *total,
             double seconds)
{
  printf ("%" G_GUINT64_FORMAT " schedules from seed %" G_GINT64_FORMAT " in %.0f s\n\n%-38s",
          total->n_schedules, first_seed, seconds, "");
  for (guint i = 0; i < N_CLIENTS; i++)
    printf ("%14s", clients[i]->name);
  putchar ('\n');
  print_row ("deletes asked for", G_STRUCT_OFFSET (SimVerdict, n_deletes), N_CLIENTS, total);
  print_row ("messages deleted", G_STRUCT_OFFSET (SimVerdict, n_deleted), N_CLIENTS, total);
  print_row ("messages asked for", G_STRUCT_OFFSET (SimVerdict, n_reads), N_CLIENTS, total);
  print_row ("messages shown", G_STRUCT_OFFSET (SimVerdict, n_read), N_CLIENTS, total);
  print_row ("WRONG DELETES", G_STRUCT_OFFSET (SimVerdict, n_wrong_deletes), N_CLIENTS, total);
  print_row ("WRONG BODIES", G_STRUCT_OFFSET (SimVerdict, n_wrong_bodies), N_CLIENTS, total);
  print_row ("PARTIAL COMMITS", G_STRUCT_OFFSET (SimVerdict, n_partial_commits), N_CLIENTS, total);
  print_row ("FALSE CLAIMS", G_STRUCT_OFFSET (SimVerdict, n_false_claims), N_CLIENTS, total);
  print_row ("INDEX IS NOT THE LISTING", G_STRUCT_OFFSET (SimVerdict, n_wrong_indexes), 1, total);
  print_row ("UNKNOWN NOT SETTLED", G_STRUCT_OFFSET (SimVerdict, n_unsettled), 1, total);
  print_row ("twins that no client can tell apart", G_STRUCT_OFFSET (SimVerdict, n_unknowable),
             N_CLIENTS, total);
}

/* The table of what was run is printed all the same. */
static void
stop (int number)
{
  is_stopped = TRUE;
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = sim_client_begin ();
  Share total = { 0 };
  gint64 start = g_get_monotonic_time ();
  gboolean is_good;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      g_rmdir (folder);
      return 2;
    }

  n_jobs = CLAMP (n_jobs, 1, 64);
  signal (SIGINT, stop);
  signal (SIGTERM, stop);
  is_good = run_all (&total);
  g_rmdir (folder);
  print_table (&total, (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  if (total.has_bad)
    printf ("\nThe first that failed: --schedules 1 --seed %" G_GUINT64_FORMAT "%s --verbose\n",
            total.first_bad, get_copies_option ());
  is_good &= !is_blind (&total);
  return is_good && !total.has_bad ? 0 : 1;
}
