/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-keyring.h"

#define SERVICE_NAME "org.freedesktop.secrets"
#define DEADLINE_MS 5000

/* Whether there is a keyring at all can be asked of the bus, so that the first page needs neither libsecret nor its
 * thread. */
static void ask (GTask *task,
                 const char *method);

static gboolean
holds_service (GVariant *names)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *name;

  g_variant_get (names, "(as)", &iter);
  while (g_variant_iter_next (iter, "&s", &name))
    if (g_str_equal (name, SERVICE_NAME))
      return TRUE;
  return FALSE;
}

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *method = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) names = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (names == NULL)
    g_task_return_error (task, error);
  else if (holds_service (names))
    g_task_return_boolean (task, TRUE);
  else if (g_str_equal (method, "ListNames"))
    ask (task, "ListActivatableNames");
  else
    g_task_return_boolean (task, FALSE);
}

static void
ask (GTask *task,
     const char *method)
{
  g_task_set_task_data (task, (gpointer) method, NULL);
  g_dbus_connection_call (g_task_get_source_object (task), "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", method, NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                          DEADLINE_MS, g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

void
plug_keyring_find_service_async (GDBusConnection *bus,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (bus, cancellable, callback, user_data);

  g_task_set_source_tag (task, plug_keyring_find_service_async);
  ask (task, "ListNames");
}

gboolean
plug_keyring_find_service_finish (GDBusConnection *bus,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, bus), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

struct _PlugKeyringWatch {
  GDBusConnection *bus;
  PlugKeyringFound found;
  gpointer user_data;
  guint name_id;
  guint services_id;
  GCancellable *cancellable; /* of the last question */
};

static void
found_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  PlugKeyringWatch *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean found = plug_keyring_find_service_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Of a question that is cancelled the watch may be gone. What could not be found out leaves things as they are. */
  if (error == NULL)
    self->found (found, self->user_data);
}

static void
look (PlugKeyringWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plug_keyring_find_service_async (self->bus, self->cancellable, found_cb, self);
}

static void
appeared_cb (GDBusConnection *bus,
             const char *name,
             const char *owner,
             gpointer user_data)
{
  look (user_data);
}

/* One that has ended may be started again. */
static void
vanished_cb (GDBusConnection *bus,
             const char *name,
             gpointer user_data)
{
  look (user_data);
}

/* One may have been installed, or removed. */
static void
services_changed_cb (GDBusConnection *bus,
                     const char *sender,
                     const char *path,
                     const char *interface,
                     const char *signal,
                     GVariant *parameters,
                     gpointer user_data)
{
  look (user_data);
}

PlugKeyringWatch *
plug_keyring_watch_new (GDBusConnection *bus,
                        PlugKeyringFound found,
                        gpointer user_data)
{
  PlugKeyringWatch *self = g_new0 (PlugKeyringWatch, 1);

  self->bus = g_object_ref (bus);
  self->found = found;
  self->user_data = user_data;
  self->name_id = g_bus_watch_name_on_connection (bus, SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, vanished_cb,
                                                  self, NULL);
  self->services_id = g_dbus_connection_signal_subscribe (bus, "org.freedesktop.DBus", "org.freedesktop.DBus",
                                                          "ActivatableServicesChanged", "/org/freedesktop/DBus", NULL,
                                                          G_DBUS_SIGNAL_FLAGS_NONE, services_changed_cb, self, NULL);

  return self;
}

void
plug_keyring_watch_free (PlugKeyringWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_bus_unwatch_name (self->name_id);
  g_dbus_connection_signal_unsubscribe (self->bus, self->services_id);
  g_object_unref (self->bus);
  g_free (self);
}
