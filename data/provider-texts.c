/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of data/providers, for translators: gettext reads no JSON. This file is not compiled.
 * Made by `build-aux/make-catalogue --texts data/provider-texts.c data/providers/*.json`. */

/* 1Password Events */
/* Translators: of the provider 1Password Events */
NC_("provider", "Bearer token")
/* Translators: of the provider 1Password Events */
NC_("provider", "Server")
/* Translators: of the provider 1Password Events */
NC_("provider", "The one that fits the address at which you sign in to 1Password.")
/* Translators: of the provider 1Password Events */
NC_("provider", "1password.com")
/* Translators: of the provider 1Password Events */
NC_("provider", "1password.ca (Canada)")
/* Translators: of the provider 1Password Events */
NC_("provider", "1password.eu (Europe)")
/* Translators: of the provider 1Password Events */
NC_("provider", "ent.1password.com (Enterprise)")
/* Translators: of the provider 1Password Events */
NC_("provider", "eyJ…")
/* Translators: of the provider 1Password Events */
NC_("provider", "Of an Events Reporting integration. In 1Password.com: Integrations › Directory › Events Reporting. It is shown when it is issued.")

/* Abnormal Security */
/* Translators: of the provider Abnormal Security */
NC_("provider", "API token")
/* Translators: of the provider Abnormal Security */
NC_("provider", "Region")
/* Translators: of the provider Abnormal Security */
NC_("provider", "Where your organisation's data is: a token works only in its own region.")
/* Translators: of the provider Abnormal Security */
NC_("provider", "United States (api.abnormalplatform.com)")
/* Translators: of the provider Abnormal Security */
NC_("provider", "European Union (eu.rest.abnormalsecurity.com)")
/* Translators: of the provider Abnormal Security */
NC_("provider", "Authentication token")
/* Translators: of the provider Abnormal Security */
NC_("provider", "In the Abnormal Portal: Settings › Integrations › Abnormal REST API. This computer's address may have to be on the allowlist there.")

/* AbuseIPDB */
/* Translators: of the provider AbuseIPDB */
NC_("provider", "API key")
/* Translators: of the provider AbuseIPDB */
NC_("provider", "A key for version 2 of the API. It is created in the account dashboard on abuseipdb.com.")

/* Acronis Cyber Protect Cloud */
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "API client")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "Data center URL")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "https://eu2-cloud.acronis.com")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "Shown with the client ID and secret when the API client is created, and in the address bar of the management portal.")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "Client ID")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "bedba71b-a7a8-433e-88dd-828490c0dcbe")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "In the management portal: Settings › API clients › Create API client.")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "Client secret")
/* Translators: of the provider Acronis Cyber Protect Cloud */
NC_("provider", "Shown once, when the API client is created. It is kept in the system keyring.")

/* AlienVault OTX */
/* Translators: of the provider AlienVault OTX */
NC_("provider", "OTX Key")
/* Translators: of the provider AlienVault OTX */
NC_("provider", "The key of your OTX account. In OTX: the user menu › Settings.")

/* Anomali ThreatStream */
/* Translators: of the provider Anomali ThreatStream */
NC_("provider", "Username")
/* Translators: of the provider Anomali ThreatStream */
NC_("provider", "user@example.com")
/* Translators: of the provider Anomali ThreatStream */
NC_("provider", "The name that you sign in to ThreatStream with, usually an email address.")
/* Translators: of the provider Anomali ThreatStream */
NC_("provider", "The API key of that user. In ThreatStream: Settings › My Account, or My Profile in older versions. It is kept in the system keyring.")
/* Translators: of the provider Anomali ThreatStream */
NC_("provider", "API URL")
/* Translators: of the provider Anomali ThreatStream */
NC_("provider", "Change it only for ThreatStream on your own server, or if Anomali gave you another address.")

/* Atera */
/* Translators: of the provider Atera */
NC_("provider", "In Atera: Admin › Data management › API. It is shown once, lasts at most a year, and is kept in the system keyring.")

/* Atlassian Administration */
/* Translators: of the provider Atlassian Administration */
NC_("provider", "Organization API key")
/* Translators: of the provider Atlassian Administration */
NC_("provider", "A key of the organisation, not of a person. It is made by an organisation administrator at admin.atlassian.com, under Settings › API keys, and shown once.")

/* Auth0 */
/* Translators: of the provider Auth0 */
NC_("provider", "Client credentials")
/* Translators: of the provider Auth0 */
NC_("provider", "Domain")
/* Translators: of the provider Auth0 */
NC_("provider", "acme.eu.auth0.com")
/* Translators: of the provider Auth0 */
NC_("provider", "The domain of your tenant. It is on the Settings tab of every application in the Auth0 Dashboard.")
/* Translators: of the provider Auth0 */
NC_("provider", "In the Auth0 Dashboard: Applications › Applications › the machine-to-machine application › Settings. The application must be authorised for the Management API.")
/* Translators: of the provider Auth0 */
NC_("provider", "Client Secret")
/* Translators: of the provider Auth0 */
NC_("provider", "It stands beside the Client ID on the application's Settings tab.")
/* Translators: of the provider Auth0 */
NC_("provider", "Audience")
/* Translators: of the provider Auth0 */
NC_("provider", "The identifier of the Management API. Change it only when the domain above is a custom domain: the audience keeps the tenant's own domain.")
/* Translators: of the provider Auth0 */
NC_("provider", "Private Key JWT")
/* Translators: of the provider Auth0 */
NC_("provider", "Private key")
/* Translators: of the provider Auth0 */
NC_("provider", "The RSA private key whose public key is a credential of the application, in PEM form.")
/* Translators: of the provider Auth0 */
NC_("provider", "Key ID")
/* Translators: of the provider Auth0 */
NC_("provider", "The kid that Auth0 gave the credential. It may be left out.")
/* Translators: of the provider Auth0 */
NC_("provider", "Management API token")
/* Translators: of the provider Auth0 */
NC_("provider", "Token")
/* Translators: of the provider Auth0 */
NC_("provider", "A Management API access token, for trying things out: it expires after a day unless set otherwise. The test reads users. In the Auth0 Dashboard: Applications › APIs › Auth0 Management API › API Explorer.")

/* Automox */
/* Translators: of the provider Automox */
NC_("provider", "abc12345-abc1-2345-abc1-abc123456789")
/* Translators: of the provider Automox */
NC_("provider", "An API key of your Automox organisation. It is created on the page for keys in the Automox console.")
/* Translators: of the provider Automox */
NC_("provider", "API address")
/* Translators: of the provider Automox */
NC_("provider", "Change it only if Automox gave you another address.")

/* Autotask PSA */
/* Translators: of the provider Autotask PSA */
NC_("provider", "API user")
/* Translators: of the provider Autotask PSA */
NC_("provider", "Username (Key)")
/* Translators: of the provider Autotask PSA */
NC_("provider", "abc123@EXAMPLE.COM")
/* Translators: of the provider Autotask PSA */
NC_("provider", "In Autotask: Admin › Resources (Users), the API user, under Credentials.")
/* Translators: of the provider Autotask PSA */
NC_("provider", "Password (Secret)")
/* Translators: of the provider Autotask PSA */
NC_("provider", "It is shown once, when it is generated for the API user.")
/* Translators: of the provider Autotask PSA */
NC_("provider", "API Tracking Identifier")
/* Translators: of the provider Autotask PSA */
NC_("provider", "The integration code of the same API user, under API Tracking Identifier.")
/* Translators: of the provider Autotask PSA */
NC_("provider", "https://webservices3.autotask.net/ATServicesRest")
/* Translators: of the provider Autotask PSA */
NC_("provider", "Leave it empty: Autotask says in which zone the user lives.")

/* Auvik */
/* Translators: of the provider Auvik */
NC_("provider", "us1")
/* Translators: of the provider Auvik */
NC_("provider", "The region of your account, such as us1 or eu1. It stands in the browser's address bar when you are signed in to Auvik.")
/* Translators: of the provider Auvik */
NC_("provider", "grace@example.com")
/* Translators: of the provider Auvik */
NC_("provider", "The email address of the Auvik user that made the API key.")
/* Translators: of the provider Auvik */
NC_("provider", "In Auvik: your user profile. It is shown once, and kept in the system keyring. It is not the user's password.")

/* Amazon Web Services */
/* Translators: of the provider Amazon Web Services */
NC_("provider", "Access key")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "Access key ID")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "AKIAIOSFODNN7EXAMPLE")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "In the AWS console: IAM › Users › the user › Security credentials › Access keys.")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "Secret access key")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "It is shown once, when the access key is created.")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "Session token")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "Only for temporary credentials, whose access key ID begins with ASIA.")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "The region whose services are called, such as eu-central-1.")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "STS endpoint")
/* Translators: of the provider Amazon Web Services */
NC_("provider", "Change it only for a VPC endpoint or for China: sts.REGION.amazonaws.com.cn.")

/* Azure DevOps */
/* Translators: of the provider Azure DevOps */
NC_("provider", "Personal access token")
/* Translators: of the provider Azure DevOps */
NC_("provider", "Organization URL")
/* Translators: of the provider Azure DevOps */
NC_("provider", "https://dev.azure.com/acme")
/* Translators: of the provider Azure DevOps */
NC_("provider", "The address of your organisation, or of a collection on your own Azure DevOps Server.")
/* Translators: of the provider Azure DevOps */
NC_("provider", "In Azure DevOps: User settings › Personal access tokens. The test needs the scope Project and Team (Read).")
/* Translators: of the provider Azure DevOps */
NC_("provider", "Service principal (client secret)")
/* Translators: of the provider Azure DevOps */
NC_("provider", "Directory (tenant) ID")
/* Translators: of the provider Azure DevOps */
NC_("provider", "00000000-0000-0000-0000-000000000000")
/* Translators: of the provider Azure DevOps */
NC_("provider", "The Microsoft Entra tenant that the organisation is connected to. It is on the Overview page of the app registration.")
/* Translators: of the provider Azure DevOps */
NC_("provider", "Application (client) ID")
/* Translators: of the provider Azure DevOps */
NC_("provider", "On the Overview page of the app registration. Its service principal must have been added to the organisation's users.")
/* Translators: of the provider Azure DevOps */
NC_("provider", "The value, not the ID, of a secret of the app registration, under Certificates & secrets.")

/* BeyondTrust Password Safe */
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "OAuth client credentials")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "https://example.ps.beyondtrustcloud.com")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "The address of your BeyondInsight server or cloud instance, without /BeyondTrust/api/public/v3.")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "The client ID of an application user in BeyondInsight that has an API registration of the type API Access Policy.")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "The client secret of that application user. It is kept in the system keyring.")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "The key of the API registration in BeyondInsight. Your address must be allowed by that registration. It is kept in the system keyring.")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "Run as")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "svc-api")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "A BeyondInsight user whose group may use the API registration; a domain user as domain\\user.")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "API key with user password")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "User password")
/* Translators: of the provider BeyondTrust Password Safe */
NC_("provider", "The password of that user, when the API registration asks for it (User Password is required). It is kept in the system keyring.")

/* Bitbucket Cloud */
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Email")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "you@example.com")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "The e-mail address of your Atlassian account, not the Bitbucket user name.")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "An API token with scopes, made for Bitbucket: Atlassian account › Security › API tokens. It needs the scope read:user:bitbucket for the test.")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Access token (repository, project or workspace)")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Workspace ID")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "acme")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "The short name of the workspace that the token belongs to, as in bitbucket.org/WORKSPACE.")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Access token")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Made in the settings of a repository, project or workspace, under Access tokens. It is not linked to a user.")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "OAuth consumer")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Key")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "In Bitbucket: Workspace settings › OAuth consumers. Select the consumer's name to see it. The consumer must be marked as private.")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "Secret")
/* Translators: of the provider Bitbucket Cloud */
NC_("provider", "It stands below the key, in Workspace settings › OAuth consumers.")

/* Bitdefender GravityZone */
/* Translators: of the provider Bitdefender GravityZone */
NC_("provider", "Access URL")
/* Translators: of the provider Bitdefender GravityZone */
NC_("provider", "https://cloud.gravityzone.bitdefender.com/api")
/* Translators: of the provider Bitdefender GravityZone */
NC_("provider", "In GravityZone Control Center: your user name in the upper right corner › My Account › Control Center API.")
/* Translators: of the provider Bitdefender GravityZone */
NC_("provider", "In GravityZone Control Center: My Account › API keys › Add. It is shown once, and kept in the system keyring.")

/* Bitwarden */
/* Translators: of the provider Bitwarden */
NC_("provider", "Organisation API key (bitwarden.com, bitwarden.eu)")
/* Translators: of the provider Bitwarden */
NC_("provider", "The address at which you open the web vault, without vault.")
/* Translators: of the provider Bitwarden */
NC_("provider", "bitwarden.com (United States)")
/* Translators: of the provider Bitwarden */
NC_("provider", "bitwarden.eu (European Union)")
/* Translators: of the provider Bitwarden */
NC_("provider", "client_id")
/* Translators: of the provider Bitwarden */
NC_("provider", "organization.12345678-1234-1234-1234-123456789012")
/* Translators: of the provider Bitwarden */
NC_("provider", "The organisation's API key, which begins with organization. An owner finds it in the Admin Console: Settings › Organization info › API key.")
/* Translators: of the provider Bitwarden */
NC_("provider", "client_secret")
/* Translators: of the provider Bitwarden */
NC_("provider", "Shown with the client_id in the organisation's API key. It is kept in the system keyring.")
/* Translators: of the provider Bitwarden */
NC_("provider", "API host")
/* Translators: of the provider Bitwarden */
NC_("provider", "Leave it empty: it follows from the server.")
/* Translators: of the provider Bitwarden */
NC_("provider", "Identity host")
/* Translators: of the provider Bitwarden */
NC_("provider", "Organisation API key (own server)")
/* Translators: of the provider Bitwarden */
NC_("provider", "Server URL")
/* Translators: of the provider Bitwarden */
NC_("provider", "https://vault.example.com")
/* Translators: of the provider Bitwarden */
NC_("provider", "The address of your own Bitwarden server, without /api or /identity.")

/* BlackBerry Cylance */
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Custom application")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "The region that your tenant is hosted in; another region refuses its credentials.")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "North America")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "US Government")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Europe Central")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Asia Pacific North")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Asia Pacific Southeast")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "South America")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Tenant ID")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "1abc234d-5efa-6789-bcde-0f1abcde23f5")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "In the Cylance console: Settings › Integrations, at the top right.")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Application ID")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "In the Cylance console: Settings › Integrations › Add Application.")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "Application Secret")
/* Translators: of the provider BlackBerry Cylance */
NC_("provider", "The console shows it when the application is added. It is kept in the system keyring.")

