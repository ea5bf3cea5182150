/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-keyring.h"

#include <string.h>

/* An operation runs on the secrets thread as a chain: the service, its default collection, unlock it when that is
 * allowed, then what was asked for, and a look whether it is so. It is answered once, by whoever comes first: the chain,
 * the deadline, or the caller's cancellable; what comes later is dropped. */

struct _PlugKeyring {
  GObject parent_instance;

  guint quiet_ms;
  guint prompt_ms;
};

typedef struct {
  gatomicrefcount ref_count;
  PlugVaultOperation kind;
  GTask *task;
  char *name;
  GHashTable *attributes;
  SecretValue *content;
  PlugVaultFlags flags;
  guint deadline_ms;
  int answered; /* atomic */
  GCancellable *stop; /* libsecret's calls */

  /* the secrets thread's */
  SecretService *service;
  gboolean is_renewed; /* the service, after the one before had gone */
  GSource *deadline;
} Operation;

static void plug_keyring_iface_init (PlugVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlugKeyring, plug_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLUG_TYPE_VAULT, plug_keyring_iface_init))

static const SecretSchema schema = {
  "io.github.plugboard.Plugboard",
  SECRET_SCHEMA_NONE,
  {
    { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "revision", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static gpointer
secrets_thread (gpointer data)
{
  GMainContext *context = data;
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);

  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  return NULL;
}

/* The context of the one thread that all of libsecret's calls live on. */
static GMainContext *
get_secrets_context (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    GMainContext *context = g_main_context_new ();

    g_thread_unref (g_thread_new ("plug-keyring", secrets_thread, context));
    g_once_init_leave (&once, (gsize) context);
  }
  return (GMainContext *) once;
}

static Operation *
operation_ref (Operation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
operation_unref (gpointer data)
{
  Operation *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->content, secret_value_unref);
  g_clear_object (&self->service);
  g_clear_object (&self->stop);
  g_clear_object (&self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Operation, operation_unref)

/* TRUE for one caller only, who answers; NULL for all others. The task goes with it: it holds the caller's cancellable, and
 * that holds this operation for as long as it may call cancelled_cb(). */
static GTask *
operation_claim (Operation *self)
{
  return g_atomic_int_compare_and_exchange (&self->answered, 0, 1) ? g_steal_pointer (&self->task) : NULL;
}

static void
end_deadline (Operation *self)
{
  if (self->deadline == NULL)
    return;
  g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
}

static void
fail (Operation *self,
      PlugError code,
      const char *message)
{
  g_autoptr (GTask) task = operation_claim (self);

  if (task != NULL)
    g_task_return_new_error (task, PLUG_ERROR, (int) code, "%s", message);
  end_deadline (self);
}

static PlugError
code_for_dbus_error (const GError *error)
{
  switch (error->code) {
  case G_DBUS_ERROR_SERVICE_UNKNOWN:
  case G_DBUS_ERROR_NAME_HAS_NO_OWNER:
  case G_DBUS_ERROR_NO_SERVER:
  case G_DBUS_ERROR_DISCONNECTED:
  case G_DBUS_ERROR_SPAWN_EXEC_FAILED:
  case G_DBUS_ERROR_SPAWN_CHILD_EXITED:
  case G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND:
  case G_DBUS_ERROR_SPAWN_FAILED:
    return PLUG_ERROR_VAULT_MISSING;
  case G_DBUS_ERROR_NO_REPLY:
  case G_DBUS_ERROR_TIMEOUT:
  case G_DBUS_ERROR_TIMED_OUT:
    return PLUG_ERROR_VAULT_TIMED_OUT;
  case G_DBUS_ERROR_UNKNOWN_METHOD: /* what "no object at this path" is reported as */
  case G_DBUS_ERROR_UNKNOWN_OBJECT:
    return PLUG_ERROR_VAULT_NO_COLLECTION;
  default:
    return PLUG_ERROR_VAULT_REFUSED;
  }
}

/* See "Which GError, measured" in the notes on faults: the same situation comes from three domains. */
static PlugError
code_for_error (const Operation *self,
                const GError *error)
{
  if (error->domain == SECRET_ERROR)
    switch (error->code) {
    case SECRET_ERROR_IS_LOCKED:
      return (self->flags & PLUG_VAULT_MAY_PROMPT) != 0 ? PLUG_ERROR_VAULT_DISMISSED : PLUG_ERROR_VAULT_LOCKED;
    case SECRET_ERROR_NO_SUCH_OBJECT:
      return PLUG_ERROR_VAULT_NO_COLLECTION;
    case SECRET_ERROR_INVALID_FILE_FORMAT:
      return PLUG_ERROR_VAULT_DAMAGED;
    default:
      return PLUG_ERROR_VAULT_REFUSED;
    }
  if (error->domain == G_DBUS_ERROR)
    return code_for_dbus_error (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return PLUG_ERROR_VAULT_TIMED_OUT;
  /* No bus to talk to, or one that went away. */
  if (error->domain == G_IO_ERROR)
    return PLUG_ERROR_VAULT_MISSING;
  return PLUG_ERROR_VAULT_REFUSED;
}

static void
answer_probe (Operation *self,
              PlugVaultState state)
{
  g_autoptr (GTask) task = operation_claim (self);

  if (task != NULL)
    g_task_return_int (task, state);
  end_deadline (self);
}

/* Takes @error; TRUE when there was one. */
static gboolean
fail_with (Operation *self,
           GError *error)
{
  if (error == NULL)
    return FALSE;
  if (self->kind == PLUG_VAULT_PROBE && code_for_error (self, error) == PLUG_ERROR_VAULT_MISSING)
    answer_probe (self, PLUG_VAULT_IS_MISSING);
  else if (self->kind == PLUG_VAULT_PROBE && code_for_error (self, error) == PLUG_ERROR_VAULT_NO_COLLECTION)
    answer_probe (self, PLUG_VAULT_HAS_NO_COLLECTION);
  else
    fail (self, code_for_error (self, error), error->message);
  g_error_free (error);
  return TRUE;
}

static void
succeed (Operation *self,
         SecretValue *value)
{
  g_autoptr (GTask) task = operation_claim (self);

  if (task != NULL && value != NULL)
    g_task_return_pointer (task, secret_value_ref (value), secret_value_unref);
  else if (task != NULL)
    g_task_return_boolean (task, TRUE);
  end_deadline (self);
}

static gboolean
is_same (SecretValue *one,
         SecretValue *other)
{
  gsize one_length, other_length;
  const char *one_data = secret_value_get (one, &one_length);
  const char *other_data = secret_value_get (other, &other_length);

  return one_length == other_length && memcmp (one_data, other_data, one_length) == 0;
}

static gboolean
is_content (SecretValue *value)
{
  gsize length;
  const char *data = secret_value_get (value, &length);

  return length > 0 && length <= PLUG_VAULT_MAX_BYTES && g_utf8_validate (data, (gssize) length, NULL);
}

/* The last link of each chain: what does the keyring have now? */
static void
looked_up_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Operation) self = user_data;
  GError *error = NULL;
  SecretValue *value = secret_service_lookup_finish (SECRET_SERVICE (source), result, &error);

  if (!fail_with (self, error))
    switch (self->kind) {
    case PLUG_VAULT_STORE:
      if (value != NULL && is_same (value, self->content))
        succeed (self, NULL);
      else
        fail (self, PLUG_ERROR_VAULT_NOT_KEPT, "read back after storing, the secret was missing or different");
      break;
    case PLUG_VAULT_LOOKUP:
      if (value == NULL)
        fail (self, PLUG_ERROR_SECRET_MISSING, "the keyring has no such item");
      else if (!is_content (value))
        fail (self, PLUG_ERROR_SECRET_INVALID, "the keyring item is too large, or is not text");
      else
        succeed (self, value);
      break;
    case PLUG_VAULT_DELETE:
    default:
      if (value == NULL)
        succeed (self, NULL);
      else
        fail (self, PLUG_ERROR_VAULT_REFUSED, "the keyring kept the item that was deleted");
    }
  g_clear_pointer (&value, secret_value_unref);
}

static void
look_up (Operation *self)
{
  secret_service_lookup (self->service, &schema, self->attributes, self->stop, looked_up_cb, operation_ref (self));
}

static void
stored_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (Operation) self = user_data;
  GError *error = NULL;

  secret_service_store_finish (SECRET_SERVICE (source), result, &error);
  if (!fail_with (self, error))
    look_up (self);
}

