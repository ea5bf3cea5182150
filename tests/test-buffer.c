/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-buffer.h"

#include <string.h>

static void
test_append (void)
{
  g_autoptr (PlugBuffer) buffer = plug_buffer_new ();

  g_assert_cmpstr (buffer->text, ==, "");
  plug_buffer_append (buffer, "abc", 2);
  plug_buffer_append (buffer, "def", -1);
  g_assert_cmpstr (buffer->text, ==, "abdef");
  g_assert_cmpuint (buffer->length_bytes, ==, 5);
}

static void
test_grows (void)
{
  g_autoptr (PlugBuffer) buffer = plug_buffer_new ();

  for (guint i = 0; i < 100000; i++)
    plug_buffer_append (buffer, "0123456789", -1);
  g_assert_cmpuint (buffer->length_bytes, ==, 1000000);
  g_assert_cmpuint (strlen (buffer->text), ==, 1000000);
  g_assert_true (g_str_has_suffix (buffer->text, "789"));
}

static void
test_percent (void)
{
  g_autoptr (PlugBuffer) buffer = plug_buffer_new ();

  plug_buffer_append_percent (buffer, "aZ09-._~ +&=%/\nä😀");
  g_assert_cmpstr (buffer->text, ==, "aZ09-._~%20%2B%26%3D%25%2F%0A%C3%A4%F0%9F%98%80");
}

static void
test_json (void)
{
  g_autoptr (PlugBuffer) buffer = plug_buffer_new ();

  plug_buffer_append_json (buffer, "a\"b\\c\n\x1f\x7f/ä😀");
  g_assert_cmpstr (buffer->text, ==, "\"a\\\"b\\\\c\\u000a\\u001f\\u007f/ä😀\"");
}

static void
test_base64 (void)
{
  g_autoptr (PlugBuffer) buffer = plug_buffer_new ();

  plug_buffer_append_base64 (buffer, "Aladdin:open sesame", 19);
  g_assert_cmpstr (buffer->text, ==, "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buffer/append", test_append);
  g_test_add_func ("/buffer/grows", test_grows);
  g_test_add_func ("/buffer/percent", test_percent);
  g_test_add_func ("/buffer/json", test_json);
  g_test_add_func ("/buffer/base64", test_base64);

  return g_test_run ();
}
