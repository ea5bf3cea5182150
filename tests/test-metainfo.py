#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether the metainfo is what a software centre asks for: test-metainfo.py SOURCE METAINFO DESKTOP-FILE VERSION."""
import configparser
import pathlib
import re
import struct
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree

import tap

SOURCE, METAINFO, DESKTOP = (pathlib.Path(argument) for argument in sys.argv[1:4])
VERSION = sys.argv[4]
ROOT = ElementTree.parse(METAINFO).getroot()
# The id is the program's name on the bus as well. The author is told as AppStream 1.0 wants it and as it was told before:
# old tools do not know the new element, new ones would rather not see the old one.
KNOWN = {"cid-contains-uppercase-letter", "unknown-tag developer", "developer-name-tag-deprecated"}


class MetainfoCase(unittest.TestCase):
    """Members that validators do not ask for."""

    def test_validator(self):
        done = subprocess.run(["appstreamcli", "validate", "--pedantic", "--no-net", METAINFO],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        remarks = re.findall(r"^\s*[A-Z]: \S+: (.+?)(?: io\.github\S+)?\s*$", done.stdout, re.MULTILINE)
        self.assertLessEqual(set(remarks), KNOWN, done.stdout)

    def test_licences(self):
        self.assertEqual(ROOT.findtext("metadata_license"), "CC0-1.0")
        self.assertEqual(ROOT.findtext("project_license"), "GPL-3.0-or-later")

    def test_release(self):
        release = ROOT.find("releases/release")
        self.assertEqual(release.get("version"), VERSION)
        self.assertRegex(release.get("date"), r"^\d{4}-\d\d-\d\d$")
        self.assertTrue(release.findtext("description/p"))
        news = (SOURCE / "NEWS.md").read_text(encoding="utf-8")
        self.assertEqual(re.search("^## (.*)$", news, re.MULTILINE)[1], f"{VERSION} ({release.get('date')})")

    def test_screenshots(self):
        """Each is in the tree, large enough to be shown, and says what it shows."""
        screenshots = ROOT.findall("screenshots/screenshot")
        self.assertGreaterEqual(len(screenshots), 2)
        self.assertEqual(screenshots[0].get("type"), "default")
        for screenshot in screenshots:
            self.assertTrue(screenshot.findtext("caption"))
            url = screenshot.findtext("image")
            self.assertRegex(url, r"^https://")
            header = (SOURCE / url.split("/main/")[1]).read_bytes()[:24]
            self.assertEqual(header[:8], b"\x89PNG\r\n\x1a\n")
            self.assertGreaterEqual(min(struct.unpack(">II", header[16:24])), 600)

    def test_colours(self):
        colours = ROOT.findall("branding/color")
        self.assertEqual({colour.get("scheme_preference") for colour in colours}, {"light", "dark"})

    def test_names_of_files(self):
        """The desktop file, the bus and the icon have the component's name."""
        name = ROOT.findtext("id")
        self.assertEqual(ROOT.findtext("launchable"), name + ".desktop")
        self.assertEqual(ROOT.findtext("provides/dbus"), name)
        desktop = configparser.ConfigParser(interpolation=None)
        desktop.optionxform = str
        desktop.read(DESKTOP, encoding="utf-8")
        entry = desktop["Desktop Entry"]
        self.assertEqual(entry["Icon"], name)
        self.assertEqual(entry["DBusActivatable"], "true")
        self.assertEqual(entry["Actions"], "add-connection;")
        self.assertEqual(desktop["Desktop Action add-connection"]["Exec"], "plugboard-gtk --add")


if __name__ == "__main__":
    tap.main(__name__)
