/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-private.h"

#include "plug-file-name.h"

struct _PlugConnection {
  GObject parent_instance;

  GFile *location;
  char *name;
  PlugConnectionFile file;
  PlugConnectionState state;
  GError *problem;
  PlugProvider *provider;
  PlugMethod *method;
  GBytes *authorities;

  PlugOutcome outcome;
  PlugReason reason;
  gint64 tested;
};

G_DEFINE_FINAL_TYPE (PlugConnection, plug_connection, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_OUTCOME,
  PROP_TESTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
plug_connection_get_property (GObject *object,
                              guint property_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  PlugConnection *self = PLUG_CONNECTION (object);

  switch (property_id) {
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_OUTCOME:
    g_value_set_uint (value, self->outcome);
    break;
  case PROP_TESTED:
    g_value_set_int64 (value, self->tested);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
plug_connection_finalize (GObject *object)
{
  PlugConnection *self = PLUG_CONNECTION (object);

  g_clear_object (&self->location);
  g_free (self->name);
  plug_connection_file_clear (&self->file);
  g_clear_error (&self->problem);
  g_clear_object (&self->provider);
  g_clear_object (&self->method);
  g_clear_pointer (&self->authorities, g_bytes_unref);

  G_OBJECT_CLASS (plug_connection_parent_class)->finalize (object);
}

static void
plug_connection_class_init (PlugConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = plug_connection_get_property;
  object_class->finalize = plug_connection_finalize;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, PLUG_CONNECTION_NO_PROVIDER, 0, flags);
  properties[PROP_OUTCOME] = g_param_spec_uint ("outcome", NULL, NULL, 0, PLUG_OUTCOME_NOT_TESTABLE, 0, flags);
  properties[PROP_TESTED] = g_param_spec_int64 ("tested", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plug_connection_init (PlugConnection *self)
{
}

PlugConnection *
plug_connection_new (const char *path,
                     PlugConnectionFile *file,
                     PlugConnectionState state,
                     GError *problem,
                     PlugProvider *provider,
                     PlugMethod *method,
                     GBytes *authorities)
{
  PlugConnection *self = g_object_new (PLUG_TYPE_CONNECTION, NULL);
  g_autofree char *file_name = g_path_get_basename (path);

  self->location = g_file_new_for_path (path);
  self->file = *file;
  *file = (PlugConnectionFile){ 0 };
  /* A name that could not be accepted is not shown as one either. */
  if (self->file.name != NULL && plug_name_check (self->file.name) == PLUG_NAME_OK)
    self->name = g_strstrip (g_strdup (self->file.name));
  else
    self->name = plug_file_name_to_name (file_name);
  self->state = state;
  self->problem = problem;
  self->provider = provider == NULL ? NULL : g_object_ref (provider);
  self->method = method == NULL ? NULL : g_object_ref (method);
  self->authorities = authorities == NULL ? NULL : g_bytes_ref (authorities);

  return self;
}

const PlugConnectionFile *
plug_connection_peek_file (PlugConnection *self)
{
  return &self->file;
}

GBytes *
plug_connection_get_authorities (PlugConnection *self)
{
  return self->authorities;
}

void
plug_connection_break (PlugConnection *self,
                       GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  self->state = PLUG_CONNECTION_BROKEN;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
plug_connection_set_outcome (PlugConnection *self,
                             PlugOutcome outcome,
                             PlugReason reason,
                             gint64 tested)
{
  if (self->outcome == outcome && self->reason == reason && self->tested == tested)
    return;
  self->outcome = outcome;
  self->reason = reason;
  self->tested = tested;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTED]);
}

const char *
plug_connection_get_name (PlugConnection *self)
{
  return self->name;
}

PlugConnectionState
plug_connection_get_state (PlugConnection *self)
{
  return self->state;
}

const GError *
plug_connection_get_problem (PlugConnection *self)
{
  return self->problem;
}

const char *
plug_connection_get_provider_id (PlugConnection *self)
{
  return self->file.provider;
}

const char *
plug_connection_get_method_id (PlugConnection *self)
{
  return self->file.method;
}

PlugProvider *
plug_connection_get_provider (PlugConnection *self)
{
  return self->provider;
}

PlugMethod *
plug_connection_get_method (PlugConnection *self)
{
  return self->method;
}

PlugValues *
plug_connection_get_values (PlugConnection *self)
{
  return self->file.values;
}

const char *
plug_connection_get_revision (PlugConnection *self)
{
  return self->file.revision;
}

const char *
plug_connection_get_created (PlugConnection *self)
{
  return self->file.created;
}

const char *
plug_connection_get_modified (PlugConnection *self)
{
  return self->file.modified;
}

GFile *
plug_connection_get_file (PlugConnection *self)
{
  return self->location;
}

PlugOutcome
plug_connection_get_outcome (PlugConnection *self)
{
  return self->outcome;
}

PlugReason
plug_connection_get_reason (PlugConnection *self)
{
  return self->reason;
}

gint64
plug_connection_get_tested (PlugConnection *self)
{
  return self->tested;
}
