# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
# Shared by the scripts of this folder. Sourced, from the top of the tree.
. build-aux/lib.sh

manifest=flatpak/io.github.plugboard.Plugboard.json
out=$PWD/build/flatpak
bundle=$out/io.github.plugboard.Plugboard.flatpak
# Where GNOME's runtime is had from.
flathub=https://dl.flathub.org/repo/flathub.flatpakrepo

# quietly LOG COMMAND…: shows the end of what a command said when it fails.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 || { tail -n 40 "$log" >&2; echo "failed: $* (all of it in $log)" >&2; return 1; }
}

# use_installation FOLDER: from here on Flatpak sees a home and an installation of their own: nothing of the user's is
# touched. Sets and exports variables.
use_installation() {
  export HOME=$1/home FLATPAK_USER_DIR=$1/installation XDG_RUNTIME_DIR=$1/runtime
  export XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache XDG_CONFIG_HOME=$HOME/.config
  unset XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY DISPLAY
  mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
  chmod 700 "$XDG_RUNTIME_DIR"
}

# The pictures of the services, drawn before the build: inside it there are neither the packages they come from nor a
# network. Leaves them in build/flatpak/providers.gresource, and says how many there are.
draw_icons() {
  local drawn=$out/providers.gresource
  if [ ! -d build-aux/icons/node_modules ]; then
    # A release archive brings them along.
    cp build-aux/icons/providers.gresource "$drawn"
    gresource list "$drawn" | wc -l
    return
  fi
  if [ ! -f "$drawn" ] || [ -n "$(find data/providers build-aux/icons build-aux/icons/node_modules/.package-lock.json \
    -maxdepth 1 -newer "$drawn" -print -quit)" ]; then
    rm -rf "$out/icons" "$drawn"
    quietly "$out/icons.log" build-aux/icons/generate.py build-aux/icons/node_modules "$out/icons" "$drawn" data/providers/*.json
  fi
  find "$out/icons" -name '*.png' | wc -l
}

# use_real_runtime: GNOME's own runtime and SDK, when they are installed or can be had from Flathub.
use_real_runtime() {
  local own=${FLATPAK_USER_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/flatpak} name
  if flatpak info --user "$SDK//$BRANCH" >/dev/null 2>&1 && flatpak info --user "$RUNTIME//$BRANCH" >/dev/null 2>&1; then
    # The user's own installation stands for the system's, which is only read.
    export FLATPAK_SYSTEM_DIR=$own
    use_installation "$out/real"
    return 0
  fi
  use_installation "$out/real"
  for name in "$RUNTIME" "$SDK"; do
    flatpak info "$name//$BRANCH" >/dev/null 2>&1 && continue
    timeout 20 flatpak remote-add --user --if-not-exists flathub "$flathub" \
      >"$out/flathub.log" 2>&1 || return 1
    timeout 1800 flatpak install --user -y --noninteractive flathub "$name//$BRANCH" >>"$out/flathub.log" 2>&1 || return 1
  done
}

# use_standin MANIFEST: the stand-in for them, of $STANDIN_SUITE, trixie unless told. Leaves the names and versions of its
# libraries in $versions.
use_standin() {
  local repo name
  repo=$(flatpak/standin "$1")
  versions=$(awk '{ sub(/:.*/, "", $1); printf "%s%s %s", separator, $1, $2; separator = ", " }' "$repo/../versions.txt")
  unset FLATPAK_SYSTEM_DIR
  use_installation "$out/${STANDIN_SUITE:-trixie}"
  flatpak remote-add --user --if-not-exists --no-gpg-verify standin "$repo"
  flatpak remote-modify --user --url="file://$repo" standin
  for name in "$RUNTIME" "$SDK"; do
    # Not the one that was there before the stand-in was made anew.
    [ "$(flatpak info --user --show-commit "$name//$BRANCH" 2>/dev/null)" = \
      "$(ostree --repo="$repo" rev-parse "runtime/$name/$(flatpak --default-arch)/$BRANCH")" ] ||
      quietly "$out/install-runtime.log" \
        flatpak install --user -y --noninteractive --no-related --reinstall standin "$name//$BRANCH"
  done
}

# build_manifest MANIFEST OPTION…: builds it anew and runs the unit tests inside, in the installation in use; what was
# compiled before, from the same sources with the same SDK, comes from ccache. Leaves the log in $log.
build_manifest() {
  local what=$1 top
  shift
  top=$(dirname "$HOME")
  log=$top/builder.log
  rm -rf "$top/repo-of-builds"
  quietly "$log" flatpak-builder --user --disable-rofiles-fuse --force-clean --delete-build-dirs --disable-updates \
    --disable-cache --ccache --default-branch=stable --state-dir="$top/state" --repo="$top/repo-of-builds" "$@" "$top/build" "$what"
  grep -q '^Ok: *[1-9]' "$log" || { echo "no unit test ran inside the build: $log" >&2; return 1; }
}

# make_bundle FILE [RUNTIME_REPO]: of what build_manifest built. With the second it tells a machine that lacks the runtime
# where to get it.
make_bundle() {
  flatpak build-bundle ${2:+--runtime-repo="$2"} "$(dirname "$HOME")/repo-of-builds" "$1" "$APP" stable
}

# bundle_runtime_repo FILE: what a bundle says of where its runtime is had from; nothing, when it does not.
bundle_runtime_repo() {
  LC_ALL=C tr '\0' '\n' <"$1" | LC_ALL=C grep -a -x -A 8 runtime-repo | LC_ALL=C grep -a -m 1 : || true
}

# use_built FOLDER: what flatpak/build told in build/flatpak/built, with an installation of its own in that folder, which
# sees the runtime as the system's. Nothing else is in it. Leaves HOME as it is.
use_built() {
  local home=$HOME
  # shellcheck source=/dev/null
  . "$out/built"
  [ ! -d "$FLATPAK_USER_DIR/runtime/$RUNTIME" ] || FLATPAK_SYSTEM_DIR=$FLATPAK_USER_DIR
  rm -rf "$1"
  export HOME=$home FLATPAK_USER_DIR=$1
  [ -z "${FLATPAK_SYSTEM_DIR-}" ] || export FLATPAK_SYSTEM_DIR
}

# How many unit tests passed inside the build.
count_tests() {
  awk '/^Ok:/ { n = $2 } END { print n }' "$log"
}
