#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether every file says under which licence it is, as REUSE 3 wants it: test-licences.py SOURCE."""
import os
import pathlib
import re
import sys
import tomllib
import unittest

import tap

TOP = pathlib.Path(sys.argv[1])
# What is made, fetched or not ours.
SKIPPED_FOLDERS = {".git", "LICENSES", "build", "_build", "node_modules", "__pycache__", ".flatpak-builder"}
SKIPPED_FILES = {"COPYING", ".git"}
# What people write in a language that has comments says it at its beginning.
SOURCES = (".c", ".h", ".py", ".ui", ".css", ".svg", ".in", ".xml", ".sh", ".build", ".toml", ".yml", ".1")
SOURCE_NAMES = {"meson.build", "meson_options.txt"}
# In pieces, or this line would be read as a licence.
LICENCE = re.compile(rb"SPDX-License-" rb"Identifier: ([A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*)")
COPYRIGHT = b"SPDX-" b"FileCopyrightText: "
HEAD_BYTES = 1000


def files():
    """Every file of the tree, as a path below it."""
    for folder, folders, names in os.walk(TOP):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        # A build folder of any name.
        folders[:] = [name for name in folders if not pathlib.Path(folder, name, "meson-private").is_dir()]
        for name in names:
            if name not in SKIPPED_FILES and not name.endswith(".pyc"):
                yield pathlib.Path(folder, name).relative_to(TOP)


def head_of(path):
    """Its beginning."""
    with (TOP / path).open("rb") as file:
        return file.read(HEAD_BYTES)


def compile_glob(glob):
    """REUSE's globs: * within a folder, ** across folders."""
    parts = re.split(r"(\*\*|\*)", glob)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts) + r"\Z")


def annotations():
    """What REUSE.toml says: globs and their licence."""
    for entry in tomllib.loads((TOP / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]:
        paths = entry["path"] if isinstance(entry["path"], list) else [entry["path"]]
        for path in paths:
            yield compile_glob(path), entry["SPDX-License-Identifier"]


def is_source(path, head):
    """Whether it has to say it itself."""
    return path.suffix in SOURCES or path.name in SOURCE_NAMES or head.startswith(b"#!")


class LicenceCase(unittest.TestCase):
    """Sources themselves, everything else by REUSE.toml."""

    def test_sources(self):
        for path in files():
            head = head_of(path)
            if is_source(path, head):
                with self.subTest(path=str(path)):
                    self.assertIsNotNone(LICENCE.search(head), "no SPDX-License-Identifier")
                    self.assertIn(COPYRIGHT, head)

    def test_others(self):
        globs = list(annotations())
        for path in files():
            head = head_of(path)
            if is_source(path, head) or LICENCE.search(head):
                continue
            with self.subTest(path=str(path)):
                self.assertTrue(any(glob.match(str(path)) for glob, _ in globs), "REUSE.toml does not name it")

    def test_texts(self):
        """Of each licence that is named there is the text, and of no other."""
        used = {licence for _, licence in annotations()}
        for path in files():
            found = LICENCE.search(head_of(path))
            if found is not None:
                used.add(found.group(1).decode())
        self.assertEqual(used, {path.stem for path in (TOP / "LICENSES").iterdir()})
        self.assertEqual((TOP / "LICENSES/GPL-3.0-or-later.txt").read_bytes(), (TOP / "COPYING").read_bytes())


if __name__ == "__main__":
    tap.main(__name__)
