/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-definition.h"
#include "plug-method-private.h"

G_BEGIN_DECLS

/* What a template is for, which decides what may stand in it. */
typedef enum {
  PLUG_USE_URL = 1 << 0,         /* an address */
  PLUG_USE_HEADER = 1 << 1,      /* stands in a header as it is */
  PLUG_USE_MAY_SECRET = 1 << 2,  /* may hold a secret */
  PLUG_USE_MUST_SECRET = 1 << 3, /* a password, token or key: all its variables are secret */
  PLUG_USE_API_KEY = 1 << 4,     /* an API key, unless it is an identifier beside one */
  PLUG_USE_TOKEN = 1 << 5,       /* stands where {access_token} is known */
} PlugUseFlags;

#define PLUG_USE_IS_SECRET (PLUG_USE_MAY_SECRET | PLUG_USE_MUST_SECRET)

typedef struct {
  PlugTemplate *template;
  char *pointer;
  PlugUseFlags flags;
  char *name; /* (nullable): of an API key, the header or member it goes into */
} PlugTemplateUse;

/* What is not known of a parameter, because its definition has a mistake. */
typedef enum {
  PLUG_UNSURE_TYPE = 1 << 0,   /* its type, or whether it is secret */
  PLUG_UNSURE_VALUES = 1 << 1, /* which values it takes */
} PlugUnsureFlags;

/* Reads one definition. What the schema has refused is null by then, so that everything else can be judged: whoever asks
 * for a member that is there and has no value leaves out the rules that need it. */
typedef struct {
  gboolean built_in;
  GString *pointer;    /* where the reader is */
  GPtrArray *mistakes; /* of PlugMistake, still without line */
  guint max_mistakes;
  guint n_left_out;    /* mistakes that are not among them */
  gsize n_bytes;       /* of the pointers of all mistakes */
  GHashTable *refused; /* the pointers of what the schema has refused */
  GHashTable *lacking; /* the pointers of objects that lack a member */
  GHashTable *told;    /* what the rules have found, "POINTER REASON": once is enough */
  GHashTable *hints;   /* what stands where nothing is read: see plug_reader_note_unread() */
  guint n_uses;        /* how often such a hint was a variable in braces */
  GHashTable *blank;   /* the pointers of what was refused and holds no template → whether it is no template either */

  /* Of the method that is being read */
  GPtrArray *uses;      /* of PlugTemplateUse */
  GHashTable *learnt;   /* the variables that an answer of the service sets */
  GHashTable *unsure;   /* PlugParameter → PlugUnsureFlags */
  gboolean auth_unread; /* nobody knows all of its schemes */
} PlugDefinitionReader;

/* Goes to a member and back: the result is what plug_reader_leave() takes. */
gsize plug_reader_enter (PlugDefinitionReader *self,
                         const char *name);
gsize plug_reader_enter_index (PlugDefinitionReader *self,
                               guint index);
void plug_reader_leave (PlugDefinitionReader *self,
                        gsize place);

/* @member: (nullable): of where the reader is. */
void plug_reader_report (PlugDefinitionReader *self,
                         const char *member,
                         const char *format,
                         ...) G_GNUC_PRINTF (3, 4);
void plug_reader_report_at (PlugDefinitionReader *self,
                            const char *pointer,
                            const char *format,
                            ...) G_GNUC_PRINTF (3, 4);

/* Remembers what @node, which stands where the reader is and is not read, might have named and used: a parameter that is
 * needed there only is not said to be of no use, and a variable that is set there not to be unknown. */
void plug_reader_note_unread (PlugDefinitionReader *self,
                              JsonNode *node);
void plug_reader_note_object (PlugDefinitionReader *self,
                              JsonObject *object);
/* The same of what the schema has refused at @member, or where the reader is when that is NULL, and where templates belong:
 * when it has none, those that are missing might have used any parameter.
 * @is_container: whether that is more than one template */
void plug_reader_note_refused (PlugDefinitionReader *self,
                               const char *member,
                               gboolean is_container);
/* Something that the method needs is missing: it might have used any parameter. */
void plug_reader_note_lack (PlugDefinitionReader *self);
/* A parameter has no name that anybody can read: it might have any. */
void plug_reader_note_nameless (PlugDefinitionReader *self);
/* Whether what was not read might define, or use, what is called @name. */
gboolean plug_reader_may_define (PlugDefinitionReader *self,
                                 const char *name);
gboolean plug_reader_may_use (PlugDefinitionReader *self,
                              const char *name);
/* Replaces what the schema has refused by null. */
void plug_reader_drop_refused (PlugDefinitionReader *self,
                               JsonNode *root);

/* Whether the member is there with a value that the schema has refused. */
gboolean plug_reader_is_refused (JsonObject *object,
                                 const char *member);
/* NULL, or @fallback, where the member is missing or of another type. */
const char *plug_reader_get_text (JsonObject *object,
                                  const char *member);
gboolean plug_reader_get_boolean (JsonObject *object,
                                  const char *member,
                                  gboolean fallback);
/* 0 where the member is missing. */
gint64 plug_reader_get_integer (JsonObject *object,
                                const char *member);
JsonObject *plug_reader_get_object (JsonObject *object,
                                    const char *member);
JsonArray *plug_reader_get_array (JsonObject *object,
                                  const char *member);
/* NULL when the element is no object. */
JsonObject *plug_reader_get_element (JsonArray *array,
                                     guint index);

/* The texts of a list; empty where the member is missing. */
char **plug_reader_dup_texts (JsonObject *object,
                              const char *member) G_GNUC_WARN_UNUSED_RESULT;

void plug_reader_read_parameters (PlugDefinitionReader *self,
                                  JsonObject *object,
                                  PlugMethod *method);
PlugRequestSpec *plug_reader_read_request (PlugDefinitionReader *self,
                                           JsonObject *parent,
                                           const char *member,
                                           PlugUseFlags flags) G_GNUC_WARN_UNUSED_RESULT;
void plug_reader_read_condition (PlugDefinitionReader *self,
                                 JsonObject *parent,
                                 const char *member,
                                 PlugCondition *condition);
/* A list of statuses and conditions; @conditions stays as it is where the member is missing. */
void plug_reader_read_conditions (PlugDefinitionReader *self,
                                  JsonObject *parent,
                                  const char *member,
                                  GPtrArray *conditions);
void plug_reader_read_templates (PlugDefinitionReader *self,
                                 JsonObject *parent,
                                 const char *member,
                                 PlugUseFlags flags,
                                 GHashTable *table);
PlugTemplate *plug_reader_read_template (PlugDefinitionReader *self,
                                         JsonObject *parent,
                                         const char *member,
                                         PlugUseFlags flags) G_GNUC_WARN_UNUSED_RESULT;
/* `set`: into @set, and into what is known from now on. */
void plug_reader_read_learnt (PlugDefinitionReader *self,
                              JsonObject *parent,
                              const char *member,
                              GHashTable *set);
PlugScheme *plug_reader_read_scheme (PlugDefinitionReader *self,
                                     JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

/* The rules over a whole method: what a schema cannot say. */
void plug_reader_check_method (PlugDefinitionReader *self,
                               PlugMethod *method);

G_END_DECLS
