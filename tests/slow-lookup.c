/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded before the C library, makes every look-up of a name take its time and then fail. */
#include <netdb.h>
#include <unistd.h>

#define LOOKUP_S 5

int
getaddrinfo (const char *node,
             const char *service,
             const struct addrinfo *hints,
             struct addrinfo **result)
{
  sleep (LOOKUP_S);
  return EAI_AGAIN;
}
