#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether README.md, and pages that say the same, say what is so: test-readme.py SOURCE."""
import json
import pathlib
import re
import sys
import unittest

import tap

SOURCE = pathlib.Path(sys.argv[1])


def read(name):
    """A file of the tree."""
    return (SOURCE / name).read_text(encoding="utf-8")


README = read("README.md")
ID = json.loads(read("flatpak/io.github.plugboard.Plugboard.json"))["id"]


class ReadmeCase(unittest.TestCase):
    """Statements that the sources know better."""

    def test_services(self):
        """How many: the window counts Custom Service too."""
        tiles = len(list((SOURCE / "data/providers").glob("*.json")))
        said = re.search(r"knows (\d+) services\b.*?\*Custom Service\*, which the\s+window counts as the (\d+)th", README,
                         re.DOTALL)
        self.assertEqual((int(said[1]), int(said[2])), (tiles - 1, tiles))
        self.assertRegex(read("NEWS.md"), rf"(?m)^- {tiles - 1} services, ")

    def test_keyring(self):
        """What removes the secrets names each schema that is written, and no other; flatpak/check tries that one."""
        written = [name for file in (SOURCE / "src").glob("*/*.c")
                   for name in re.findall(r"\bSecretSchema \w+ = \{\s*\"([^\"]+)\"", file.read_text(encoding="utf-8"))]
        self.assertTrue(written)
        self.assertEqual(re.findall(r"^ +secret-tool clear xdg:schema (\S+)$", README, re.MULTILINE), written)
        check = read("flatpak/check")
        self.assertEqual(re.findall(r"^schema=(.*)$", check, re.MULTILINE), written)
        self.assertEqual(re.findall(r"secret-tool clear xdg:schema (\S+)", check), ['"$schema"'])

    def test_data(self):
        """Where data lives: every folder that the manual page names has its row."""
        files = re.search(r"^\.SH FILES$(.*?)(?:^\.SH|\Z)", read("data/plugboard.1"), re.MULTILINE | re.DOTALL)[1]
        folders = re.findall(r"^\.I (\$XDG_\S+/)$", files, re.MULTILINE)
        self.assertGreaterEqual(len(folders), 3)
        table = re.search(r"^## Where data lives$.*?^## ", README, re.MULTILINE | re.DOTALL)[0]
        rows = [line for line in table.splitlines() if line.startswith("| ")]
        for folder in folders:
            with self.subTest(folder):
                self.assertTrue([row for row in rows if f"`{folder}`" in row])

    def test_flatpak(self):
        """The folder of a Flatpak's own services, and where its runtime comes from."""
        folder = f"~/.var/app/{ID}/data/plugboard/"
        page = read("docs/providers.md")
        self.assertTrue(f"`{folder}`" in README, folder)
        self.assertTrue(f"`{folder}providers`" in page, folder)
        self.assertTrue(f"\n    cd {folder}providers\n" in page, folder)
        flathub = re.search(r"^flathub=(.*)$", read("flatpak/lib.sh"), re.MULTILINE)[1]
        install = re.search(r"^## Install by Flatpak$.*?^## ", README, re.MULTILINE | re.DOTALL)[0]
        added = install.index(f"\n    flatpak remote-add --if-not-exists --user flathub {flathub}\n")
        self.assertLess(added, install.index("\n    flatpak install --user "))


if __name__ == "__main__":
    tap.main(__name__)