/* BMC Helix ITSM */
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "Username and password")
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "REST API address")
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "https://example-restapi.onbmc.com")
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "The address of the AR System REST API, up to /api, with its port when that is not 443. On BMC's cloud it is not that of the web interface.")
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "A user of BMC Helix ITSM that signs in with a password, not through single sign-on.")
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "Password")
/* Translators: of the provider BMC Helix ITSM */
NC_("provider", "The password of that user.")

/* Carbon Black Cloud */
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Environment")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "The host name that the browser shows while you use the Carbon Black Cloud console.")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Prod 01 (dashboard.confer.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Prod 02 (defense.conferdeploy.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Prod 05 (defense-prod05.conferdeploy.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Prod 06, Europe (defense-eu.conferdeploy.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Prod NRT, Tokyo (defense-prodnrt.conferdeploy.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Prod SYD, Sydney (defense-prodsyd.conferdeploy.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "EW2 (ew2.carbonblackcloud.vmware.com)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "US Government (gprd1usgw1.carbonblack-us-gov.vmware.com)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "EAP 01 (defense-eap01.conferdeploy.net)")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Org Key")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "1ABZY2FJ")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "In the Carbon Black Cloud console: Settings › API Access › API Keys.")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "API ID")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "ADFF2QLIIZ")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "In the Carbon Black Cloud console: Settings › API Access › API Keys, the key's API credentials.")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "API Secret Key")
/* Translators: of the provider Carbon Black Cloud */
NC_("provider", "Shown with the API ID. The key needs the access level type Custom; the test needs the permission device READ.")

/* Censys */
/* Translators: of the provider Censys */
NC_("provider", "Personal access token (organisation)")
/* Translators: of the provider Censys */
NC_("provider", "censys_…")
/* Translators: of the provider Censys */
NC_("provider", "In the Censys Platform: account settings › Personal Access Tokens (accounts.censys.io/settings/personal-access-tokens). It is kept in the system keyring.")
/* Translators: of the provider Censys */
NC_("provider", "Organization ID")
/* Translators: of the provider Censys */
NC_("provider", "11111111-2222-4333-8444-555555555555")
/* Translators: of the provider Censys */
NC_("provider", "In the Censys Platform: Settings › Account Management › Personal Access Tokens, the box Current Organization. Your user needs the API Access role in it.")
/* Translators: of the provider Censys */
NC_("provider", "Personal access token (free user)")

/* Check Point Harmony Email & Collaboration */
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Infinity Portal API key")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Authentication URL")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "https://cloudinfra-gw-us.portal.checkpoint.com")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "The gateway of your region; it is shown with the API key. Europe: cloudinfra-gw.portal.checkpoint.com, United States: cloudinfra-gw-us.portal.checkpoint.com, Canada: cloudinfra-gw.ca.portal.checkpoint.com, and likewise uk, ap, me and in.")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "In the Infinity Portal: Settings › API Keys › New. The key's service must be Email & Collaboration.")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Secret Key")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "The Infinity Portal shows it with the client ID when the API key is created.")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Smart API key")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Where your tenant is. A key is for one region.")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "United States")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Europe")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Canada")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Australia")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "United Kingdom")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "United Arab Emirates")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "India")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "US:myapp29")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "The key's application ID. Check Point's support issues it.")
/* Translators: of the provider Check Point Harmony Email & Collaboration */
NC_("provider", "Check Point's support issues it with the client ID.")

/* Check Point Management */
/* Translators: of the provider Check Point Management */
NC_("provider", "Management server")
/* Translators: of the provider Check Point Management */
NC_("provider", "https://mgmt.example.com")
/* Translators: of the provider Check Point Management */
NC_("provider", "The address of the Security Management Server, with its port when that is not 443. Of Smart-1 Cloud: with the path that comes before /web_api.")
/* Translators: of the provider Check Point Management */
NC_("provider", "An administrator of the management server. Your computer must be let in by the server's Management API settings.")
/* Translators: of the provider Check Point Management */
NC_("provider", "The password of that administrator.")
/* Translators: of the provider Check Point Management */
NC_("provider", "In SmartConsole: Manage & Settings › Permissions & Administrators › Administrators. The administrator has the authentication method API Key; generate the key, then publish.")

/* Cisco Duo */
/* Translators: of the provider Cisco Duo */
NC_("provider", "Admin API")
/* Translators: of the provider Cisco Duo */
NC_("provider", "API hostname")
/* Translators: of the provider Cisco Duo */
NC_("provider", "api-XXXXXXXX.duosecurity.com")
/* Translators: of the provider Cisco Duo */
NC_("provider", "On the same page as the keys of the Admin API application.")
/* Translators: of the provider Cisco Duo */
NC_("provider", "Integration key")
/* Translators: of the provider Cisco Duo */
NC_("provider", "DIXXXXXXXXXXXXXXXXXX")
/* Translators: of the provider Cisco Duo */
NC_("provider", "In the Duo Admin Panel: Applications, the page of the Admin API application. It needs the permission “Grant read information”.")
/* Translators: of the provider Cisco Duo */
NC_("provider", "Secret key")
/* Translators: of the provider Cisco Duo */
NC_("provider", "It stands below the integration key. Treat it like a password.")
/* Translators: of the provider Cisco Duo */
NC_("provider", "Auth API")
/* Translators: of the provider Cisco Duo */
NC_("provider", "On the same page as the keys of the Auth API application.")
/* Translators: of the provider Cisco Duo */
NC_("provider", "In the Duo Admin Panel: Applications, the page of the Auth API application.")
/* Translators: of the provider Cisco Duo */
NC_("provider", "Accounts API")
/* Translators: of the provider Cisco Duo */
NC_("provider", "On the same page as the keys of the Accounts API application.")
/* Translators: of the provider Cisco Duo */
NC_("provider", "In the Duo Admin Panel: Applications, the page of the Accounts API application. For service providers with child accounts.")

/* Cisco Meraki */
/* Translators: of the provider Cisco Meraki */
NC_("provider", "A key of a dashboard administrator. In the Meraki dashboard: the user name at the top right › My profile › API access. It is shown once.")
/* Translators: of the provider Cisco Meraki */
NC_("provider", "Where the organisation's dashboard is hosted.")
/* Translators: of the provider Cisco Meraki */
NC_("provider", "Most of the world")
/* Translators: of the provider Cisco Meraki */
NC_("provider", "China")
/* Translators: of the provider Cisco Meraki */
NC_("provider", "United States FedRAMP")

/* Cisco Secure Endpoint */
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "API client (v3)")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "Where your Secure Endpoint organisation is.")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "Asia Pacific, Japan, and China")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "client-00000000-0000-0000-0000-000000000000")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "In Cisco XDR or Secure Client Cloud Management: Administration › API Clients › Generate API Client. Secure Endpoint must be integrated with it.")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "Client password")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "It is shown when the API client is generated.")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "API key (v1)")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "3rd Party API Client ID")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "a1b2c3d4e5f6a7b8c9d0")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "In the Secure Endpoint console: Accounts › API Credentials › New API Credential.")
/* Translators: of the provider Cisco Secure Endpoint */
NC_("provider", "Of the same API credential. It is shown once, when the credential is made.")

/* Cisco Secure Firewall Management Center */
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "Address")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "https://fmc.example.com")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "The address of the management centre. Its REST API must be on: System › Configuration › REST API Preferences › Enable REST API.")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "Preferably a user made for the API: one that is signed in to the web interface at the same time is logged out.")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "API token (cloud-delivered)")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "Host name")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "example.app.us.cdo.cisco.com")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "The host name of your cloud-delivered Firewall Management Center, without https://.")
/* Translators: of the provider Cisco Secure Firewall Management Center */
NC_("provider", "In the CDO tenant: Settings › User Management › Generate API Token.")

/* Cisco Umbrella */
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "API key and key secret")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "Product")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "The product in which the API key was created. Each has its own API address.")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "Umbrella")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "Secure Access")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "Umbrella for Government")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "In Umbrella or Secure Access: Admin › API Keys › Add.")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "Key secret")
/* Translators: of the provider Cisco Umbrella */
NC_("provider", "It is shown once, when the API key is created. The key's scopes decide what it may do; the test works with every scope.")

/* Cloudflare */
/* Translators: of the provider Cloudflare */
NC_("provider", "A token of your user. In the Cloudflare dashboard: My Profile › API Tokens. It is shown once.")
/* Translators: of the provider Cloudflare */
NC_("provider", "Account API token")
/* Translators: of the provider Cloudflare */
NC_("provider", "Account ID")
/* Translators: of the provider Cloudflare */
NC_("provider", "The 32 characters that name your account; they stand in the address of the dashboard behind dash.cloudflare.com/.")
/* Translators: of the provider Cloudflare */
NC_("provider", "A token that belongs to the account, not to a user. In the Cloudflare dashboard: Manage Account › Account API Tokens.")
/* Translators: of the provider Cloudflare */
NC_("provider", "Global API key")
/* Translators: of the provider Cloudflare */
NC_("provider", "The e-mail address of the user whose key it is.")
/* Translators: of the provider Cloudflare */
NC_("provider", "Global API Key")
/* Translators: of the provider Cloudflare */
NC_("provider", "It may do everything that you may; an API token is the better choice. In the Cloudflare dashboard: My Profile › API Tokens › Global API Key.")

/* Confluence Cloud */
/* Translators: of the provider Confluence Cloud */
NC_("provider", "E-mail and API token")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "Site")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "https://example.atlassian.net")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "The address at which you open Confluence, up to .atlassian.net.")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "E-mail address")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "The address of the Atlassian account that the token belongs to.")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "At id.atlassian.com: Security › API tokens, a token without scopes. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "API token with scopes")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "The address of the Atlassian account, or of the service account, that the token belongs to.")
/* Translators: of the provider Confluence Cloud */
NC_("provider", "At id.atlassian.com: Security › API tokens, a token with scopes; for a service account an organisation administrator creates it at admin.atlassian.com. The test needs the scope read:confluence-user. It is shown once, and kept in the system keyring.")

/* ConnectWise Automate */
/* Translators: of the provider ConnectWise Automate */
NC_("provider", "Server address")
/* Translators: of the provider ConnectWise Automate */
NC_("provider", "https://example.hostedrmm.com")
/* Translators: of the provider ConnectWise Automate */
NC_("provider", "The address of your ConnectWise Automate server, as in the browser.")
/* Translators: of the provider ConnectWise Automate */
NC_("provider", "An integrator or a user account of Automate that may see computers. An account with two-factor authentication cannot sign in this way.")
/* Translators: of the provider ConnectWise Automate */
NC_("provider", "The account's password. It is kept in the system keyring.")
/* Translators: of the provider ConnectWise Automate */
NC_("provider", "Registered at developer.connectwise.com; newer versions of Automate ask for it. Leave it empty for an old server.")

/* ConnectWise PSA */
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "API member keys")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "api-na.myconnectwise.net")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "The API host of your region, such as api-na, api-eu or api-au.myconnectwise.net, or your own server.")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "Company ID")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "The company that you type when you sign in to ConnectWise PSA.")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "Public Key")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "In ConnectWise PSA: System › Members › API Members, the member's API Keys tab.")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "Private Key")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "It is shown once, when the key is created.")
/* Translators: of the provider ConnectWise PSA */
NC_("provider", "The client ID of your integration, registered at developer.connectwise.com.")

/* ConnectWise RMM */
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "API access")
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "The region of your account. A Client ID that begins with 0e30 belongs to North America, 0e31 to Europe, 0e32 to Australia.")
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "In ConnectWise Asio: Integrations › API Access › Generate API Access. The key needs the scopes that you ask for below.")
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "Shown once, together with the Client ID, when the API access is generated.")
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "Scopes")
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "platform.companies.read platform.devices.read")
/* Translators: of the provider ConnectWise RMM */
NC_("provider", "The permissions to ask for, separated by blanks. Each must have been chosen when the API access was generated.")

/* Cortex XDR */
/* Translators: of the provider Cortex XDR */
NC_("provider", "Advanced API key")
/* Translators: of the provider Cortex XDR */
NC_("provider", "https://api-example.xdr.us.paloaltonetworks.com")
/* Translators: of the provider Cortex XDR */
NC_("provider", "https://api- and the FQDN of your tenant. In Cortex XDR: Settings › Configurations › Integrations › API Keys, right-click your key and choose the examples.")
/* Translators: of the provider Cortex XDR */
NC_("provider", "API Key ID")
/* Translators: of the provider Cortex XDR */
NC_("provider", "12")
/* Translators: of the provider Cortex XDR */
NC_("provider", "The number in the ID column. In Cortex XDR: Settings › Configurations › Integrations › API Keys.")
/* Translators: of the provider Cortex XDR */
NC_("provider", "API Key")
/* Translators: of the provider Cortex XDR */
NC_("provider", "A key of the security level Advanced. In Cortex XDR: Settings › Configurations › Integrations › API Keys › New Key. It is shown once.")
/* Translators: of the provider Cortex XDR */
NC_("provider", "Standard API key")
/* Translators: of the provider Cortex XDR */
NC_("provider", "A key of the security level Standard. In Cortex XDR: Settings › Configurations › Integrations › API Keys › New Key. It is shown once.")

/* CrowdStrike Falcon */
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "Cloud")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "The cloud of your Falcon console, as in the base URL that is shown with a new API client.")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "US-1")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "US-2")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "EU-1")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "US-GOV-1")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "US-GOV-2")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "In the Falcon console: Support and resources › Resources and tools › API clients and keys.")
/* Translators: of the provider CrowdStrike Falcon */
NC_("provider", "It is shown once, when the API client is created.")

