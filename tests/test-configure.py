#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configures copies of the tree, and looks at what meson's summary says of the icons: test-configure.py SOURCE."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import tap

SOURCE = pathlib.Path(sys.argv[1])
# What is made or fetched, and the icons that a release archive has.
LEFT_OUT = shutil.ignore_patterns(".git", "build", "_build", "node_modules", "__pycache__", "providers.gresource")


class ConfigureCase(unittest.TestCase):
    """A copy without icons, to which each case adds what it is about."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name, "tree")
        shutil.copytree(SOURCE, self.tree, ignore=LEFT_OUT, symlinks=True)
        self.icons = self.tree / "build-aux/icons"

    def summary(self, *options):
        """What it says."""
        done = subprocess.run(["meson", "setup", *options, str(self.tree / "build"), str(self.tree)],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:])
        return re.search(r"^ +icons of services *: (.*)$", done.stdout, re.MULTILINE)[1].strip()

    def test_nothing(self):
        self.assertEqual(self.summary(), "none: services are shown by their initials, until build-aux/run or npm ci installs "
                         "the packages of build-aux/icons")

    def test_disabled(self):
        (self.icons / "node_modules").mkdir()
        self.assertEqual(self.summary("-Dicons=disabled"),
                         "none: services are shown by their initials, as -Dicons=disabled wants it")

    def test_archive(self):
        (self.icons / "providers.gresource").write_bytes(b"")
        self.assertEqual(self.summary("-Dicons=enabled"), "as drawn before, in build-aux/icons/providers.gresource")

    def test_packages(self):
        (self.icons / "node_modules").mkdir()
        self.assertEqual(self.summary(), "drawn from the packages in build-aux/icons/node_modules")


if __name__ == "__main__":
    tap.main(__name__)
