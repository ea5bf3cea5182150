/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-broken-definition.h"

struct _PlugBrokenDefinition {
  GObject parent_instance;

  char *path;
  GPtrArray *mistakes;
};

G_DEFINE_FINAL_TYPE (PlugBrokenDefinition, plug_broken_definition, G_TYPE_OBJECT)

static void
plug_broken_definition_finalize (GObject *object)
{
  PlugBrokenDefinition *self = PLUG_BROKEN_DEFINITION (object);

  g_free (self->path);
  g_ptr_array_unref (self->mistakes);

  G_OBJECT_CLASS (plug_broken_definition_parent_class)->finalize (object);
}

static void
plug_broken_definition_class_init (PlugBrokenDefinitionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_broken_definition_finalize;
}

static void
plug_broken_definition_init (PlugBrokenDefinition *self)
{
}

PlugBrokenDefinition *
plug_broken_definition_new (const char *path,
                            GPtrArray *mistakes)
{
  PlugBrokenDefinition *self = g_object_new (PLUG_TYPE_BROKEN_DEFINITION, NULL);

  self->path = g_strdup (path);
  self->mistakes = mistakes;

  return self;
}

const char *
plug_broken_definition_get_path (PlugBrokenDefinition *self)
{
  return self->path;
}

GPtrArray *
plug_broken_definition_get_mistakes (PlugBrokenDefinition *self)
{
  return self->mistakes;
}