/* Custom Service */
/* Translators: of the provider Custom Service */
NC_("provider", "API Address")
/* Translators: of the provider Custom Service */
NC_("provider", "https://api.example.com/v1")
/* Translators: of the provider Custom Service */
NC_("provider", "Where the service's API is, as its documentation gives it: the part that all its requests begin with.")
/* Translators: of the provider Custom Service */
NC_("provider", "Sent as “Authorization: Bearer …”.")
/* Translators: of the provider Custom Service */
NC_("provider", "Test Path")
/* Translators: of the provider Custom Service */
NC_("provider", "users/me")
/* Translators: of the provider Custom Service */
NC_("provider", "A harmless request that only works with the right credentials, behind the API Address: users/me, account, status. Without one there is nothing to test.")
/* Translators: of the provider Custom Service */
NC_("provider", "User name and password")
/* Translators: of the provider Custom Service */
NC_("provider", "User Name")
/* Translators: of the provider Custom Service */
NC_("provider", "The name that the service knows you by. Some services want the key here and leave the password empty.")
/* Translators: of the provider Custom Service */
NC_("provider", "Sent with every request, as HTTP Basic.")
/* Translators: of the provider Custom Service */
NC_("provider", "API key in a header")
/* Translators: of the provider Custom Service */
NC_("provider", "Header Name")
/* Translators: of the provider Custom Service */
NC_("provider", "The header that the key goes into.")
/* Translators: of the provider Custom Service */
NC_("provider", "With its prefix, where the service wants one: “Token abc”.")
/* Translators: of the provider Custom Service */
NC_("provider", "API key in the address")
/* Translators: of the provider Custom Service */
NC_("provider", "Query Name")
/* Translators: of the provider Custom Service */
NC_("provider", "What stands before the key in the address.")
/* Translators: of the provider Custom Service */
NC_("provider", "It becomes a part of every address, which the service's own logs may keep. Prefer a header where the service has one.")
/* Translators: of the provider Custom Service */
NC_("provider", "Own headers")
/* Translators: of the provider Custom Service */
NC_("provider", "Header 1")
/* Translators: of the provider Custom Service */
NC_("provider", "X-Api-Key")
/* Translators: of the provider Custom Service */
NC_("provider", "The name of a header that goes with every request.")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 1 Is Not Secret")
/* Translators: of the provider Custom Service */
NC_("provider", "Such a value is shown, and kept in the connection's file instead of the keyring.")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 1")
/* Translators: of the provider Custom Service */
NC_("provider", "The header's value. It is kept in the keyring.")
/* Translators: of the provider Custom Service */
NC_("provider", "The header's value. It is kept in the connection's file, where everybody who may read your files can read it.")
/* Translators: of the provider Custom Service */
NC_("provider", "Header 2")
/* Translators: of the provider Custom Service */
NC_("provider", "X-Tenant")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 2 Is Not Secret")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 2")
/* Translators: of the provider Custom Service */
NC_("provider", "Header 3")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 3 Is Not Secret")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 3")
/* Translators: of the provider Custom Service */
NC_("provider", "Header 4")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 4 Is Not Secret")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 4")
/* Translators: of the provider Custom Service */
NC_("provider", "Header 5")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 5 Is Not Secret")
/* Translators: of the provider Custom Service */
NC_("provider", "Value 5")
/* Translators: of the provider Custom Service */
NC_("provider", "Token Address")
/* Translators: of the provider Custom Service */
NC_("provider", "https://login.example.com/oauth/token")
/* Translators: of the provider Custom Service */
NC_("provider", "Where the service issues tokens: its documentation calls it token endpoint or token URL.")
/* Translators: of the provider Custom Service */
NC_("provider", "The service shows it where the application is registered.")
/* Translators: of the provider Custom Service */
NC_("provider", "The service shows it once, when the application is registered.")
/* Translators: of the provider Custom Service */
NC_("provider", "Scope")
/* Translators: of the provider Custom Service */
NC_("provider", "What the token may do, separated by blanks. Leave it empty when the documentation names none.")
/* Translators: of the provider Custom Service */
NC_("provider", "Client credentials, sent as HTTP Basic")

/* CyberArk Privileged Access */
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "Username and password (PAM Self-Hosted)")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "PVWA address")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "https://pvwa.example.com")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "The address of the Password Vault Web Access server, without /PasswordVault.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "Authentication method")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "How the user signs in to the vault, as chosen on the PVWA sign-in page. With RADIUS, a challenge after the password is not supported.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "CyberArk")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "LDAP")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "RADIUS")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "The name of the vault user. For programs, a user of its own is best.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "The password of that user. It is kept in the system keyring.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "Service user (Privilege Cloud)")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "Subdomain")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "The first part of the address at which you open Privilege Cloud.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "Identity tenant ID")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "abc1234")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "In Identity Administration: the part of its address before .id.cyberark.cloud.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "Service user")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "api-user@cyberark.cloud.1234")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "In Identity Administration: Core Services › Users, the full login name. The user must have the status Is OAuth confidential client.")
/* Translators: of the provider CyberArk Privileged Access */
NC_("provider", "The password of that service user. It is kept in the system keyring.")

/* Cybereason */
/* Translators: of the provider Cybereason */
NC_("provider", "https://example.cybereason.net")
/* Translators: of the provider Cybereason */
NC_("provider", "The address of your Cybereason server, with its port when that is not 443 (often 8443).")
/* Translators: of the provider Cybereason */
NC_("provider", "A user of the Cybereason platform without two-factor authentication.")

/* Darktrace */
/* Translators: of the provider Darktrace */
NC_("provider", "API token pair")
/* Translators: of the provider Darktrace */
NC_("provider", "Instance URL")
/* Translators: of the provider Darktrace */
NC_("provider", "https://example.cloud.darktrace.com")
/* Translators: of the provider Darktrace */
NC_("provider", "The address of your Darktrace Threat Visualizer, in the cloud or on your own appliance.")
/* Translators: of the provider Darktrace */
NC_("provider", "Public token")
/* Translators: of the provider Darktrace */
NC_("provider", "The public half of the pair. In the Threat Visualizer: Account Settings › API Access for a user's own pair, or System Config for the global one.")
/* Translators: of the provider Darktrace */
NC_("provider", "Private token")
/* Translators: of the provider Darktrace */
NC_("provider", "The private half of the pair, shown with the public token when they are created. This computer's clock must be right: requests are dated.")

/* Datadog */
/* Translators: of the provider Datadog */
NC_("provider", "API key and application key")
/* Translators: of the provider Datadog */
NC_("provider", "Datadog site")
/* Translators: of the provider Datadog */
NC_("provider", "Your site: the address at which you sign in to Datadog shows it.")
/* Translators: of the provider Datadog */
NC_("provider", "US1 (app.datadoghq.com)")
/* Translators: of the provider Datadog */
NC_("provider", "US3 (us3.datadoghq.com)")
/* Translators: of the provider Datadog */
NC_("provider", "US5 (us5.datadoghq.com)")
/* Translators: of the provider Datadog */
NC_("provider", "EU1 (app.datadoghq.eu)")
/* Translators: of the provider Datadog */
NC_("provider", "AP1 (ap1.datadoghq.com)")
/* Translators: of the provider Datadog */
NC_("provider", "AP2 (ap2.datadoghq.com)")
/* Translators: of the provider Datadog */
NC_("provider", "UK1 (uk1.datadoghq.com)")
/* Translators: of the provider Datadog */
NC_("provider", "US1-FED (app.ddog-gov.com)")
/* Translators: of the provider Datadog */
NC_("provider", "US2-FED (us2.ddog-gov.com)")
/* Translators: of the provider Datadog */
NC_("provider", "It names your organisation. In Datadog: Organization Settings › API Keys.")
/* Translators: of the provider Datadog */
NC_("provider", "Application key")
/* Translators: of the provider Datadog */
NC_("provider", "It stands for a user or a service account and needs the permission user_access_read for the test. In Datadog: Organization Settings › Application Keys.")

/* Datto RMM */
/* Translators: of the provider Datto RMM */
NC_("provider", "API keys")
/* Translators: of the provider Datto RMM */
NC_("provider", "Platform")
/* Translators: of the provider Datto RMM */
NC_("provider", "The platform of your account: the first word of the address at which you use Datto RMM.")
/* Translators: of the provider Datto RMM */
NC_("provider", "Pinotage")
/* Translators: of the provider Datto RMM */
NC_("provider", "Merlot")
/* Translators: of the provider Datto RMM */
NC_("provider", "Concord")
/* Translators: of the provider Datto RMM */
NC_("provider", "Vidal")
/* Translators: of the provider Datto RMM */
NC_("provider", "Zinfandel")
/* Translators: of the provider Datto RMM */
NC_("provider", "Syrah")
/* Translators: of the provider Datto RMM */
NC_("provider", "In Datto RMM: Setup › Users › your user › Generate API Keys. API access must be switched on first, in Setup › Global Settings › Access Control.")
/* Translators: of the provider Datto RMM */
NC_("provider", "It is shown beside the API key when the keys are generated, and kept in the system keyring.")

/* Delinea Secret Server */
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "Secret Server URL")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "https://example.secretservercloud.com")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "The address at which you open Secret Server, with the path on your own server (often /SecretServer). For Delinea Platform: Settings › Secret Server Connection.")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "A Secret Server user or application account. Two-factor sign-in must be off for it.")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "Only for users of an Active Directory domain; leave it empty for a local user.")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "Service account (Delinea Platform)")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "Delinea Platform URL")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "https://example.delinea.app")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "The address at which you open the Delinea Platform.")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "Of a service user, which needs Secret Server permissions. In Delinea Platform: Access › Users › More › Add service user.")
/* Translators: of the provider Delinea Secret Server */
NC_("provider", "The client secret of that service account. It is kept in the system keyring.")

/* DigitalOcean */
/* Translators: of the provider DigitalOcean */
NC_("provider", "dop_v1_…")
/* Translators: of the provider DigitalOcean */
NC_("provider", "In the DigitalOcean control panel: the API section. A token with custom scopes needs account:read for the test. It is shown once.")

/* Dynatrace */
/* Translators: of the provider Dynatrace */
NC_("provider", "Environment ID")
/* Translators: of the provider Dynatrace */
NC_("provider", "abc12345")
/* Translators: of the provider Dynatrace */
NC_("provider", "The first part of your Dynatrace address: https://abc12345.apps.dynatrace.com.")
/* Translators: of the provider Dynatrace */
NC_("provider", "dt0c01.…")
/* Translators: of the provider Dynatrace */
NC_("provider", "In Dynatrace: search for Access Tokens › Generate new token. Any scope will do for this test. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Dynatrace */
NC_("provider", "Access token (Dynatrace Managed)")
/* Translators: of the provider Dynatrace */
NC_("provider", "Environment address")
/* Translators: of the provider Dynatrace */
NC_("provider", "https://dynatrace.example.com/e/11111111-1111-1111-1111-111111111111")
/* Translators: of the provider Dynatrace */
NC_("provider", "Your Dynatrace Managed cluster, /e/ and the environment ID; or the same on an ActiveGate, with port 9999.")
/* Translators: of the provider Dynatrace */
NC_("provider", "OAuth client (account management)")
/* Translators: of the provider Dynatrace */
NC_("provider", "Account UUID")
/* Translators: of the provider Dynatrace */
NC_("provider", "9a8b7c6d-1234-5678-abcd-ef0123456789")
/* Translators: of the provider Dynatrace */
NC_("provider", "In the address of Dynatrace Account Management: https://myaccount.dynatrace.com/account/home?account-uuid=…")
/* Translators: of the provider Dynatrace */
NC_("provider", "In Dynatrace Account Management: Identity & access management › OAuth clients › Create client.")
/* Translators: of the provider Dynatrace */
NC_("provider", "It is shown once, when the client is created, and kept in the system keyring.")
/* Translators: of the provider Dynatrace */
NC_("provider", "Scopes of the client to ask for, several separated by blanks. The client must have been given them.")

/* Elasticsearch */
/* Translators: of the provider Elasticsearch */
NC_("provider", "Elasticsearch endpoint")
/* Translators: of the provider Elasticsearch */
NC_("provider", "https://elasticsearch.example.com:9200")
/* Translators: of the provider Elasticsearch */
NC_("provider", "The address of the Elasticsearch API, not of Kibana. On your own servers the port is 9200 unless it was changed.")
/* Translators: of the provider Elasticsearch */
NC_("provider", "The encoded form of the key, one line in Base64. In Kibana: Stack Management › API keys. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Elasticsearch */
NC_("provider", "elastic")
/* Translators: of the provider Elasticsearch */
NC_("provider", "A user of Elasticsearch's native, file or LDAP realm.")
/* Translators: of the provider Elasticsearch */
NC_("provider", "The user's password. It is kept in the system keyring.")

/* F5 BIG-IP */
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "Management address")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "https://bigip.example.com")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "The address of the BIG-IP system's Configuration utility, with its port when it is not 443.")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "A local user of the BIG-IP system. Before version 13.1 only administrators may use iControl REST.")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "The user's password for the Configuration utility.")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "A user of the BIG-IP system or of the directory that it asks.")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "The user's password. A token that lasts 20 minutes is asked for with it.")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "Login provider")
/* Translators: of the provider F5 BIG-IP */
NC_("provider", "The authentication provider: tmos for local users and for those of the system's remote authentication.")

/* Fortinet FortiGate */
/* Translators: of the provider Fortinet FortiGate */
NC_("provider", "REST API key (header)")
/* Translators: of the provider Fortinet FortiGate */
NC_("provider", "https://fw.example.com:8443")
/* Translators: of the provider Fortinet FortiGate */
NC_("provider", "The address of the FortiGate's administration interface, with its port when that is not 443.")
/* Translators: of the provider Fortinet FortiGate */
NC_("provider", "The key of a REST API administrator, shown once when it is generated. In FortiOS: System › Administrators › Create New › REST API Admin. Your computer must be one of its trusted hosts.")
/* Translators: of the provider Fortinet FortiGate */
NC_("provider", "REST API key (access_token in the address)")

/* Freshdesk */
/* Translators: of the provider Freshdesk */
NC_("provider", "Freshdesk domain")
/* Translators: of the provider Freshdesk */
NC_("provider", "example")
/* Translators: of the provider Freshdesk */
NC_("provider", "The part before .freshdesk.com in the address at which you open Freshdesk.")
/* Translators: of the provider Freshdesk */
NC_("provider", "In Freshdesk: your profile picture at the top right › Profile Settings › View API key. It is kept in the system keyring.")

/* Freshservice */
/* Translators: of the provider Freshservice */
NC_("provider", "The first part of your Freshservice address, before .freshservice.com.")
/* Translators: of the provider Freshservice */
NC_("provider", "In Freshservice: your profile picture › Personal Settings, on the right below Delegate Approvals. It is kept in the system keyring.")

/* GitHub */
/* Translators: of the provider GitHub */
NC_("provider", "github_pat_… or ghp_…")
/* Translators: of the provider GitHub */
NC_("provider", "In GitHub: Settings › Developer settings › Personal access tokens. It is shown once, and kept in the system keyring.")
/* Translators: of the provider GitHub */
NC_("provider", "Change it only for GitHub Enterprise Server: https://HOST/api/v3.")
/* Translators: of the provider GitHub */
NC_("provider", "GitHub App")
/* Translators: of the provider GitHub */
NC_("provider", "Client ID or App ID")
/* Translators: of the provider GitHub */
NC_("provider", "Iv23… or 123456")
/* Translators: of the provider GitHub */
NC_("provider", "In GitHub: Settings › Developer settings › GitHub Apps, the app's page.")
/* Translators: of the provider GitHub */
NC_("provider", "The PEM file that GitHub gives when a private key is generated on the same page.")

