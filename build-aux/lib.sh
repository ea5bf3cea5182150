# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Shared by the scripts of this folder: what they install, and how they configure. Sourced, from the top of the tree.

# The files that name the packages; a script may add some of its own.
package_lists=(build-aux/packages.txt)

# Debian's packages that they name and the machine lacks, one a line.
missing_packages() {
  local wanted
  wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "${package_lists[@]}")
  # shellcheck disable=SC2086
  { LC_ALL=C dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || true; } |
    awk -v wanted="$wanted" '
      $2 == "installed" { have[$1] = 1 }
      END { n = split(wanted, w, "\n"); for (i = 1; i <= n; i++) if (!(w[i] in have)) print w[i] }'
}

# Says what it will install, and installs it.
install_packages() {
  local missing sudo=
  missing=$(missing_packages)
  # A Node.js from elsewhere brings its own npm, which Debian's package would fight with.
  if command -v npm >/dev/null; then
    missing=$(printf '%s\n' "$missing" | grep -vx npm || true)
  fi
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086
  printf 'Installing with apt:%s\n' "$(printf ' %s' $missing)"
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq update
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $missing >/dev/null
}

# configure FOLDER OPTION…: configures once; again only when the options change.
configure() {
  local folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    meson setup "$folder" "$@" >"/tmp/plugboard-setup.$$" 2>&1 || { cat "/tmp/plugboard-setup.$$" >&2; rm -f "/tmp/plugboard-setup.$$"; return 1; }
    rm -f "/tmp/plugboard-setup.$$"
  elif [ "$(cat "$folder/.options" 2>/dev/null)" != "$*" ]; then
    meson configure "$folder" "$@" >/dev/null
  fi
  printf '%s' "$*" >"$folder/.options"
}

# The packages that the services' marks come from. Without them, and without a network, every service has its monogram. A
# release archive needs none, as it has the marks themselves.
install_icons() {
  local modules=build-aux/icons/node_modules
  [ ! -f build-aux/icons/providers.gresource ] || return 0
  [ "$modules/.package-lock.json" -nt build-aux/icons/package-lock.json ] && return 0
  command -v npm >/dev/null || return 0
  echo "Installing with npm: the icons of build-aux/icons/package.json"
  (cd build-aux/icons && timeout 300 npm ci --no-audit --no-fund --silent) ||
    echo "npm could not install them: services are shown by their initials."
  touch -c "$modules/.package-lock.json"
}

# For programs that run from a build folder: where their data is. Sets and exports variables.
use_build_folder() {
  export PLUGBOARD_DATA_DIR="$PWD/$1/data" PLUGBOARD_LOCALE_DIR="$PWD/$1/po" GSETTINGS_SCHEMA_DIR="$PWD/$1/data"
}
