#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the program's icons at every size a desktop asks for, and looks whether they are whole: test-app-icon.py FOLDER
UPDATE-ICON-CACHE."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import tap

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "build-aux/icons"))
from pixels import Picture  # noqa: E402  pylint: disable=wrong-import-position

ID = "io.github.plugboard.Plugboard"
TOP, UPDATE_CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
SVG = "{http://www.w3.org/2000/svg}"
# What GTK paints over when it colours a symbolic icon.
COLOURED = {"path", "rect", "circle"}
CURRENT_COLOUR = {"#2e3436", "currentColor"}


def draw(path, size):
    """The alpha channel of an icon, row by row."""
    done = subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), path], stdout=subprocess.PIPE, check=True)
    picture = Picture(done.stdout)
    assert (picture.width, picture.height) == (size, size), path
    return [row[3::4] for row in picture.rows]


def for_size(size):
    """The file that a theme has for a size."""
    fixed = TOP / f"{size}x{size}/apps/{ID}.svg"
    return fixed if fixed.is_file() else TOP / f"scalable/apps/{ID}.svg"


class IconCase(unittest.TestCase):
    """Full colour and symbolic."""

    def check_whole(self, path, size):
        """Something is there, and nothing of it touches the edge, where it would be cut off."""
        rows = draw(path, size)
        covered = sum(alpha > 127 for row in rows for alpha in row) / size ** 2
        self.assertTrue(0.4 < covered < 0.9, covered)
        edge = [*rows[0], *rows[-1], *(row[0] for row in rows), *(row[-1] for row in rows)]
        self.assertLess(max(edge), 32)

    def test_full_colour(self):
        for size in SIZES:
            with self.subTest(size=size):
                self.check_whole(for_size(size), size)

    def test_symbolic(self):
        path = TOP / f"symbolic/apps/{ID}-symbolic.svg"
        for size in SIZES:
            with self.subTest(size=size):
                self.check_whole(path, size)
        for element in ElementTree.parse(path).getroot().iter():
            if element.tag == SVG + "svg":
                self.assertEqual((element.get("width"), element.get("height")), ("16", "16"))
                continue
            self.assertIn(element.tag.removeprefix(SVG), COLOURED)
            self.assertIn(element.get("fill"), CURRENT_COLOUR)
            self.assertLessEqual(set(element.attrib), {"d", "fill", "fill-rule", "x", "y", "width", "height", "cx", "cy", "r", "rx"})

    def test_hinted(self):
        """The small ones are drawn on whole pixels: straight edges are sharp."""
        for size in (16, 24):
            rows = draw(for_size(size), size)
            for line in (rows[size // 2], [row[size // 2] for row in rows]):
                self.assertFalse([alpha for alpha in line if 0 < alpha < 255])

    def test_plain(self):
        """No text, no raster image, nothing from elsewhere."""
        for path in TOP.rglob("*.svg"):
            text = path.read_text(encoding="utf-8")
            self.assertIsNone(re.search(r"<(text|image|style|script|use)\b|href|inkscape|sodipodi", text), path)
            self.assertIn("SPDX-License-Identifier", text)

    def test_cache(self):
        """A cache of them is valid."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name, "hicolor")
            shutil.copytree(TOP, folder)
            subprocess.run([UPDATE_CACHE, "--quiet", "--force", "--ignore-theme-index", folder], check=True)
            subprocess.run([UPDATE_CACHE, "--validate", folder], check=True)


if __name__ == "__main__":
    tap.main(__name__)