/* GitLab */
/* Translators: of the provider GitLab */
NC_("provider", "GitLab address")
/* Translators: of the provider GitLab */
NC_("provider", "https://gitlab.example.com")
/* Translators: of the provider GitLab */
NC_("provider", "Change it only for GitLab Self-Managed or GitLab Dedicated: the address you open in the browser.")
/* Translators: of the provider GitLab */
NC_("provider", "glpat-…")
/* Translators: of the provider GitLab */
NC_("provider", "A personal, group or project access token. For a personal one, in GitLab's user settings: Access tokens. It is shown once, and kept in the system keyring.")

/* Google SecOps (Chronicle) */
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "Service account key")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "Service account key file")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "Where your Google SecOps instance is: us, eu, or a location such as europe-west2 or asia-southeast1.")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "Project ID")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "example-project")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "The Google Cloud project that Google SecOps is linked to. In Google SecOps: Settings › SIEM Settings › Profile.")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "Customer ID")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "01234567-89ab-cdef-0123-456789abcdef")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "The ID of your instance, in the form of a UUID. In Google SecOps: Settings › SIEM Settings › Profile.")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "Service account email")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "reader@example-project.iam.gserviceaccount.com")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "The client_email of the key file. In Google Cloud: IAM & Admin › Service Accounts.")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "The private_key_id of the key file.")
/* Translators: of the provider Google SecOps (Chronicle) */
NC_("provider", "The private_key of the key file. It is kept in the system keyring.")

/* Google Workspace */
/* Translators: of the provider Google Workspace */
NC_("provider", "Administrator email")
/* Translators: of the provider Google Workspace */
NC_("provider", "admin@example.com")
/* Translators: of the provider Google Workspace */
NC_("provider", "The administrator whom the service account acts for. It needs domain-wide delegation. In the Admin console: Security › Access and data control › API controls › Domain-wide delegation.")
/* Translators: of the provider Google Workspace */
NC_("provider", "The OAuth scopes to ask for, separated by blanks. All must be delegated to the service account; the test reads the administrator's own user, which needs admin.directory.user or its .readonly form.")

/* Grafana */
/* Translators: of the provider Grafana */
NC_("provider", "Service account token")
/* Translators: of the provider Grafana */
NC_("provider", "Grafana URL")
/* Translators: of the provider Grafana */
NC_("provider", "https://example.grafana.net")
/* Translators: of the provider Grafana */
NC_("provider", "The address at which you open Grafana, with its path if it has one. It can be Grafana Cloud (grafana.net) or your own server.")
/* Translators: of the provider Grafana */
NC_("provider", "glsa_…")
/* Translators: of the provider Grafana */
NC_("provider", "In Grafana: Administration › Users and access › Service accounts. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Grafana */
NC_("provider", "The login or e-mail address of a Grafana user. Your own server only, with basic authentication enabled (the default); Grafana Cloud wants a token.")

/* GreyNoise */
/* Translators: of the provider GreyNoise */
NC_("provider", "In the GreyNoise Visualizer: your account page.")

/* HaloPSA */
/* Translators: of the provider HaloPSA */
NC_("provider", "Username and Password")
/* Translators: of the provider HaloPSA */
NC_("provider", "https://example.halopsa.com")
/* Translators: of the provider HaloPSA */
NC_("provider", "The address of your HaloPSA, with or without https://, /api or /auth. In HaloPSA: Configuration › Integrations › HaloPSA API › Resource Server.")
/* Translators: of the provider HaloPSA */
NC_("provider", "In HaloPSA: Configuration › Integrations › HaloPSA API › View Applications. The application's Authentication Method must be Username & Password. The ID shown while an application is being created can change until it is saved.")
/* Translators: of the provider HaloPSA */
NC_("provider", "The login of a HaloPSA agent. An agent with two-factor or single sign-on probably cannot sign in this way.")
/* Translators: of the provider HaloPSA */
NC_("provider", "The agent's password. It is kept in the system keyring.")
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
NC_("provider", "HaloPSA shows it once, when the application is created. It is kept in the system keyring.")

/* HashiCorp Vault */
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Vault address")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "https://vault.example.com:8200")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "The address of your Vault server or cluster, usually with port 8200 (VAULT_ADDR).")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "hvs.…")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "A Vault token whose policies allow to read auth/token/lookup-self, as the default policy does. Its administrator creates it, for example with vault token create.")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Namespace")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "admin")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Only for Vault Enterprise and HCP Vault, where it is usually admin. Leave it empty otherwise.")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "AppRole")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Role ID")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "The role_id of the AppRole, from Vault: auth/approle/role/NAME/role-id.")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Secret ID")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "A secret_id of the AppRole, from Vault: auth/approle/role/NAME/secret-id. A test spends one of its uses, if they are limited.")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Mount path")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "Where the auth method is enabled in Vault. Change it only if it is not the usual path.")
/* Translators: of the provider HashiCorp Vault */
NC_("provider", "A user of the auth method userpass.")

/* Have I Been Pwned */
/* Translators: of the provider Have I Been Pwned */
NC_("provider", "The key of your subscription, from haveibeenpwned.com/API/Key.")

/* HCP Terraform */
/* Translators: of the provider HCP Terraform */
NC_("provider", "….atlasv1.…")
/* Translators: of the provider HCP Terraform */
NC_("provider", "A user, team or organisation token. A user creates one in HCP Terraform at app.terraform.io/app/settings/tokens. It is shown once.")
/* Translators: of the provider HCP Terraform */
NC_("provider", "Change it only for Terraform Enterprise: the address of your own installation.")

/* Hudu */
/* Translators: of the provider Hudu */
NC_("provider", "Base URL")
/* Translators: of the provider Hudu */
NC_("provider", "https://example.huducloud.com")
/* Translators: of the provider Hudu */
NC_("provider", "The address at which you open Hudu, without /api/v1. It can be on huducloud.com or on your own server.")
/* Translators: of the provider Hudu */
NC_("provider", "An administrator creates it in Hudu on the page /admin/api_keys of your Hudu address. It is kept in the system keyring.")

/* Huntress */
/* Translators: of the provider Huntress */
NC_("provider", "hk_…")
/* Translators: of the provider Huntress */
NC_("provider", "In Huntress: the menu at the top right › API Credentials, then Generate.")
/* Translators: of the provider Huntress */
NC_("provider", "hs_…")
/* Translators: of the provider Huntress */
NC_("provider", "Shown once, when the key is generated. A lost one can only be replaced by generating again.")

/* Hybrid Analysis */
/* Translators: of the provider Hybrid Analysis */
NC_("provider", "Create it on your profile page at www.hybrid-analysis.com. A free account has a restricted key, which is enough for this test.")

/* IBM QRadar */
/* Translators: of the provider IBM QRadar */
NC_("provider", "Authorized service token")
/* Translators: of the provider IBM QRadar */
NC_("provider", "Console address")
/* Translators: of the provider IBM QRadar */
NC_("provider", "https://qradar.example.com")
/* Translators: of the provider IBM QRadar */
NC_("provider", "The address of the QRadar Console.")
/* Translators: of the provider IBM QRadar */
NC_("provider", "The token of an authorised service, shown when it is added. In QRadar: Admin › System Configuration › User Management › Authorized Services. It expires on the date that was set there.")
/* Translators: of the provider IBM QRadar */
NC_("provider", "The login of a QRadar user. IBM advises an authorised service instead.")
/* Translators: of the provider IBM QRadar */
NC_("provider", "The user's password.")

/* ImmyBot */
/* Translators: of the provider ImmyBot */
NC_("provider", "Microsoft Entra app registration")
/* Translators: of the provider ImmyBot */
NC_("provider", "Instance")
/* Translators: of the provider ImmyBot */
NC_("provider", "The first part of the address at which you open ImmyBot.")
/* Translators: of the provider ImmyBot */
NC_("provider", "In the Microsoft Entra admin center: the app registration's Overview.")
/* Translators: of the provider ImmyBot */
NC_("provider", "In the Microsoft Entra admin center: the app registration's Overview. In ImmyBot, its enterprise application must be a person (Show more › People, by its Object ID) and a user with administrator rights.")
/* Translators: of the provider ImmyBot */
NC_("provider", "The Value, not the ID, of a client secret. In the Microsoft Entra admin center: the app registration's Certificates & secrets.")

/* incident.io */
/* Translators: of the provider incident.io */
NC_("provider", "inc_…")
/* Translators: of the provider incident.io */
NC_("provider", "In incident.io: Settings › API keys › Add New. It is shown once; what it may do is chosen when it is created.")

/* IPinfo */
/* Translators: of the provider IPinfo */
NC_("provider", "The access token of your IPinfo account, shown on its dashboard. The test counts as one lookup.")

/* IT Glue */
/* Translators: of the provider IT Glue */
NC_("provider", "Where your IT Glue account is hosted.")
/* Translators: of the provider IT Glue */
NC_("provider", "ITG.…")
/* Translators: of the provider IT Glue */
NC_("provider", "In IT Glue: Account › Settings › API Keys › Custom API Key. A key that is not used for 90 days stops working.")

/* Ivanti Neurons for ITSM */
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "REST API key")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "https://example.saasit.com")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "The address of your Ivanti tenant. On your own server it may go on with a path, such as /HEAT.")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "The Reference ID of a REST API key. In the Configuration Console: Configure › Security Controls › API Keys.")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "example.saasit.com")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "The name of the tenant, mostly the host name of its address.")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "A user with an internal sign-in, not through single sign-on.")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "Role")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "Admin")
/* Translators: of the provider Ivanti Neurons for ITSM */
NC_("provider", "The role to sign in with, as Ivanti names it internally. The user must have it.")

/* Jamf Pro */
/* Translators: of the provider Jamf Pro */
NC_("provider", "Jamf Pro URL")
/* Translators: of the provider Jamf Pro */
NC_("provider", "https://example.jamfcloud.com")
/* Translators: of the provider Jamf Pro */
NC_("provider", "The address at which you open Jamf Pro, with the port when there is one.")
/* Translators: of the provider Jamf Pro */
NC_("provider", "In Jamf Pro: Settings › System › API Roles and Clients, of an enabled API client. Jamf Pro 10.49 or later.")
/* Translators: of the provider Jamf Pro */
NC_("provider", "In Jamf Pro: Settings › System › API Roles and Clients; it is shown when it is generated for the API client. It is kept in the system keyring.")
/* Translators: of the provider Jamf Pro */
NC_("provider", "A Jamf Pro user account. Accounts of single sign-on cannot use the API.")
/* Translators: of the provider Jamf Pro */
NC_("provider", "The password of that account. It is kept in the system keyring.")

/* Jenkins */
/* Translators: of the provider Jenkins */
NC_("provider", "Jenkins URL")
/* Translators: of the provider Jenkins */
NC_("provider", "https://jenkins.example.com")
/* Translators: of the provider Jenkins */
NC_("provider", "The address at which you open Jenkins, as in Manage Jenkins › System › Jenkins URL; with the path if there is one.")
/* Translators: of the provider Jenkins */
NC_("provider", "User ID")
/* Translators: of the provider Jenkins */
NC_("provider", "The user name with which you sign in to Jenkins.")
/* Translators: of the provider Jenkins */
NC_("provider", "In Jenkins: your name at the top right › Configure (in newer versions Security) › API Token › Add new Token. It is kept in the system keyring.")
/* Translators: of the provider Jenkins */
NC_("provider", "The password of that user. Jenkins recommends an API token instead, and some sign-in systems accept no password. It is kept in the system keyring.")

/* JFrog Artifactory */
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "JFrog Platform URL")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "https://example.jfrog.io")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "The address of your JFrog Platform, without /artifactory or /ui: https://NAME.jfrog.io in the cloud, or your own server.")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "An access token, identity token or reference token. In JFrog, an administrator creates one under User Management › Access Tokens › Generate Token.")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "User name")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "The name that you sign in to JFrog with.")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "The user's password. An access token or an API key can stand here instead.")
/* Translators: of the provider JFrog Artifactory */
NC_("provider", "In the JFrog Platform: your user name › Edit Profile. JFrog is retiring API keys in favour of access tokens; a reference token can stand here too.")

