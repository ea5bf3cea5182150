/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of data/providers, for translators: gettext reads no JSON. This file is not compiled.
 * Made by `build-aux/make-catalogue --texts data/provider-texts.c data/providers/*.json`. */

/* GitHub */
/* Translators: of the provider GitHub */
NC_("provider", "Personal access token")
/* Translators: of the provider GitHub */
NC_("provider", "Token")
/* Translators: of the provider GitHub */
NC_("provider", "github_pat_… or ghp_…")
/* Translators: of the provider GitHub */
NC_("provider", "In GitHub: Settings › Developer settings › Personal access tokens. It is shown once, and kept in the system keyring.")
/* Translators: of the provider GitHub */
NC_("provider", "API address")
/* Translators: of the provider GitHub */
NC_("provider", "Change it only for GitHub Enterprise Server: https://HOST/api/v3.")

/* HaloPSA */
/* Translators: of the provider HaloPSA */
NC_("provider", "Username and Password")
/* Translators: of the provider HaloPSA */
NC_("provider", "API Address")
/* Translators: of the provider HaloPSA */
NC_("provider", "https://example.halopsa.com")
/* Translators: of the provider HaloPSA */
NC_("provider", "The address of your HaloPSA, with or without https://, /api or /auth. In HaloPSA: Configuration › Integrations › HaloPSA API › Resource Server.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Client ID")
/* Translators: of the provider HaloPSA */
NC_("provider", "In HaloPSA: Configuration › Integrations › HaloPSA API › View Applications. The application's Authentication Method must be Username & Password. The ID shown while an application is being created can change until it is saved.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Username")
/* Translators: of the provider HaloPSA */
NC_("provider", "The login of a HaloPSA agent. An agent with two-factor or single sign-on probably cannot sign in this way.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Password")
/* Translators: of the provider HaloPSA */
NC_("provider", "The agent's password. It is kept in the system keyring.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Scope")
/* Translators: of the provider HaloPSA */
NC_("provider", "The permissions to ask for: all, or several separated by blanks, as on the application's Permissions tab.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Tenant")
/* Translators: of the provider HaloPSA */
NC_("provider", "Only for instances that Halo hosts; leave it empty for your own server. In HaloPSA: Configuration › Integrations › HaloPSA API › Tenant.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Authorisation Server")
/* Translators: of the provider HaloPSA */
NC_("provider", "Leave it empty: HaloPSA says where it is. In HaloPSA: Configuration › Integrations › HaloPSA API › Authorisation Server.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Client Credentials")
/* Translators: of the provider HaloPSA */
NC_("provider", "In HaloPSA: Configuration › Integrations › HaloPSA API › View Applications. The application's Authentication Method must be Client ID and Secret (Services). The ID shown while an application is being created can change until it is saved.")
/* Translators: of the provider HaloPSA */
NC_("provider", "Client Secret")
/* Translators: of the provider HaloPSA */
NC_("provider", "HaloPSA shows it once, when the application is created. It is kept in the system keyring.")

/* Jira Cloud */
/* Translators: of the provider Jira Cloud */
NC_("provider", "E-mail and API token")
/* Translators: of the provider Jira Cloud */
NC_("provider", "Site")
/* Translators: of the provider Jira Cloud */
NC_("provider", "https://example.atlassian.net")
/* Translators: of the provider Jira Cloud */
NC_("provider", "The address at which you open Jira, up to .atlassian.net.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "E-mail address")
/* Translators: of the provider Jira Cloud */
NC_("provider", "The address of the Atlassian account that the token belongs to.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "API token")
/* Translators: of the provider Jira Cloud */
NC_("provider", "At id.atlassian.com: Security › API tokens. It is shown once, and kept in the system keyring.")

/* Okta */
/* Translators: of the provider Okta */
NC_("provider", "Domain")
/* Translators: of the provider Okta */
NC_("provider", "example.okta.com")
/* Translators: of the provider Okta */
NC_("provider", "The address of your Okta organisation, without the -admin of the administrator's console.")
/* Translators: of the provider Okta */
NC_("provider", "In Okta's administrator's console: Security › API › Tokens. It is shown once, and kept in the system keyring.")