static void
cleared_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Operation) self = user_data;
  GError *error = NULL;

  secret_service_clear_finish (SECRET_SERVICE (source), result, &error);
  if (!fail_with (self, error))
    look_up (self);
}

/* The keyring is open. */
static void
perform (Operation *self)
{
  g_autofree char *label = g_strconcat ("Plugboard: ", self->name, NULL);

  switch (self->kind) {
  case PLUG_VAULT_STORE:
    secret_service_store (self->service, &schema, self->attributes, SECRET_COLLECTION_DEFAULT, label, self->content,
                          self->stop, stored_cb, operation_ref (self));
    break;
  case PLUG_VAULT_DELETE:
    secret_service_clear (self->service, &schema, self->attributes, self->stop, cleared_cb, operation_ref (self));
    break;
  default:
    look_up (self);
  }
}

static void
unlocked_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (Operation) self = user_data;
  GError *error = NULL;
  GList *unlocked = NULL;
  int n = secret_service_unlock_finish (SECRET_SERVICE (source), result, &unlocked, &error);

  g_list_free_full (unlocked, g_object_unref);
  if (fail_with (self, error))
    return;
  if (n < 1)
    fail (self, PLUG_ERROR_VAULT_DISMISSED, "the keyring was not unlocked");
  else
    perform (self);
}

