/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The simulator as a program: prints one JSON line with the values to type in, then obeys lines on standard input until it
 * ends: "fault NAME" is answered by {"fault": …}, "log" by {"log": ["VERB /path", …]} of what was asked since the last time. */
#include <glib-unix.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "halo-simulator.h"

static const struct {
  const char *id;
  CertificateKind kind;
} certificates[] = {
  { "good", CERTIFICATE_GOOD },
  { "expired", CERTIFICATE_EXPIRED },
  { "not-yet-valid", CERTIFICATE_NOT_YET_VALID },
  { "other-host", CERTIFICATE_OTHER_HOST },
  { "self-signed", CERTIFICATE_SELF_SIGNED },
};

typedef struct {
  HaloSimulator *simulator;
  GMainLoop *loop;
} Program;

static void
print_line (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  puts (text);
  fflush (stdout);
}

static void
add (JsonBuilder *builder,
     const char *member,
     const char *value)
{
  json_builder_set_member_name (builder, member);
  if (value == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, value);
}

static void
print_values (HaloSimulator *simulator,
              const char *authorities)
{
  const HaloSimulatorValues *values = halo_simulator_get_values (simulator);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add (builder, "api_address", values->api_address);
  add (builder, "token_url", values->token_url);
  add (builder, "tenant", values->tenant);
  add (builder, "client_id", values->client_id);
  add (builder, "client_secret", values->client_secret);
  add (builder, "username", values->username);
  add (builder, "password", values->password);
  add (builder, "agent", values->agent);
  add (builder, "authorities", authorities);
  json_builder_end_object (builder);
  print_line (builder);
}

static void
obey (Program *program,
      const char *line)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (g_str_has_prefix (line, "fault ")) {
    const char *fault = line + strlen ("fault ");

    add (builder, "fault", halo_simulator_set_fault (program->simulator, fault) ? fault : NULL);
  } else if (g_str_equal (line, "log")) {
    g_auto (GStrv) log = halo_simulator_take_log (program->simulator);

    json_builder_set_member_name (builder, "log");
    json_builder_begin_array (builder);
    for (guint i = 0; log[i] != NULL; i++)
      json_builder_add_string_value (builder, log[i]);
    json_builder_end_array (builder);
  } else {
    add (builder, "error", "what?");
  }
  json_builder_end_object (builder);
  print_line (builder);
}

static void
line_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Program *program = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL) {
    g_main_loop_quit (program->loop);
    return;
  }
  obey (program, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, line_cb, program);
}

static gboolean
terminated_cb (gpointer user_data)
{
  Program *program = user_data;

  g_main_loop_quit (program->loop);
  return G_SOURCE_CONTINUE;
}

static int
serve (Authority *authority,
       CertificateKind kind,
       const char *fault)
{
  Program program = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *authorities = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (GError) error = NULL;

  program.simulator = halo_simulator_new (authority, kind, &error);
  if (program.simulator == NULL || (fault != NULL && !halo_simulator_set_fault (program.simulator, fault))) {
    g_printerr ("halo-simulator: %s\n", error != NULL ? error->message : "there is no such fault; see --list-faults");
    return 2;
  }
  if (authority != NULL) {
    folder = g_dir_make_tmp ("halo-simulator-XXXXXX", NULL);
    authorities = g_build_filename (folder, "authority.pem", NULL);
    g_file_set_contents (authorities, authority_get_pem (authority), -1, NULL);
  }
  print_values (program.simulator, authorities);

  program.loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, terminated_cb, &program);
  g_unix_signal_add (SIGINT, terminated_cb, &program);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &program);
  g_main_loop_run (program.loop);

  if (folder != NULL) {
    g_unlink (authorities);
    g_rmdir (folder);
  }
  halo_simulator_free (program.simulator);
  g_main_loop_unref (program.loop);
  return 0;
}

static gboolean
parse_certificate (const char *id,
                   CertificateKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    if (g_str_equal (certificates[i].id, id)) {
      *kind = certificates[i].kind;
      return TRUE;
    }
  return FALSE;
}

int
main (int argc,
      char **argv)
{
  g_autofree char *certificate = NULL;
  g_autofree char *fault = NULL;
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "tls", 0, 0, G_OPTION_ARG_STRING, &certificate, "Speak TLS; good, expired, not-yet-valid, other-host or self-signed", "CERTIFICATE" },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, "Misbehave from the start", "NAME" },
    { "list-faults", 0, 0, G_OPTION_ARG_NONE, &list, "Print the names of all faults", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Authority) authority = NULL;
  CertificateKind kind = CERTIFICATE_GOOD;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (certificate != NULL && !parse_certificate (certificate, &kind))) {
    g_printerr ("halo-simulator: %s\n", error != NULL ? error->message : "there is no such certificate");
    return 2;
  }
  for (guint i = 0; list && halo_simulator_get_faults ()[i] != NULL; i++)
    puts (halo_simulator_get_faults ()[i]);
  if (list)
    return 0;
  if (certificate != NULL)
    authority = authority_new ();

  return serve (authority, kind, fault);
}