/* Jira Cloud */
/* Translators: of the provider Jira Cloud */
NC_("provider", "The address at which you open Jira, up to .atlassian.net.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "At id.atlassian.com: Security › API tokens. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "E-mail and API token with scopes")
/* Translators: of the provider Jira Cloud */
NC_("provider", "The address of the Atlassian account or service account that the token belongs to.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "At id.atlassian.com: Security › API tokens, created with scopes. The test needs the scope read:jira-user.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "Cloud ID")
/* Translators: of the provider Jira Cloud */
NC_("provider", "12345678-1234-1234-1234-123456789012")
/* Translators: of the provider Jira Cloud */
NC_("provider", "Leave it empty: the site says which it is. It is the cloudId that SITE/_edge/tenant_info shows.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "Service account (OAuth 2.0)")
/* Translators: of the provider Jira Cloud */
NC_("provider", "In Atlassian Administration: Directory › Service accounts, the account's OAuth 2.0 credential.")
/* Translators: of the provider Jira Cloud */
NC_("provider", "It is shown once, when the OAuth 2.0 credential is created. The test needs the scope read:jira-user.")

/* Jira Data Center */
/* Translators: of the provider Jira Data Center */
NC_("provider", "https://jira.example.com")
/* Translators: of the provider Jira Data Center */
NC_("provider", "The address at which you open Jira, with its context path if it has one.")
/* Translators: of the provider Jira Data Center */
NC_("provider", "In Jira: your profile picture › Profile › Personal Access Tokens. It is shown once. Jira 8.14 and later have such tokens.")
/* Translators: of the provider Jira Data Center */
NC_("provider", "The name with which you sign in to Jira.")
/* Translators: of the provider Jira Data Center */
NC_("provider", "The user's password. Jira 11 and later refuse it unless an administrator has switched basic authentication on.")

/* Jira Service Management Operations */
/* Translators: of the provider Jira Service Management Operations */
NC_("provider", "The address of the Atlassian account that the token belongs to. It must be an active user of Jira Service Management.")
/* Translators: of the provider Jira Service Management Operations */
NC_("provider", "Integration API key")
/* Translators: of the provider Jira Service Management Operations */
NC_("provider", "In Jira Service Management, on your team's operations page: Integrations › Add integration › API. The key can create, acknowledge, close and annotate alerts.")
/* Translators: of the provider Jira Service Management Operations */
NC_("provider", "An integration's key is for raising and changing alerts, and any such request might page someone.")

/* JumpCloud */
/* Translators: of the provider JumpCloud */
NC_("provider", "Where your organisation is hosted: the address of your JumpCloud Admin Portal.")
/* Translators: of the provider JumpCloud */
NC_("provider", "US (console.jumpcloud.com)")
/* Translators: of the provider JumpCloud */
NC_("provider", "EU (console.eu.jumpcloud.com)")
/* Translators: of the provider JumpCloud */
NC_("provider", "India (console.in.jumpcloud.com)")
/* Translators: of the provider JumpCloud */
NC_("provider", "jca_…")
/* Translators: of the provider JumpCloud */
NC_("provider", "In the JumpCloud Admin Portal: your initials at the top right › My API Key. Generating a new key revokes the old one. It is kept in the system keyring.")
/* Translators: of the provider JumpCloud */
NC_("provider", "Service account")
/* Translators: of the provider JumpCloud */
NC_("provider", "Token server")
/* Translators: of the provider JumpCloud */
NC_("provider", "The server that issues the tokens: of the same region as the Admin Portal.")
/* Translators: of the provider JumpCloud */
NC_("provider", "US")
/* Translators: of the provider JumpCloud */
NC_("provider", "EU")
/* Translators: of the provider JumpCloud */
NC_("provider", "In the JumpCloud Admin Portal: Settings › Service Accounts.")
/* Translators: of the provider JumpCloud */
NC_("provider", "Shown with the client ID when the service account is created. It is kept in the system keyring.")

/* Juniper Mist */
/* Translators: of the provider Juniper Mist */
NC_("provider", "The cloud of your organisation: compare with the address of the Mist portal, which begins with manage.")
/* Translators: of the provider Juniper Mist */
NC_("provider", "Global 01 (manage.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "Global 02 (manage.gc1.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "Global 03 (manage.ac2.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "Global 04 (manage.gc2.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "Global 05 (manage.gc4.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "EMEA 01 (manage.eu.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "EMEA 02 (manage.gc3.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "EMEA 03 (manage.ac6.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "EMEA 04 (manage.gc6.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "APAC 01 (manage.ac5.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "APAC 02 (manage.gc5.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "APAC 03 (manage.gc7.mist.com)")
/* Translators: of the provider Juniper Mist */
NC_("provider", "In the Mist portal: your account icon › My Account › API Token, or for the whole organisation: Organization › Settings › API Token. It is shown once.")

/* Kandji (Iru) */
/* Translators: of the provider Kandji (Iru) */
NC_("provider", "https://acme.api.kandji.io")
/* Translators: of the provider Kandji (Iru) */
NC_("provider", "In Kandji: Settings › Access, where the API tokens are. It ends in .api.kandji.io, .api.eu.kandji.io or .api.iru.com.")
/* Translators: of the provider Kandji (Iru) */
NC_("provider", "API Token")
/* Translators: of the provider Kandji (Iru) */
NC_("provider", "In Kandji: Settings › Access › Add API Token. It is shown once. The test needs the permission Device list.")

/* Kaseya VSA X */
/* Translators: of the provider Kaseya VSA X */
NC_("provider", "https://example.vsax.net")
/* Translators: of the provider Kaseya VSA X */
NC_("provider", "The address at which you open VSA X (VSA 10).")
/* Translators: of the provider Kaseya VSA X */
NC_("provider", "Token ID")
/* Translators: of the provider Kaseya VSA X */
NC_("provider", "In VSA X: Administration › Configuration › API Access, of a token.")
/* Translators: of the provider Kaseya VSA X */
NC_("provider", "Token secret")
/* Translators: of the provider Kaseya VSA X */
NC_("provider", "Shown with the token ID when the token is created. It is kept in the system keyring.")

/* Keeper (SCIM) */
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "SCIM token")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "Data centre")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "Where your Keeper tenant is hosted.")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "AU")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "JP")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "CA")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "GOV")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "Node ID")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "123435384338765")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "The node that SCIM was set up on. It is part of the URL on the SCIM setup page in the Keeper Admin Console.")
/* Translators: of the provider Keeper (SCIM) */
NC_("provider", "Generated on the SCIM setup page in the Keeper Admin Console, and shown only once.")

/* KnowBe4 */
/* Translators: of the provider KnowBe4 */
NC_("provider", "Reporting API key")
/* Translators: of the provider KnowBe4 */
NC_("provider", "Where your account is hosted: the beginning of the address at which you open KnowBe4.")
/* Translators: of the provider KnowBe4 */
NC_("provider", "US (training.knowbe4.com)")
/* Translators: of the provider KnowBe4 */
NC_("provider", "EU (eu.knowbe4.com)")
/* Translators: of the provider KnowBe4 */
NC_("provider", "Canada (ca.knowbe4.com)")
/* Translators: of the provider KnowBe4 */
NC_("provider", "UK (uk.knowbe4.com)")
/* Translators: of the provider KnowBe4 */
NC_("provider", "Germany (de.knowbe4.com)")
/* Translators: of the provider KnowBe4 */
NC_("provider", "In KnowBe4: Account Settings › Account Integrations › API, with reporting API access enabled. The keys of the user event API are others. It is kept in the system keyring.")

/* Lacework FortiCNAPP */
/* Translators: of the provider Lacework FortiCNAPP */
NC_("provider", "API key file")
/* Translators: of the provider Lacework FortiCNAPP */
NC_("provider", "Account")
/* Translators: of the provider Lacework FortiCNAPP */
NC_("provider", "The first part of your Lacework FortiCNAPP address, such as acme, or acme.fra where the region is part of it.")
/* Translators: of the provider Lacework FortiCNAPP */
NC_("provider", "EXAMPLE_0123456789ABCDEF…")
/* Translators: of the provider Lacework FortiCNAPP */
NC_("provider", "The keyId of the downloaded key file. In the console: Settings › Configuration › API keys.")
/* Translators: of the provider Lacework FortiCNAPP */
NC_("provider", "The secret of the downloaded key file. It is kept in the system keyring.")

/* LastPass Business */
/* Translators: of the provider LastPass Business */
NC_("provider", "CID and provisioning hash")
/* Translators: of the provider LastPass Business */
NC_("provider", "CID")
/* Translators: of the provider LastPass Business */
NC_("provider", "12345678")
/* Translators: of the provider LastPass Business */
NC_("provider", "The account number of your company. The header of the LastPass Admin Console shows it.")
/* Translators: of the provider LastPass Business */
NC_("provider", "Provisioning hash")
/* Translators: of the provider LastPass Business */
NC_("provider", "In the LastPass Admin Console: Advanced › Enterprise API. It is shown once; a new one makes the old one invalid.")
/* Translators: of the provider LastPass Business */
NC_("provider", "Change it only if LastPass told you another address.")

/* Liongard */
/* Translators: of the provider Liongard */
NC_("provider", "The first part of the address at which you open Liongard, such as us1 of us1.app.liongard.com.")
/* Translators: of the provider Liongard */
NC_("provider", "Access Key ID")
/* Translators: of the provider Liongard */
NC_("provider", "In Liongard: the profile menu at the top right › Account Settings › Access Tokens, then Generate New Token.")
/* Translators: of the provider Liongard */
NC_("provider", "Access Key Secret")
/* Translators: of the provider Liongard */
NC_("provider", "Shown together with the Access Key ID, and no longer visible once you leave that page.")

/* ManageEngine ServiceDesk Plus */
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Technician API key (on-premises)")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "https://sdp.example.com:8080")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "The address at which you open ServiceDesk Plus, with its port when that is not 443.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "The authtoken of a technician. In ServiceDesk Plus: Admin › Technicians, edit the technician, then Generate under API key details.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "OAuth refresh token (cloud)")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Where your ServiceDesk Plus Cloud is: it shows in the address at which you open it.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Japan")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Zoho Accounts server")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "The same region as the data centre.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Portal name")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "itdesk")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "The part of the address that follows /app/ when ServiceDesk Plus Cloud is open.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "1000.…")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Of the client that is registered in the Zoho API console.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Of the same client in the Zoho API console.")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Refresh token")
/* Translators: of the provider ManageEngine ServiceDesk Plus */
NC_("provider", "Made with the client's grant code. The test needs a scope that reads requests, such as SDPOnDemand.requests.READ.")

/* Mattermost */
/* Translators: of the provider Mattermost */
NC_("provider", "https://mattermost.example.com")
/* Translators: of the provider Mattermost */
NC_("provider", "The address of your Mattermost server, as in the browser.")
/* Translators: of the provider Mattermost */
NC_("provider", "In Mattermost: Profile › Security › Personal Access Tokens › Create Token. A bot's access token works too. A system administrator must enable such tokens. It is shown once.")
/* Translators: of the provider Mattermost */
NC_("provider", "Email or username")
/* Translators: of the provider Mattermost */
NC_("provider", "A user who signs in with a password of Mattermost or LDAP. A user with multi-factor authentication or single sign-on needs a token instead.")

/* Microsoft Azure */
/* Translators: of the provider Microsoft Azure */
NC_("provider", "In the Microsoft Entra admin center: the app registration's Overview. A domain of the tenant such as example.onmicrosoft.com works too.")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "In the Microsoft Entra admin center: the app registration's Overview. What it may read is decided by its roles on the subscriptions (Access control, IAM).")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "In the app registration: Certificates & secrets › Client secrets. Use the secret's value, not its ID; it is shown once.")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "Sign-in host")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "The cloud that the tenant belongs to. Change it only for a national cloud, together with the API host.")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "Global")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "China (21Vianet)")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "Resource Manager host")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "The Azure Resource Manager of the tenant's cloud.")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "Certificate")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "Certificate thumbprint")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "C43593F392A8B00645BD4F256F9DCBC2F7BB2410")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "The SHA-1 thumbprint of the certificate, 40 hexadecimal digits. In the app registration: Certificates & secrets › Certificates.")
/* Translators: of the provider Microsoft Azure */
NC_("provider", "The private key of the certificate that was uploaded to the app registration, in PEM form.")

/* Microsoft Defender for Endpoint */
/* Translators: of the provider Microsoft Defender for Endpoint */
NC_("provider", "In the Microsoft Entra admin center: the app registration's Overview. The test needs the application permission Alert.Read.All of WindowsDefenderATP, with admin consent.")
/* Translators: of the provider Microsoft Defender for Endpoint */
NC_("provider", "The Defender for Endpoint API of the tenant's cloud. A GCC tenant signs in at the global sign-in host.")
/* Translators: of the provider Microsoft Defender for Endpoint */
NC_("provider", "US Government GCC")
/* Translators: of the provider Microsoft Defender for Endpoint */
NC_("provider", "US Government GCC High and DoD")

/* Microsoft Entra ID */
/* Translators: of the provider Microsoft Entra ID */
NC_("provider", "The cloud that the tenant belongs to. Change it only for a national cloud, together with the Microsoft Graph host.")
/* Translators: of the provider Microsoft Entra ID */
NC_("provider", "Microsoft Graph host")
/* Translators: of the provider Microsoft Entra ID */
NC_("provider", "The Microsoft Graph of the same cloud.")
/* Translators: of the provider Microsoft Entra ID */
NC_("provider", "US Government L4")
/* Translators: of the provider Microsoft Entra ID */
NC_("provider", "US Government L5 (DoD)")

/* Microsoft Intune */
/* Translators: of the provider Microsoft Intune */
NC_("provider", "In the Microsoft Entra admin center: the app registration's Overview. The test needs the application permission DeviceManagementManagedDevices.Read.All of Microsoft Graph, with admin consent.")
/* Translators: of the provider Microsoft Intune */
NC_("provider", "The Microsoft Graph of the tenant's cloud.")

/* Microsoft Teams */
/* Translators: of the provider Microsoft Teams */
NC_("provider", "Bot")
/* Translators: of the provider Microsoft Teams */
NC_("provider", "Microsoft App ID")
/* Translators: of the provider Microsoft Teams */
NC_("provider", "The bot's app ID. In the Azure portal: the Azure Bot resource's Configuration.")
/* Translators: of the provider Microsoft Teams */
NC_("provider", "A client secret of the bot's app registration: Certificates & secrets › Client secrets. It is shown once.")
/* Translators: of the provider Microsoft Teams */
NC_("provider", "App Tenant ID")
/* Translators: of the provider Microsoft Teams */
NC_("provider", "For a single-tenant bot, the tenant of its app registration. Leave it at botframework.com for a multi-tenant bot.")

/* Mimecast */
/* Translators: of the provider Mimecast */
NC_("provider", "API 2.0 application")
/* Translators: of the provider Mimecast */
NC_("provider", "The Client ID of an API 2.0 application. In Mimecast: Administration › Services › API and Platform Integrations, the Mimecast API 2.0 tile › Generate Keys.")
/* Translators: of the provider Mimecast */
NC_("provider", "Shown once, together with the Client ID, when the application is created.")
/* Translators: of the provider Mimecast */
NC_("provider", "API Gateway")
/* Translators: of the provider Mimecast */
NC_("provider", "Global suits every account. The regional addresses keep the data in that region.")

/* MISP */
/* Translators: of the provider MISP */
NC_("provider", "Auth key")
/* Translators: of the provider MISP */
NC_("provider", "https://misp.example.com")
/* Translators: of the provider MISP */
NC_("provider", "The address of your MISP instance, as in the browser.")
/* Translators: of the provider MISP */
NC_("provider", "In MISP: My Profile › Auth Keys › Add authentication key. It is shown once; the role of its user must allow API access.")

/* N-able N-central */
/* Translators: of the provider N-able N-central */
NC_("provider", "User-API token")
/* Translators: of the provider N-able N-central */
NC_("provider", "N-central server")
/* Translators: of the provider N-able N-central */
NC_("provider", "https://ncentral.example.com")
/* Translators: of the provider N-able N-central */
NC_("provider", "The address at which you open N-central. The REST API needs version 2023.9 or later.")
/* Translators: of the provider N-able N-central */
NC_("provider", "User-API token (JWT)")
/* Translators: of the provider N-able N-central */
NC_("provider", "In N-central: Administration › User Management › Users › the user › API Access, generate a JSON Web Token. Two-factor sign-in must be off for that user. It is kept in the system keyring.")