static void get_service (Operation *self);

/* libsecret keeps the service it found. When that has ended and another has begun, it goes on asking the first until the bus
 * has told it. TRUE when the chain begins anew with what is there now, once; nothing has been asked for before. */
static gboolean
renew_service (Operation *self,
               const GError *error)
{
  if (self->is_renewed || (!g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
                           && !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)))
    return FALSE;
  self->is_renewed = TRUE;
  secret_service_disconnect ();
  g_clear_object (&self->service);
  get_service (self);
  return TRUE;
}

static void
collection_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (Operation) self = user_data;
  GError *error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  gboolean may_prompt = (self->flags & PLUG_VAULT_MAY_PROMPT) != 0;

  if (renew_service (self, error)) {
    g_error_free (error);
    return;
  }
  if (fail_with (self, error))
    return;
  if (self->kind == PLUG_VAULT_PROBE)
    answer_probe (self, collection == NULL                          ? PLUG_VAULT_HAS_NO_COLLECTION
                        : secret_collection_get_locked (collection) ? PLUG_VAULT_IS_LOCKED
                                                                    : PLUG_VAULT_READY);
  else if (collection == NULL && !(may_prompt && self->kind == PLUG_VAULT_STORE))
    fail (self, PLUG_ERROR_VAULT_NO_COLLECTION, "there is no default keyring");
  else if (collection == NULL || !secret_collection_get_locked (collection))
    perform (self);
  else if (!may_prompt)
    fail (self, PLUG_ERROR_VAULT_LOCKED, "the keyring is locked");
  else {
    GList objects = { .data = collection };

    secret_service_unlock (self->service, &objects, self->stop, unlocked_cb, operation_ref (self));
  }
}

