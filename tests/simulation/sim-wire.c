/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-wire.h"

/* The three objects are one connection: both directions look at the same socket and session. */

#define SIM_TYPE_WIRE_INPUT (sim_wire_input_get_type ())
#define SIM_TYPE_WIRE_OUTPUT (sim_wire_output_get_type ())
#define SIM_TYPE_WIRE (sim_wire_get_type ())

G_DECLARE_FINAL_TYPE (SimWireInput, sim_wire_input, SIM, WIRE_INPUT, GInputStream)
G_DECLARE_FINAL_TYPE (SimWireOutput, sim_wire_output, SIM, WIRE_OUTPUT, GOutputStream)
G_DECLARE_FINAL_TYPE (SimWire, sim_wire, SIM, WIRE, GIOStream)

struct _SimWireInput
{
  GInputStream parent_instance;
  GSocket *socket;
  SimSession *session;
};

struct _SimWireOutput
{
  GOutputStream parent_instance;
  GSocket *socket;
  SimSession *session;
};

struct _SimWire
{
  GIOStream parent_instance;
  SimWireInput *input;
  SimWireOutput *output;
};

static void sim_wire_input_iface_init (GPollableInputStreamInterface *iface);
static void sim_wire_output_iface_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimWireInput,
                               sim_wire_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      sim_wire_input_iface_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (SimWireOutput,
                               sim_wire_output,
                               G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      sim_wire_output_iface_init))
G_DEFINE_FINAL_TYPE (SimWire, sim_wire, G_TYPE_IO_STREAM)

/* How many of @length bytes come through. A handshake blocks, and would wait for what never comes:
 * there the connection breaks in any case. */
static gsize
let_through (SimSession *session,
             GSocket *socket,
             guint *n_come,
             guint at,
             gsize length)
{
  gboolean is_cut = session->cut.is_on_wire && at > 0 && *n_come + length >= at;

  if (is_cut)
    length = at > *n_come ? at - *n_come : 0;
  *n_come += (guint)length;
  if (is_cut && session->cut.stalls && session->has_shaken_hands)
    session->is_wire_dead = TRUE;
  else if (is_cut)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
  return length;
}

static gssize
sim_wire_input_read (GInputStream *stream,
                     void *buffer,
                     gsize size,
                     GCancellable *cancellable,
                     GError **error)
{
  SimWireInput *self = SIM_WIRE_INPUT (stream);
  gssize length = g_socket_receive_with_blocking (self->socket, buffer, size, TRUE, cancellable,
                                                  error);

  return length <= 0 ? length
                     : (gssize)let_through (self->session, self->socket, &self->session->n_wire_in,
                                            self->session->cut.at_in, (gsize)length);
}

static gboolean
sim_wire_input_is_readable (GPollableInputStream *stream)
{
  SimWireInput *self = SIM_WIRE_INPUT (stream);

  return !self->session->is_wire_dead &&
         (g_socket_condition_check (self->socket, G_IO_IN) & (G_IO_IN | G_IO_HUP)) != 0;
}

static GSource *
sim_wire_input_create_source (GPollableInputStream *stream,
                              GCancellable *cancellable)
{
  SimWireInput *self = SIM_WIRE_INPUT (stream);
  g_autoptr (GSource) source = g_socket_create_source (self->socket, G_IO_IN, NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static void
sim_wire_input_finalize (GObject *object)
{
  g_object_unref (SIM_WIRE_INPUT (object)->socket);
  G_OBJECT_CLASS (sim_wire_input_parent_class)->finalize (object);
}

static void
sim_wire_input_class_init (SimWireInputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sim_wire_input_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = sim_wire_input_read;
}

static void
sim_wire_input_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = sim_wire_input_is_readable;
  iface->create_source = sim_wire_input_create_source;
}

static void
sim_wire_input_init (SimWireInput *self)
{
}

static gssize
sim_wire_output_write (GOutputStream *stream,
                       const void *bytes,
                       gsize size,
                       GCancellable *cancellable,
                       GError **error)
{
  SimWireOutput *self = SIM_WIRE_OUTPUT (stream);
  SimSession *session = self->session;
  gsize length = size;

  if (session->is_wire_dead)
    return (gssize)size;
  /* The bytes before the cut have to be out before the socket is shut. */
  if (session->cut.is_on_wire && session->cut.at_out > 0)
    length = MIN (size, session->cut.at_out - MIN (session->cut.at_out, session->n_wire_out));
  if (length > 0 &&
      g_socket_send_with_blocking (self->socket, bytes, length, TRUE, cancellable, error) !=
          (gssize)length)
    return -1;
  let_through (session, self->socket, &session->n_wire_out, session->cut.at_out, size);
  session->is_heard |= session->cut.is_on_wire && length == size &&
                       session->n_wire_out == session->cut.at_out;
  return (gssize)size;
}

static gboolean
sim_wire_output_is_writable (GPollableOutputStream *stream)
{
  return TRUE;
}

static GSource *
sim_wire_output_create_source (GPollableOutputStream *stream,
                               GCancellable *cancellable)
{
  SimWireOutput *self = SIM_WIRE_OUTPUT (stream);
  g_autoptr (GSource) source = g_socket_create_source (self->socket, G_IO_OUT, NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static void
sim_wire_output_finalize (GObject *object)
{
  g_object_unref (SIM_WIRE_OUTPUT (object)->socket);
  G_OBJECT_CLASS (sim_wire_output_parent_class)->finalize (object);
}

static void
sim_wire_output_class_init (SimWireOutputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sim_wire_output_finalize;
  G_OUTPUT_STREAM_CLASS (class)->write_fn = sim_wire_output_write;
}

static void
sim_wire_output_iface_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = sim_wire_output_is_writable;
  iface->create_source = sim_wire_output_create_source;
}

static void
sim_wire_output_init (SimWireOutput *self)
{
}

static GInputStream *
sim_wire_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (SIM_WIRE (stream)->input);
}

static GOutputStream *
sim_wire_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (SIM_WIRE (stream)->output);
}

static void
sim_wire_finalize (GObject *object)
{
  SimWire *self = SIM_WIRE (object);

  g_object_unref (self->input);
  g_object_unref (self->output);
  G_OBJECT_CLASS (sim_wire_parent_class)->finalize (object);
}

static void
sim_wire_class_init (SimWireClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sim_wire_finalize;
  G_IO_STREAM_CLASS (class)->get_input_stream = sim_wire_get_input_stream;
  G_IO_STREAM_CLASS (class)->get_output_stream = sim_wire_get_output_stream;
}

static void
sim_wire_init (SimWire *self)
{
  self->input = g_object_new (SIM_TYPE_WIRE_INPUT, NULL);
  self->output = g_object_new (SIM_TYPE_WIRE_OUTPUT, NULL);
}

GIOStream *
sim_wire_new (GSocket *socket,
              SimSession *session)
{
  SimWire *self = g_object_new (SIM_TYPE_WIRE, NULL);

  self->input->socket = g_object_ref (socket);
  self->output->socket = g_object_ref (socket);
  self->input->session = self->output->session = session;
  return G_IO_STREAM (self);
}