/* N-able Passportal */
/* Translators: of the provider N-able Passportal */
NC_("provider", "API access key")
/* Translators: of the provider N-able Passportal */
NC_("provider", "https://acme.passportalmsp.com")
/* Translators: of the provider N-able Passportal */
NC_("provider", "The beginning of the address of your Passportal dashboard, without /dashboard.")
/* Translators: of the provider N-able Passportal */
NC_("provider", "In Passportal: Settings › API Keys › Create access key.")
/* Translators: of the provider N-able Passportal */
NC_("provider", "Passportal shows it once, when the access key is created: press Show key.")

/* Nerdio Manager */
/* Translators: of the provider Nerdio Manager */
NC_("provider", "Client secret (Manager for MSP)")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "Nerdio Manager URL")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "https://example.nerdio.net")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "The address at which you open Nerdio Manager.")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "In Nerdio Manager: Settings › Integrations › REST API.")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "22222222-3333-4444-8555-666666666666")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "api://g0cb288e-ff16-1861-9393-50219a19453c/.default")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "The application ID URI of the Nerdio app registration (Azure portal: Expose an API), followed by /.default.")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "In the Azure portal: the app registration › Certificates & secrets › New client secret. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "Certificate (Manager for MSP)")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "Client secret (Manager for Enterprise)")
/* Translators: of the provider Nerdio Manager */
NC_("provider", "https://web-admin-portal-example.azurewebsites.net")

/* Netskope */
/* Translators: of the provider Netskope */
NC_("provider", "REST API v2 token")
/* Translators: of the provider Netskope */
NC_("provider", "Tenant hostname")
/* Translators: of the provider Netskope */
NC_("provider", "example.goskope.com")
/* Translators: of the provider Netskope */
NC_("provider", "The host of your Netskope tenant; a regional tenant has its region in it, such as example.eu.goskope.com.")
/* Translators: of the provider Netskope */
NC_("provider", "It must be allowed to read /api/v2/policy/urllist for the test. In Netskope: Settings › Tools › REST API v2, or, with RBAC v3, a service account under Settings › Administration › Administrators & Roles. It is shown once.")

/* New Relic */
/* Translators: of the provider New Relic */
NC_("provider", "User key")
/* Translators: of the provider New Relic */
NC_("provider", "NRAK-…")
/* Translators: of the provider New Relic */
NC_("provider", "A key of the type User, which begins with NRAK-. In New Relic: the user menu › API keys. A licence key does not work here.")
/* Translators: of the provider New Relic */
NC_("provider", "Data centre region")
/* Translators: of the provider New Relic */
NC_("provider", "Where your New Relic organisation keeps its data.")
/* Translators: of the provider New Relic */
NC_("provider", "European Union")

/* NinjaOne SaaS Backup */
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "Reseller token and authentication token")
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "dropsuite.us")
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "The host of the API URL, such as dropsuite.us for https://dropsuite.us/api/. In the Partner Portal: Settings › API Settings.")
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "Reseller Token")
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "In the Partner Portal: Settings › API Settings. API access is for direct partners and distributors only.")
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "Authentication Token")
/* Translators: of the provider NinjaOne SaaS Backup */
NC_("provider", "In the Partner Portal: Settings › API Settings, beside the reseller token.")

/* NinjaOne */
/* Translators: of the provider NinjaOne */
NC_("provider", "The NinjaOne instance that hosts your tenant: the one whose address you sign in at.")
/* Translators: of the provider NinjaOne */
NC_("provider", "North America (app.ninjarmm.com)")
/* Translators: of the provider NinjaOne */
NC_("provider", "US2 (us2.ninjarmm.com)")
/* Translators: of the provider NinjaOne */
NC_("provider", "Europe (eu.ninjarmm.com)")
/* Translators: of the provider NinjaOne */
NC_("provider", "Canada (ca.ninjarmm.com)")
/* Translators: of the provider NinjaOne */
NC_("provider", "Oceania (oc.ninjarmm.com)")
/* Translators: of the provider NinjaOne */
NC_("provider", "In NinjaOne: Administration › Apps › API › Client App IDs. The application's platform must be API Services (machine-to-machine), with the grant type Client Credentials.")
/* Translators: of the provider NinjaOne */
NC_("provider", "NinjaOne shows it once, when the application is saved. It is kept in the system keyring.")
/* Translators: of the provider NinjaOne */
NC_("provider", "The scopes to ask for, separated by blanks: monitoring, management, control. The application must have them; monitoring is needed for the test.")

/* Okta */
/* Translators: of the provider Okta */
NC_("provider", "example.okta.com")
/* Translators: of the provider Okta */
NC_("provider", "The address of your Okta organisation, without the -admin of the administrator's console.")
/* Translators: of the provider Okta */
NC_("provider", "In Okta's administrator's console: Security › API › Tokens. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Okta */
NC_("provider", "API service app")
/* Translators: of the provider Okta */
NC_("provider", "In Okta's administrator's console: Applications › Applications, the API Services app's General tab.")
/* Translators: of the provider Okta */
NC_("provider", "The KID of the public key that is registered with the app.")
/* Translators: of the provider Okta */
NC_("provider", "The RSA key that belongs to the public key, in PEM form. The app must use public key / private key and must not require proof of possession (DPoP).")
/* Translators: of the provider Okta */
NC_("provider", "The Okta API scopes to ask for, separated by blanks. They must be granted to the app, and the app needs an administrator role. The test reads users.")

/* OneLogin */
/* Translators: of the provider OneLogin */
NC_("provider", "API credentials")
/* Translators: of the provider OneLogin */
NC_("provider", "The part of your OneLogin address before .onelogin.com.")
/* Translators: of the provider OneLogin */
NC_("provider", "In OneLogin: Developers › API Credentials. Only an account owner or administrator sees it.")
/* Translators: of the provider OneLogin */
NC_("provider", "In OneLogin: Developers › API Credentials, beside the client ID. The scope of the pair decides what it may do; the test works with every scope.")

/* OpenCTI */
/* Translators: of the provider OpenCTI */
NC_("provider", "OpenCTI URL")
/* Translators: of the provider OpenCTI */
NC_("provider", "https://opencti.example.com")
/* Translators: of the provider OpenCTI */
NC_("provider", "The address of your OpenCTI platform, without /graphql.")
/* Translators: of the provider OpenCTI */
NC_("provider", "The token of an OpenCTI user. In OpenCTI: Profile › API access.")

/* Opsgenie */
/* Translators: of the provider Opsgenie */
NC_("provider", "Service region")
/* Translators: of the provider Opsgenie */
NC_("provider", "The region of your Opsgenie account. Accounts whose address contains .eu. are in the European region.")
/* Translators: of the provider Opsgenie */
NC_("provider", "00000000-0000-4000-8000-000000000000")
/* Translators: of the provider Opsgenie */
NC_("provider", "In Opsgenie: Settings › API key management, with configuration access. A key of an API integration that lacks this right is recognised, but may not read the account. It is kept in the system keyring.")

/* Orca Security */
/* Translators: of the provider Orca Security */
NC_("provider", "The region of your Orca account: it is in the address at which you sign in.")
/* Translators: of the provider Orca Security */
NC_("provider", "US (api.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "EU (app.eu.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "AU (app.au.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "IN (app.in.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "SA (app.sa.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "ID (app.id.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "Government (app.gov.orcasecurity.io)")
/* Translators: of the provider Orca Security */
NC_("provider", "In Orca: Settings › Users & Permissions › API Tokens. It has the permissions of the user or role that it was created for.")

/* PagerDuty */
/* Translators: of the provider PagerDuty */
NC_("provider", "EU if you sign in at an address that ends in .eu.pagerduty.com, else US.")
/* Translators: of the provider PagerDuty */
NC_("provider", "A general access key (made by an administrator: Integrations › API Access Keys) or a user's own token (My Profile › User Settings). It is shown once, and kept in the system keyring.")
/* Translators: of the provider PagerDuty */
NC_("provider", "Scoped OAuth (client credentials)")
/* Translators: of the provider PagerDuty */
NC_("provider", "Region and subdomain")
/* Translators: of the provider PagerDuty */
NC_("provider", "us.example")
/* Translators: of the provider PagerDuty */
NC_("provider", "The account: us or eu, a full stop, and the subdomain that stands before .pagerduty.com in your account's address.")
/* Translators: of the provider PagerDuty */
NC_("provider", "In PagerDuty: Integrations › App Registration. It is issued when Scoped OAuth is added to an app.")
/* Translators: of the provider PagerDuty */
NC_("provider", "It is issued together with the client ID, and kept in the system keyring.")
/* Translators: of the provider PagerDuty */
NC_("provider", "The scopes to ask for, separated by blanks. The app must have them; users.read is needed for the test.")

/* Palo Alto Networks PAN-OS */
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "https://fw.example.com")
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "The address of the management interface of the firewall or of Panorama, as you open it in the browser.")
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "The key that the keygen request of the XML API gives an administrator. The administrator's role must allow Operational Requests in the XML API.")
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "Administrator (user name and password)")
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "Name")
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "The name of an administrator whose role allows the XML API. In PAN-OS: Device › Administrators.")
/* Translators: of the provider Palo Alto Networks PAN-OS */
NC_("provider", "The administrator's password. It is exchanged for an API key; for a key that you already have, use the other method.")

/* Pax8 */
/* Translators: of the provider Pax8 */
NC_("provider", "In Pax8: Settings › Integrations, tab Credentials (app.pax8.com/integrations?tab=credentials). Only partner administrators can create it.")
/* Translators: of the provider Pax8 */
NC_("provider", "Shown beside the client ID. It is kept in the system keyring.")
/* Translators: of the provider Pax8 */
NC_("provider", "Which Pax8 API the token is for; leave it as it is for the partner API.")

/* PingOne */
/* Translators: of the provider PingOne */
NC_("provider", "Worker application (Client Secret Basic)")
/* Translators: of the provider PingOne */
NC_("provider", "f2aba07d-270c-42ba-8811-01af5f63d458")
/* Translators: of the provider PingOne */
NC_("provider", "The environment that holds the Worker application. In the PingOne admin console: Settings › Environment Properties.")
/* Translators: of the provider PingOne */
NC_("provider", "The region of the environment. In the PingOne admin console: Settings › Environment Properties.")
/* Translators: of the provider PingOne */
NC_("provider", "Singapore")
/* Translators: of the provider PingOne */
NC_("provider", "Asia-Pacific")
/* Translators: of the provider PingOne */
NC_("provider", "In the PingOne admin console: Applications › Applications, the Worker application's Overview tab. The application must be switched on.")
/* Translators: of the provider PingOne */
NC_("provider", "On the same Overview tab as the client ID. On the Configuration tab, Token Endpoint Authentication Method must be Client Secret Basic.")
/* Translators: of the provider PingOne */
NC_("provider", "Leave it empty: it follows from the region.")
/* Translators: of the provider PingOne */
NC_("provider", "Authentication host")
/* Translators: of the provider PingOne */
NC_("provider", "Leave it empty: it follows from the region. A custom domain of the environment goes here.")
/* Translators: of the provider PingOne */
NC_("provider", "Worker application (Client Secret Post)")
/* Translators: of the provider PingOne */
NC_("provider", "On the same Overview tab as the client ID. On the Configuration tab, Token Endpoint Authentication Method must be Client Secret Post.")

/* Prisma Cloud */
/* Translators: of the provider Prisma Cloud */
NC_("provider", "https://api2.prismacloud.io")
/* Translators: of the provider Prisma Cloud */
NC_("provider", "The API address of your tenant's region. It is like the console's address, with api in place of app: https://api2.prismacloud.io for https://app2.prismacloud.io.")
/* Translators: of the provider Prisma Cloud */
NC_("provider", "In Prisma Cloud: Settings › Access Control › Access Keys › Add. An administrator must be allowed API access.")
/* Translators: of the provider Prisma Cloud */
NC_("provider", "Shown with the access key ID when the access key is created in Prisma Cloud.")

/* Proofpoint TAP */
/* Translators: of the provider Proofpoint TAP */
NC_("provider", "Service credentials")
/* Translators: of the provider Proofpoint TAP */
NC_("provider", "Service Principal")
/* Translators: of the provider Proofpoint TAP */
NC_("provider", "In the TAP Dashboard: Settings › Connected Applications › Create New Credential.")
/* Translators: of the provider Proofpoint TAP */
NC_("provider", "The secret that the TAP Dashboard shows with the service principal when the credential is generated.")

/* PRTG */
/* Translators: of the provider PRTG */
NC_("provider", "https://prtg.example.com")
/* Translators: of the provider PRTG */
NC_("provider", "The address at which you open PRTG, with its port when that is not 443. For PRTG Hosted Monitor: https://yourname.my-prtg.com.")
/* Translators: of the provider PRTG */
NC_("provider", "In PRTG: Setup › Account Settings › API Keys › + › Add API Key. PRTG shows it once. Read access is enough for the test.")
/* Translators: of the provider PRTG */
NC_("provider", "User name and passhash")
/* Translators: of the provider PRTG */
NC_("provider", "prtgadmin")
/* Translators: of the provider PRTG */
NC_("provider", "The login name of a PRTG user account.")
/* Translators: of the provider PRTG */
NC_("provider", "Passhash")
/* Translators: of the provider PRTG */
NC_("provider", "The hash that PRTG keeps of the account's password, a number. In PRTG: Setup › Account Settings › My Account, Show passhash.")
/* Translators: of the provider PRTG */
NC_("provider", "The password of that account. It travels in the address of each request, so that an API key is the better choice.")

/* Qualys VMDR */
/* Translators: of the provider Qualys VMDR */
NC_("provider", "Where your account is hosted; the address you sign in at shows it, and qualys.com/platform-identification lists them all.")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "US1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "US2")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "US3")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "US4")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "GOV1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "EU1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "EU2")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "EU3")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "IN1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "CA1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "AE1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "UK1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "AU1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "KSA1")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "The login of a Qualys user to whom API access has been granted.")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "The password of that user. Qualys answers the same to a wrong platform and to a user without API access as to a wrong password.")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "API server URL")
/* Translators: of the provider Qualys VMDR */
NC_("provider", "Only for a private cloud platform; otherwise the platform above decides it.")

/* Rapid7 Insight */
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "Where your data is stored: the first part of the address of a product, such as us2 in us2.idr.insight.rapid7.com.")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "US (us)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "US 2 (us2)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "US 3 (us3)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "Europe (eu)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "Canada (ca)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "Australia (au)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "Japan (ap)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "India (aps2)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "Middle East (me1)")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "A user key or an organisation key. In the Command Platform: Administration › API Keys. It is shown once.")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "InsightVM Security Console user")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "https://console.example.com:3780")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "The address of your InsightVM or Nexpose Security Console, with its port (usually 3780).")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "The login of a user of the Security Console.")
/* Translators: of the provider Rapid7 Insight */
NC_("provider", "The password of that user. A user with two-factor authentication cannot sign in this way.")