static void
service_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Operation) self = user_data;
  GError *error = NULL;

  self->service = secret_service_get_finish (result, &error);
  if (!fail_with (self, error))
    secret_collection_for_alias (self->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, self->stop,
                                 collection_cb, operation_ref (self));
}

static void
get_service (Operation *self)
{
  secret_service_get (SECRET_SERVICE_NONE, self->stop, service_cb, operation_ref (self));
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_autoptr (Operation) self = operation_ref (user_data);

  fail (self, PLUG_ERROR_VAULT_TIMED_OUT, "the keyring did not answer");
  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
start_cb (gpointer user_data)
{
  Operation *self = user_data;

  if (g_atomic_int_get (&self->answered) != 0)
    return G_SOURCE_REMOVE;
  self->deadline = g_timeout_source_new (self->deadline_ms);
  g_source_set_callback (self->deadline, deadline_cb, operation_ref (self), operation_unref);
  g_source_attach (self->deadline, get_secrets_context ());
  get_service (self);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  Operation *self = user_data;

  g_cancellable_cancel (self->stop);
  end_deadline (self);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  Operation *self = user_data;
  g_autoptr (GTask) task = operation_claim (self);

  if (task == NULL)
    return;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_main_context_invoke_full (get_secrets_context (), G_PRIORITY_DEFAULT, stop_cb, operation_ref (self), operation_unref);
}

static void
plug_keyring_begin (PlugVault *vault,
                    GTask *task,
                    PlugVaultOperation kind,
                    const char *name,
                    const char *revision,
                    SecretValue *content,
                    PlugVaultFlags flags)
{
  PlugKeyring *self = PLUG_KEYRING (vault);
  g_autoptr (Operation) operation = g_new0 (Operation, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_atomic_ref_count_init (&operation->ref_count);
  operation->kind = kind;
  operation->task = task;
  operation->name = g_strdup (name);
  operation->content = content == NULL ? NULL : secret_value_ref (content);
  operation->flags = flags;
  operation->deadline_ms = (flags & PLUG_VAULT_MAY_PROMPT) != 0 ? self->prompt_ms : self->quiet_ms;
  operation->stop = g_cancellable_new ();
  if (name != NULL)
    operation->attributes = secret_attributes_build (&schema, "connection", name, "revision", revision, NULL);

  if (content != NULL && !is_content (content)) {
    fail (operation, PLUG_ERROR_SECRET_INVALID, "what is to be stored is too large, or is not text");
    return;
  }
  g_main_context_invoke_full (get_secrets_context (), G_PRIORITY_DEFAULT, start_cb, operation_ref (operation),
                              operation_unref);
  /* Last: connecting to one that is cancelled already calls back at once. */
  if (cancellable != NULL)
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), operation_ref (operation), operation_unref);
}

static void
plug_keyring_iface_init (PlugVaultInterface *iface)
{
  iface->begin = plug_keyring_begin;
}

static void
plug_keyring_class_init (PlugKeyringClass *klass)
{
}

static void
plug_keyring_init (PlugKeyring *self)
{
}

PlugVault *
plug_keyring_new (void)
{
  return plug_keyring_new_with_deadlines (PLUG_KEYRING_DEADLINE_MS, PLUG_KEYRING_PROMPT_DEADLINE_MS);
}

PlugVault *
plug_keyring_new_with_deadlines (guint quiet_ms,
                                 guint prompt_ms)
{
  PlugKeyring *self = g_object_new (PLUG_TYPE_KEYRING, NULL);

  self->quiet_ms = quiet_ms;
  self->prompt_ms = prompt_ms;
  return PLUG_VAULT (self);
}

void
plug_keyring_clean_environment (void)
{
  static const char * const names[] = { "SECRET_BACKEND", "SECRET_FILE_TEST_PATH", "SECRET_FILE_TEST_PASSWORD",
                                        "SECRET_SERVICE_BUS_NAME", "SECMEM_FORCE_FALLBACK" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}
