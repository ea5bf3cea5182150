#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into a folder of its own, looks at what is there, and uninstalls: test-install.py SOURCE BUILD [--prefix].
Without --prefix what BUILD has compiled goes to a DESTDIR; with it everything is compiled again for another prefix."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import tap

SOURCE, BUILD = (pathlib.Path(argument) for argument in sys.argv[1:3])
WITH_PREFIX = "--prefix" in sys.argv
ID = "io.github.plugboard.Plugboard"
FILES = {
    "bin/plugboard", "bin/plugboard-gtk",
    f"share/applications/{ID}.desktop", f"share/dbus-1/services/{ID}.service", f"share/glib-2.0/schemas/{ID}.gschema.xml",
    "share/doc/plugboard/TRADEMARKS.md",
    f"share/icons/hicolor/16x16/apps/{ID}.svg", f"share/icons/hicolor/24x24/apps/{ID}.svg",
    f"share/icons/hicolor/scalable/apps/{ID}.svg", f"share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
    "share/man/man1/plugboard.1", "share/man/man1/plugboard-gtk.1", f"share/metainfo/{ID}.metainfo.xml",
}
CACHES = {"share/applications/mimeinfo.cache", "share/glib-2.0/schemas/gschemas.compiled",
          "share/icons/hicolor/icon-theme.cache"}


def run(*command, **options):
    """A command that has to succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def option(build, name):
    """One of a build folder's options."""
    options = json.loads(run("meson", "introspect", build, "--buildoptions"))
    return next(item["value"] for item in options if item["name"] == name)


def files_below(folder):
    """Every file, as a path below the folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def expected(build):
    """What the installation consists of, with the build folder's options."""
    languages = [line for line in (SOURCE / "po/LINGUAS").read_text(encoding="utf-8").split("\n")
                 if line and not line.startswith("#")]
    names = FILES | {f"share/locale/{language}/LC_MESSAGES/plugboard.mo" for language in languages}
    if (build / "data/providers.gresource").is_file():
        names.add("share/plugboard/providers.gresource")
    return names


class InstallCase(unittest.TestCase):
    """By DESTDIR, as packagers do, or by prefix, as people do."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def check_programs(self, top, prefix):
        """They run where they are, and the files that name a path name the prefix."""
        self.assertRegex(run(top / "bin/plugboard", "--version"), r"^plugboard \d")
        self.assertRegex(run(top / "bin/plugboard-gtk", "--version"), r"^plugboard-gtk \d")
        service = (top / f"share/dbus-1/services/{ID}.service").read_text(encoding="utf-8")
        self.assertIn(f"Exec={prefix}/bin/plugboard-gtk --gapplication-service", service)
        for name in ("bin/plugboard", "bin/plugboard-gtk"):
            self.assertNotIn(str(SOURCE).encode() + b"/data", (top / name).read_bytes())

    @unittest.skipIf(WITH_PREFIX, "by prefix")
    def test_destdir(self):
        """Nothing outside DESTDIR, no cache, nothing left."""
        log = BUILD / "meson-logs/install-log.txt"
        kept = log.read_bytes() if log.is_file() else None
        prefix = option(BUILD, "prefix")
        top = self.folder / prefix.lstrip("/")
        try:
            run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", self.folder)
            present = files_below(top)
            self.assertEqual(present, expected(BUILD))
            self.assertEqual({str(path.relative_to(top)) for path in top.rglob("*") if os.access(path, os.X_OK) and path.is_file()},
                             {"bin/plugboard", "bin/plugboard-gtk"})
            self.check_programs(top, prefix)
            run("ninja", "-C", BUILD, "uninstall")
            self.assertEqual(files_below(self.folder), set())
        finally:
            if kept is None:
                log.unlink(missing_ok=True)
            else:
                log.write_bytes(kept)

    @unittest.skipUnless(WITH_PREFIX, "by DESTDIR")
    def test_prefix(self):
        """With a prefix of one's own: caches are made, and build-aux/uninstall leaves not even a folder."""
        prefix, build = self.folder / "prefix", self.folder / "build"
        run("meson", "setup", build, SOURCE, f"--prefix={prefix}", "--libdir=lib", "-Dbuildtype=plain")
        run("ninja", "-C", build)
        run("meson", "install", "-C", build, "--no-rebuild")
        present = files_below(prefix)
        self.assertEqual(present - CACHES, expected(build))
        self.assertIn("share/glib-2.0/schemas/gschemas.compiled", present)
        self.check_programs(prefix, prefix)
        environment = {**os.environ, "XDG_DATA_DIRS": f"{prefix}/share"}
        self.assertIn(ID, run("gsettings", "list-schemas", env=environment))
        run(SOURCE / "build-aux/uninstall", build)
        self.assertFalse(prefix.exists(), files_below(prefix))


if __name__ == "__main__":
    tap.main(__name__)