/* Recorded Future */
/* Translators: of the provider Recorded Future */
NC_("provider", "In the Recorded Future portal: User Settings › API Access. The test needs a token for the Connect API. It is kept in the system keyring.")

/* Red Canary */
/* Translators: of the provider Red Canary */
NC_("provider", "API authentication token")
/* Translators: of the provider Red Canary */
NC_("provider", "The name in the address of your Red Canary portal: example for https://example.my.redcanary.co.")
/* Translators: of the provider Red Canary */
NC_("provider", "In your Red Canary user profile: Security Settings › Generate API Authentication Token. It has the roles of its user; a new one revokes the old one.")

/* Rootly */
/* Translators: of the provider Rootly */
NC_("provider", "rootly_…")
/* Translators: of the provider Rootly */
NC_("provider", "In Rootly: Organization Settings › API Keys › Generate New API Key.")

/* SailPoint Identity Security Cloud */
/* Translators: of the provider SailPoint Identity Security Cloud */
NC_("provider", "Tenant name")
/* Translators: of the provider SailPoint Identity Security Cloud */
NC_("provider", "The name of your tenant, the first part of its API address.")
/* Translators: of the provider SailPoint Identity Security Cloud */
NC_("provider", "In Identity Security Cloud: your name › Preferences › Personal Access Tokens › New Token. The client ID of an API client works too.")
/* Translators: of the provider SailPoint Identity Security Cloud */
NC_("provider", "Shown once, when the token is created. It is kept in the system keyring.")

/* SendGrid */
/* Translators: of the provider SendGrid */
NC_("provider", "SG.…")
/* Translators: of the provider SendGrid */
NC_("provider", "In SendGrid: Settings › API Keys › Create API Key. It is shown once, and kept in the system keyring.")
/* Translators: of the provider SendGrid */
NC_("provider", "European Union only for the key of an EU regional subuser.")

/* SentinelOne */
/* Translators: of the provider SentinelOne */
NC_("provider", "Management console")
/* Translators: of the provider SentinelOne */
NC_("provider", "example.sentinelone.net")
/* Translators: of the provider SentinelOne */
NC_("provider", "The host name at which you open the SentinelOne console.")
/* Translators: of the provider SentinelOne */
NC_("provider", "In SentinelOne: Settings › Users › Service Users › Actions › Create New Service User. It is shown once and has an expiry date.")

/* Sentry */
/* Translators: of the provider Sentry */
NC_("provider", "Auth token")
/* Translators: of the provider Sentry */
NC_("provider", "sntryu_… or sntrys_…")
/* Translators: of the provider Sentry */
NC_("provider", "A personal token (User settings › Personal Tokens), an organisation token, or the token of an internal integration (Settings › Custom Integrations).")
/* Translators: of the provider Sentry */
NC_("provider", "Sentry address")
/* Translators: of the provider Sentry */
NC_("provider", "Change it only for a Sentry server of your own. Accounts on sentry.io keep the default, whatever their data region.")

/* ServiceNow */
/* Translators: of the provider ServiceNow */
NC_("provider", "example.service-now.com")
/* Translators: of the provider ServiceNow */
NC_("provider", "The host name at which you open ServiceNow.")
/* Translators: of the provider ServiceNow */
NC_("provider", "The user ID of a ServiceNow user, best one of an integration of its own.")
/* Translators: of the provider ServiceNow */
NC_("provider", "In ServiceNow: System OAuth › Application Registry, the record of the application.")
/* Translators: of the provider ServiceNow */
NC_("provider", "In the same record of the application registry; the lock shows it.")
/* Translators: of the provider ServiceNow */
NC_("provider", "OAuth with user name and password")
/* Translators: of the provider ServiceNow */
NC_("provider", "OAuth JWT bearer")
/* Translators: of the provider ServiceNow */
NC_("provider", "In ServiceNow: System OAuth › Application Registry, the OAuth JWT API endpoint for external clients.")
/* Translators: of the provider ServiceNow */
NC_("provider", "The Kid of the application's JWT Verifier Map.")
/* Translators: of the provider ServiceNow */
NC_("provider", "The RSA key whose certificate the JWT Verifier Map names.")
/* Translators: of the provider ServiceNow */
NC_("provider", "User")
/* Translators: of the provider ServiceNow */
NC_("provider", "The user to sign in as, by the value of the application's User Field, such as the e-mail address.")
/* Translators: of the provider ServiceNow */
NC_("provider", "In ServiceNow: System Web Services › API Access Policies › REST API Key. The table API must accept the key by an API access policy.")

/* Shodan */
/* Translators: of the provider Shodan */
NC_("provider", "Your account page at account.shodan.io shows it. A free account has one too, with fewer functions.")

/* Slack */
/* Translators: of the provider Slack */
NC_("provider", "Bot or user token")
/* Translators: of the provider Slack */
NC_("provider", "xoxb-… or xoxp-…")
/* Translators: of the provider Slack */
NC_("provider", "The Bot User OAuth Token or the User OAuth Token of a Slack app. At api.slack.com/apps: your app's OAuth & Permissions page.")

/* Snipe-IT */
/* Translators: of the provider Snipe-IT */
NC_("provider", "Snipe-IT URL")
/* Translators: of the provider Snipe-IT */
NC_("provider", "https://example.snipe-it.io")
/* Translators: of the provider Snipe-IT */
NC_("provider", "The address of your Snipe-IT: https://NAME.snipe-it.io when it is hosted for you, or your own server.")
/* Translators: of the provider Snipe-IT */
NC_("provider", "eyJ0eXAiOiJKV1Qi…")
/* Translators: of the provider Snipe-IT */
NC_("provider", "A personal access token. In Snipe-IT: the user menu at the top right › API Keys › Create New Token. It is shown once.")

/* Snyk */
/* Translators: of the provider Snyk */
NC_("provider", "Where Snyk hosts your account: app.snyk.io is SNYK-US-01, app.eu.snyk.io is SNYK-EU-01, and so on.")
/* Translators: of the provider Snyk */
NC_("provider", "SNYK-US-01")
/* Translators: of the provider Snyk */
NC_("provider", "SNYK-US-02")
/* Translators: of the provider Snyk */
NC_("provider", "SNYK-EU-01")
/* Translators: of the provider Snyk */
NC_("provider", "SNYK-AU-01")
/* Translators: of the provider Snyk */
NC_("provider", "The key of a service account, or your own token. In Snyk, your own: Account settings › General; the field Key shows it on a click.")
/* Translators: of the provider Snyk */
NC_("provider", "Service account (OAuth 2.0 client secret)")
/* Translators: of the provider Snyk */
NC_("provider", "In Snyk: Settings › Service accounts, of an organisation or a group. The service account has the type OAuth 2.0 client credentials.")
/* Translators: of the provider Snyk */
NC_("provider", "Shown once, when the service account is created. A lost secret can only be rotated.")
/* Translators: of the provider Snyk */
NC_("provider", "Service account (OAuth 2.0 private key JWT)")
/* Translators: of the provider Snyk */
NC_("provider", "The client_id in the answer of Snyk's API when it creates the service account, with the auth_type oauth_private_key_jwt.")
/* Translators: of the provider Snyk */
NC_("provider", "The kid of the public key in the key set (JWKS URL) that you registered with the service account.")
/* Translators: of the provider Snyk */
NC_("provider", "The RSA private key that belongs to that public key. It never leaves this computer.")

/* SolarWinds Observability */
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "Data center")
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "The data center that your organisation was created in; it stands in the console's address.")
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "na-01 (North America)")
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "na-02 (North America)")
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "eu-01 (Europe)")
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "ap-01 (Asia Pacific)")
/* Translators: of the provider SolarWinds Observability */
NC_("provider", "In SolarWinds Observability: Settings › API Tokens. The type is API Access (once Full Access), not Ingestion. It cannot be copied again later.")

/* SonarQube */
/* Translators: of the provider SonarQube */
NC_("provider", "https://sonarqube.example.com")
/* Translators: of the provider SonarQube */
NC_("provider", "The address at which you open SonarQube, with its path and port when it has any. For SonarQube Cloud: https://sonarcloud.io.")
/* Translators: of the provider SonarQube */
NC_("provider", "squ_…")
/* Translators: of the provider SonarQube */
NC_("provider", "In SonarQube: My Account › Security, under Generate Tokens. It is shown once.")
/* Translators: of the provider SonarQube */
NC_("provider", "Token (SonarQube 9 and earlier)")
/* Translators: of the provider SonarQube */
NC_("provider", "Login and password")
/* Translators: of the provider SonarQube */
NC_("provider", "Login")
/* Translators: of the provider SonarQube */
NC_("provider", "The login of a local account. Accounts that sign in through GitHub, SAML or the like have no password; they need a token.")
/* Translators: of the provider SonarQube */
NC_("provider", "The password of that account.")

/* SonicWall */
/* Translators: of the provider SonicWall */
NC_("provider", "HTTP Basic authentication")
/* Translators: of the provider SonicWall */
NC_("provider", "Firewall address")
/* Translators: of the provider SonicWall */
NC_("provider", "https://firewall.example.com")
/* Translators: of the provider SonicWall */
NC_("provider", "The address of the firewall's HTTPS management, with its port when it is not 443.")
/* Translators: of the provider SonicWall */
NC_("provider", "An administrator with full privileges: only such users may use the SonicOS API.")
/* Translators: of the provider SonicWall */
NC_("provider", "The administrator's password. HTTP Basic access must be enabled. In SonicOS 7: Device › Settings › Administration › Audit/SonicOS API.")

/* Sophos Central */
/* Translators: of the provider Sophos Central */
NC_("provider", "In Sophos Central Admin: Settings & Policies › API Credentials › Add Credential.")
/* Translators: of the provider Sophos Central */
NC_("provider", "Shown once, together with the client ID.")
/* Translators: of the provider Sophos Central */
NC_("provider", "API credentials of a partner")
/* Translators: of the provider Sophos Central */
NC_("provider", "In Sophos Central Partner: Settings & Policies › API Credentials › Add.")
/* Translators: of the provider Sophos Central */
NC_("provider", "API credentials of an enterprise")
/* Translators: of the provider Sophos Central */
NC_("provider", "In Sophos Central Enterprise: Settings & Policies › API Credentials › Add Credential.")

