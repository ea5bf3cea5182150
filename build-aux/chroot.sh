# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Other releases of Debian, each in a folder of its own, with what packages.txt names. Sourced, from the top of the tree;
# needs root.

# Where they are kept; one takes about two minutes and 1.5 GB.
chroot_of() {
  echo "${PLUG_CHROOTS:-/var/tmp}/plugboard-chroot-$1"
}

# in_chroot SUITE COMMAND…: runs a command there. The tree is at /plugboard; mounts end with the command.
in_chroot() {
  local root
  root=$(chroot_of "$1")
  shift
  mkdir -p "$root/plugboard"
  # shellcheck disable=SC2016
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 ${PLUG_PATIENCE:+"PLUG_PATIENCE=$PLUG_PATIENCE"} \
    unshare --mount --pid --fork --kill-child --propagation private sh -c '
      mount -t proc proc "$1/proc"
      mount --rbind /dev "$1/dev"
      mount --bind "$2" "$1/plugboard"
      root=$1
      shift 2
      exec chroot "$root" sh -c "cd /plugboard && exec \"\$@\"" sh "$@"' sh "$root" "$PWD" "$@" </dev/null
}

# The mirror this machine uses itself.
debian_mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1
}

# Newer versions of glibc translate nothing in C.UTF-8, the only locale that a small Debian has.
add_locale() {
  [ -e "$(chroot_of "$1")/usr/lib/locale/locale-archive" ] ||
    { in_chroot "$1" apt-get install --yes locales && in_chroot "$1" localedef -i en_US -f UTF-8 en_US.UTF-8; }
}

# prepare_chroot SUITE: makes it when it is not there.
prepare_chroot() {
  local suite=$1 root log script
  root=$(chroot_of "$suite")
  if [ -e "$root/.ready" ]; then
    add_locale "$suite" >/dev/null 2>&1
    return
  fi
  rm -rf "$root"
  log=$(mktemp)
  script=/usr/share/debootstrap/scripts/$suite
  [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
  echo "Debian $suite: into $root"
  # shellcheck disable=SC2046
  {
    debootstrap --variant=minbase "$suite" "$root" "$(debian_mirror)" "$script" &&
      printf 'force-unsafe-io\npath-exclude=/usr/share/doc/*\n' >"$root/etc/dpkg/dpkg.cfg.d/plugboard" &&
      # An old snapshot of a suite is as good.
      printf 'APT::Install-Recommends "0";\nAcquire::Retries "3";\nAcquire::Check-Valid-Until "false";\n' >"$root/etc/apt/apt.conf.d/90plugboard" &&
      printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" &&
      chmod 755 "$root/usr/sbin/policy-rc.d" &&
      in_chroot "$suite" apt-get update &&
      # The marks of the services are drawn on this machine: npm stays out.
      in_chroot "$suite" apt-get install --yes $(sed -e 's/#.*//' build-aux/packages.txt | grep -vx npm) &&
      add_locale "$suite" &&
      in_chroot "$suite" apt-get clean
  } >"$log" 2>&1 </dev/null || { tail -n 30 "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
  touch "$root/.ready"
}