/* Splunk */
/* Translators: of the provider Splunk */
NC_("provider", "https://splunk.example.com:8089")
/* Translators: of the provider Splunk */
NC_("provider", "The address of Splunk's management port, 8089 unless it was changed. On Splunk Cloud, Splunk Support opens this port on request.")
/* Translators: of the provider Splunk */
NC_("provider", "In Splunk Web: Settings › Tokens › New Token. Token authentication must be enabled. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Splunk */
NC_("provider", "A Splunk user. A user with single sign-on or multi-factor authentication needs a token instead.")

/* Sumo Logic */
/* Translators: of the provider Sumo Logic */
NC_("provider", "Deployment")
/* Translators: of the provider Sumo Logic */
NC_("provider", "The part between service. and .sumologic.com in the address at which you open Sumo Logic, such as eu. Without such a part it is US1.")
/* Translators: of the provider Sumo Logic */
NC_("provider", "EU (Ireland)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "DE (Frankfurt)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "CH (Zurich)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "AU (Sydney)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "CA (Central)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "IN (Mumbai)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "JP (Tokyo)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "KR (Seoul)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "FED (US government)")
/* Translators: of the provider Sumo Logic */
NC_("provider", "Access ID")
/* Translators: of the provider Sumo Logic */
NC_("provider", "Shown when an access key is created. In Sumo Logic, access keys are under Preferences, or for administrators under Administration › Security.")
/* Translators: of the provider Sumo Logic */
NC_("provider", "Access Key")
/* Translators: of the provider Sumo Logic */
NC_("provider", "Shown once, together with the Access ID.")

/* SuperOps */
/* Translators: of the provider SuperOps */
NC_("provider", "Your customer subdomain. In SuperOps: Settings › MSP Information, under My MSP.")
/* Translators: of the provider SuperOps */
NC_("provider", "In SuperOps: Settings › your name under My Profile › API token. A user has only one token at a time; generating a new one replaces it.")
/* Translators: of the provider SuperOps */
NC_("provider", "The data centre that keeps your SuperOps account.")
/* Translators: of the provider SuperOps */
NC_("provider", "Which of the two SuperOps products the account belongs to. Each has its own API address.")
/* Translators: of the provider SuperOps */
NC_("provider", "SuperOps for MSPs")
/* Translators: of the provider SuperOps */
NC_("provider", "SuperOps for IT teams")

/* Syncro */
/* Translators: of the provider Syncro */
NC_("provider", "The part before .syncromsp.com in the address at which you open Syncro.")
/* Translators: of the provider Syncro */
NC_("provider", "In Syncro: Admin › API Tokens. Give it the permissions that you need. It is kept in the system keyring.")

/* Tailscale */
/* Translators: of the provider Tailscale */
NC_("provider", "API access token")
/* Translators: of the provider Tailscale */
NC_("provider", "tskey-api-…")
/* Translators: of the provider Tailscale */
NC_("provider", "In the Tailscale admin console: Settings › Keys. Only an Owner, Admin, IT admin or Network admin can create one, and it expires after at most 90 days.")
/* Translators: of the provider Tailscale */
NC_("provider", "Tailnet")
/* Translators: of the provider Tailscale */
NC_("provider", "example.com")
/* Translators: of the provider Tailscale */
NC_("provider", "Leave it at - for the tailnet that the credentials belong to. The name is the Organization on the General page of the admin console's settings.")
/* Translators: of the provider Tailscale */
NC_("provider", "OAuth client")
/* Translators: of the provider Tailscale */
NC_("provider", "kcLBRFmtYZ11CNTRL")
/* Translators: of the provider Tailscale */
NC_("provider", "In the Tailscale admin console: Settings › OAuth clients.")
/* Translators: of the provider Tailscale */
NC_("provider", "tskey-client-…")
/* Translators: of the provider Tailscale */
NC_("provider", "It is shown once, when the OAuth client is created. The client's scopes decide what it may do; the test works with every scope.")

/* Tanium */
/* Translators: of the provider Tanium */
NC_("provider", "Tanium URL")
/* Translators: of the provider Tanium */
NC_("provider", "https://example-api.cloud.tanium.com")
/* Translators: of the provider Tanium */
NC_("provider", "The address of your Tanium Server. In Tanium Cloud, the console's address with -api behind its first part: https://NAME-api.cloud.tanium.com.")
/* Translators: of the provider Tanium */
NC_("provider", "token-…")
/* Translators: of the provider Tanium */
NC_("provider", "In Tanium Console: Administration › Permissions › API Tokens › New API Token. It is shown once. This computer's IP address must be among the token's trusted addresses.")
/* Translators: of the provider Tanium */
NC_("provider", "The name of a Tanium user with a password; one who signs in by single sign-on needs an API token instead.")
/* Translators: of the provider Tanium */
NC_("provider", "The directory domain of the user, when the user comes from one.")

/* TeamViewer */
/* Translators: of the provider TeamViewer */
NC_("provider", "Script token")
/* Translators: of the provider TeamViewer */
NC_("provider", "In the TeamViewer Management Console: Edit profile › Apps › Create script token. Its permissions decide what it may read and change.")

/* Tenable Vulnerability Management */
/* Translators: of the provider Tenable Vulnerability Management */
NC_("provider", "In Tenable: the user icon at the top right › My Account › API Keys › Generate. Generating replaces the keys you had.")
/* Translators: of the provider Tenable Vulnerability Management */
NC_("provider", "Shown together with the access key, and only once.")
/* Translators: of the provider Tenable Vulnerability Management */
NC_("provider", "Change it only when your Tenable has an address of its own, as government tenants have.")

/* TheHive */
/* Translators: of the provider TheHive */
NC_("provider", "URL")
/* Translators: of the provider TheHive */
NC_("provider", "https://thehive.example.com")
/* Translators: of the provider TheHive */
NC_("provider", "The address at which you open TheHive, with the port and path if there are any. TheHive 4 or later.")
/* Translators: of the provider TheHive */
NC_("provider", "In TheHive: your profile icon › Settings › API Key › Create. It is kept in the system keyring.")
/* Translators: of the provider TheHive */
NC_("provider", "The login of your TheHive user. Basic authentication must be switched on in TheHive's configuration.")

/* ThreatDown */
/* Translators: of the provider ThreatDown */
NC_("provider", "Nebula client credentials")
/* Translators: of the provider ThreatDown */
NC_("provider", "9256034b-7967-4253-a5d9-260663e4fa4f")
/* Translators: of the provider ThreatDown */
NC_("provider", "The Nebula account. It is the string of characters behind the host name in the address of the Nebula console.")
/* Translators: of the provider ThreatDown */
NC_("provider", "In Nebula: Integrate › Add. It belongs to the application that you create there; you must be a Super Admin.")
/* Translators: of the provider ThreatDown */
NC_("provider", "It is shown once, when the application is saved.")
/* Translators: of the provider ThreatDown */
NC_("provider", "The scopes to ask for, separated by blanks: read, write, execute. The application must have been created with them.")
/* Translators: of the provider ThreatDown */
NC_("provider", "OneView client credentials")
/* Translators: of the provider ThreatDown */
NC_("provider", "In OneView: Integrate › Add. It belongs to the application that you create there; you must be a Super Admin.")

/* TOPdesk */
/* Translators: of the provider TOPdesk */
NC_("provider", "Login name and application password")
/* Translators: of the provider TOPdesk */
NC_("provider", "https://example.topdesk.net")
/* Translators: of the provider TOPdesk */
NC_("provider", "The address at which you open TOPdesk, up to /tas.")
/* Translators: of the provider TOPdesk */
NC_("provider", "Login name")
/* Translators: of the provider TOPdesk */
NC_("provider", "The login name of an operator. Its permission group needs API access: REST API (read) and Use application passwords (write).")
/* Translators: of the provider TOPdesk */
NC_("provider", "Application password")
/* Translators: of the provider TOPdesk */
NC_("provider", "xxxxx-xxxxx-xxxxx-xxxxx-xxxxx")
/* Translators: of the provider TOPdesk */
NC_("provider", "In TOPdesk: the operator's own user settings, under application passwords. It is not the password for signing in.")

/* Trellix ePolicy Orchestrator */
/* Translators: of the provider Trellix ePolicy Orchestrator */
NC_("provider", "https://epo.example.com:8443")
/* Translators: of the provider Trellix ePolicy Orchestrator */
NC_("provider", "The address of the ePO console with its port, which is 8443 unless it was changed at the installation.")
/* Translators: of the provider Trellix ePolicy Orchestrator */
NC_("provider", "The name with which an ePO user signs in to the console.")
/* Translators: of the provider Trellix ePolicy Orchestrator */
NC_("provider", "The ePO user's password. It is kept in the system keyring.")

/* Trend Vision One */
/* Translators: of the provider Trend Vision One */
NC_("provider", "Where your Trend Vision One data is kept. A key works only in its own region.")
/* Translators: of the provider Trend Vision One */
NC_("provider", "Middle East and Africa")
/* Translators: of the provider Trend Vision One */
NC_("provider", "In Trend Vision One: Administration › API Keys › Add API key. It is shown once, and kept in the system keyring.")

/* Twilio */
/* Translators: of the provider Twilio */
NC_("provider", "Account SID")
/* Translators: of the provider Twilio */
NC_("provider", "AC…")
/* Translators: of the provider Twilio */
NC_("provider", "The identifier of your Twilio account, 34 characters beginning with AC. It is on the dashboard of the Twilio Console.")
/* Translators: of the provider Twilio */
NC_("provider", "API key SID")
/* Translators: of the provider Twilio */
NC_("provider", "SK…")
/* Translators: of the provider Twilio */
NC_("provider", "The SID of the key, 34 characters beginning with SK. Keys are managed in the Twilio Console under Account management, Keys & credentials.")
/* Translators: of the provider Twilio */
NC_("provider", "API key secret")
/* Translators: of the provider Twilio */
NC_("provider", "It is shown once, when the key is created. A restricted key must be allowed to read messages for the test.")
/* Translators: of the provider Twilio */
NC_("provider", "It stands beside the Account SID in the Twilio Console, and gives full access to the account.")

/* Ubiquiti UniFi (Site Manager) */
/* Translators: of the provider Ubiquiti UniFi (Site Manager) */
NC_("provider", "In UniFi Site Manager (unifi.ui.com): API › Create API Key. It is shown once, and kept in the system keyring. A key of a single console does not work here.")

/* UptimeRobot */
/* Translators: of the provider UptimeRobot */
NC_("provider", "API key (API v3)")
/* Translators: of the provider UptimeRobot */
NC_("provider", "u1234567-…")
/* Translators: of the provider UptimeRobot */
NC_("provider", "In UptimeRobot: Integrations & API › API. The main key or the read-only key.")
/* Translators: of the provider UptimeRobot */
NC_("provider", "API key (API v2)")
/* Translators: of the provider UptimeRobot */
NC_("provider", "In UptimeRobot: Integrations & API › API. The main key or the read-only key; a key of one monitor may only list that monitor.")

/* urlscan.io */
/* Translators: of the provider urlscan.io */
NC_("provider", "01234567-89ab-7cde-8f01-23456789abcd")
/* Translators: of the provider urlscan.io */
NC_("provider", "A key of your urlscan.io account, in the form of a UUID. In urlscan.io: Settings & API.")

/* Vanta */
/* Translators: of the provider Vanta */
NC_("provider", "Vanta instance")
/* Translators: of the provider Vanta */
NC_("provider", "Vanta, unless your organisation uses Vanta Government Cloud.")
/* Translators: of the provider Vanta */
NC_("provider", "Vanta")
/* Translators: of the provider Vanta */
NC_("provider", "Vanta Government Cloud")
/* Translators: of the provider Vanta */
NC_("provider", "OAuth client ID")
/* Translators: of the provider Vanta */
NC_("provider", "In Vanta: Settings › Developer Console, on the application's page. App type: Manage Vanta.")
/* Translators: of the provider Vanta */
NC_("provider", "OAuth client secret")
/* Translators: of the provider Vanta */
NC_("provider", "In Vanta: Settings › Developer Console › your application › Generate client secret.")
/* Translators: of the provider Vanta */
NC_("provider", "The permissions to ask for, separated by blanks: vanta-api.all:read and vanta-api.all:write, or those of another app type such as connectors.self:read-resource.")

/* Veeam Backup & Replication */
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "Backup server")
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "https://vbr.example.com:9419")
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "The address of the backup server's REST API, with its port (9419 unless it was changed).")
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "DOMAIN\\user")
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "An account with a built-in role in Veeam Backup & Replication. Custom roles cannot sign in to the REST API.")
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "API version")
/* Translators: of the provider Veeam Backup & Replication */
NC_("provider", "The version and revision of the REST API (x-api-version). 1.1-rev0 came with version 12; version 11 needs 1.0-rev1.")

/* VirusTotal */
/* Translators: of the provider VirusTotal */
NC_("provider", "In VirusTotal: the menu under your name › API key. It is kept in the system keyring.")

/* Wazuh */
/* Translators: of the provider Wazuh */
NC_("provider", "Server API user")
/* Translators: of the provider Wazuh */
NC_("provider", "Server API URL")
/* Translators: of the provider Wazuh */
NC_("provider", "https://wazuh.example.com:55000")
/* Translators: of the provider Wazuh */
NC_("provider", "The address of the Wazuh server (manager) with the port of its API, by default 55000. It is not the address of the Wazuh dashboard.")
/* Translators: of the provider Wazuh */
NC_("provider", "wazuh-wui")
/* Translators: of the provider Wazuh */
NC_("provider", "A user of the Wazuh server API, such as wazuh or wazuh-wui. The dashboard's admin is a different account.")
/* Translators: of the provider Wazuh */
NC_("provider", "The password of that API user.")

/* Webex */
/* Translators: of the provider Webex */
NC_("provider", "The token of a bot or of a service app, created at developer.webex.com. Your personal access token from there works as well, but only for 12 hours.")

/* Wiz */
/* Translators: of the provider Wiz */
NC_("provider", "API Endpoint URL")
/* Translators: of the provider Wiz */
NC_("provider", "https://api.us1.app.wiz.io/graphql")
/* Translators: of the provider Wiz */
NC_("provider", "The GraphQL address of your tenant's data centre. In Wiz: the user icon at the top right › Tenant Info.")
/* Translators: of the provider Wiz */
NC_("provider", "In Wiz: Settings › Access Management › Service Accounts › Add Service Account, with the type Custom Integration (GraphQL API).")
/* Translators: of the provider Wiz */
NC_("provider", "Wiz shows it once, when the service account is created.")
/* Translators: of the provider Wiz */
NC_("provider", "Which Wiz your tenant belongs to; it decides where the access token comes from.")
/* Translators: of the provider Wiz */
NC_("provider", "Commercial")
/* Translators: of the provider Wiz */
NC_("provider", "Commercial on AWS GovCloud")
/* Translators: of the provider Wiz */
NC_("provider", "Wiz for Gov (FedRAMP)")

/* Zabbix */
/* Translators: of the provider Zabbix */
NC_("provider", "https://zabbix.example.com/zabbix")
/* Translators: of the provider Zabbix */
NC_("provider", "The address of the Zabbix frontend, as you open it in the browser, with /zabbix when it has that.")
/* Translators: of the provider Zabbix */
NC_("provider", "In Zabbix: Users › API tokens for any user's, or User settings › API tokens for your own, then Create API token. Zabbix shows it once.")
/* Translators: of the provider Zabbix */
NC_("provider", "The user name of a Zabbix user whose role allows access to the API.")
/* Translators: of the provider Zabbix */
NC_("provider", "The password of that user. Plugboard signs in for each test, and out again.")
/* Translators: of the provider Zabbix */
NC_("provider", "API token (Zabbix 5.4 to 6.2)")

/* Zendesk */
/* Translators: of the provider Zendesk */
NC_("provider", "The first part of your Zendesk address, before .zendesk.com.")
/* Translators: of the provider Zendesk */
NC_("provider", "The address that a Zendesk agent or administrator signs in with. Requests run with that person's permissions.")
/* Translators: of the provider Zendesk */
NC_("provider", "In Zendesk's Admin Center: Apps and integrations › APIs › API configuration; API token access must be allowed there. It is shown once, and kept in the system keyring.")
/* Translators: of the provider Zendesk */
NC_("provider", "Identifier")
/* Translators: of the provider Zendesk */
NC_("provider", "The identifier of a confidential OAuth client. In Zendesk's Admin Center: Apps and integrations › APIs › OAuth clients.")
/* Translators: of the provider Zendesk */
NC_("provider", "It is shown in full once, when the OAuth client is created, and kept in the system keyring.")
/* Translators: of the provider Zendesk */
NC_("provider", "The scopes to ask for, separated by blanks, such as read, write or tickets:read. The test needs read or users:read.")
/* Translators: of the provider Zendesk */
NC_("provider", "OAuth access token")
/* Translators: of the provider Zendesk */
NC_("provider", "An OAuth access token with the scope read or users:read that was created for you. It is kept in the system keyring.")

/* Zoom */
/* Translators: of the provider Zoom */
NC_("provider", "Server-to-Server OAuth")
/* Translators: of the provider Zoom */
NC_("provider", "From a Server-to-Server OAuth app in the Zoom App Marketplace, on its page of app credentials.")
/* Translators: of the provider Zoom */
NC_("provider", "On the same page of the Server-to-Server OAuth app.")
/* Translators: of the provider Zoom */
NC_("provider", "On the same page of the app. The app must be activated; for this test it needs a scope to view users, such as user:read:admin.")

/* Zscaler Internet Access */
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "OneAPI client (secret)")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "Vanity domain")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "The part before the first dot of the address with which you sign in to ZIdentity, such as example in example.zslogin.net.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "In ZIdentity: Integration › API Clients. The client needs ZIA among its resources.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "It is shown once, when it is added to the API client in ZIdentity.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "Change it only if your tenant is not on Zscaler's production cloud.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "Leave it empty: it follows from the vanity domain. Change it only if your tenant is not on Zscaler's production cloud.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "OneAPI client (private key)")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "The RSA key, in PEM form, whose certificate or public key was uploaded to the API client in ZIdentity.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "Cloud service API key")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "The page with the API key shows it in the base URL.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "api@example.com")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "An administrator for this alone: when a test signs out, Zscaler activates the changes that this administrator has saved.")
/* Translators: of the provider Zscaler Internet Access */
NC_("provider", "In the ZIA Admin Portal: Administration › Cloud Service API Security › Cloud Service API Key.")
