#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the marks of the services, and packs them into a GResource.

    generate.py NODE_MODULES FOLDER OUTPUT.gresource DEFINITION…

A definition's "icon" names a mark of an icon set, `logos:NAME` or `simple-icons:NAME`. Each becomes a picture of its
tile's size for each of SIZES, /io/github/plugboard/Plugboard/providers/ID-SIZE.png and so on, with the margin in it, so
that the window shows every pixel as it was drawn. How it is to be shown is in the name:

    ID-SIZE.png        on a white plate
    ID-night-SIZE.png  on a dark plate, in the light style too: a mark too light for a white one
    ID-mono-SIZE.png   a mask: a mark of a single dark colour, which the window paints in the text's colour

A definition without such an icon has none here: the window draws its monogram. A name that the set does not have is an
error, and so is a wordmark, which would be too small to read in a tile.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

from pixels import DARK_PLATE, LIGHT_PLATE, Picture

# Of the set's own box, and of what is really inked in it: a square box can have a wordmark in it.
WIDEST = 1.6
WIDEST_INK = 2.3
# 32, 48 and 64 pixels at scale 1 and 2.
SIZES = (32, 48, 64, 96, 128)
MEASURED = 128
LEAST_CONTRAST = 3
PREFIX = "/io/github/plugboard/Plugboard/providers"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")


def read_mark(modules, icon):
    """The body, width and height of a mark; None for a monogram."""
    collection, _, name = icon.partition(":")
    if collection not in ("logos", "simple-icons"):
        return None
    data = json.loads((modules / "@iconify-json" / collection / "icons.json").read_text(encoding="utf-8"))
    if name not in data["icons"]:
        sys.exit(f"there is no icon {icon}")
    mark = data["icons"][name]
    width, height = mark.get("width", data.get("width", 16)), mark.get("height", data.get("height", 16))
    if not 1 / WIDEST <= width / height <= WIDEST:
        sys.exit(f"{icon} is not square enough")
    return mark["body"], width, height


def is_dark(colour):
    """Whether a colour would not be seen on a dark tile."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return max(int(digits[i:i + 2], 16) for i in (0, 2, 4)) < 0x60


def is_single_colour(body):
    """Whether a mark can be painted in the text's colour without losing anything."""
    colours = {colour.lower() for colour in COLOUR.findall(body)}
    if "Gradient" in body or "<image" in body:
        return False
    return not colours or (len(colours) == 1 and is_dark(next(iter(colours))))


def paint_white(body):
    """A mark as a mask."""
    return f'<g fill="#ffffff">{re.sub(COLOUR.pattern + "|currentColor", "#ffffff", body)}</g>'


def render(mark, size, box):
    """One PNG: what of the mark lies in a box of its own coordinates (left, top, edge), as a square."""
    body, width, height = mark
    left, top, edge = box
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
           f'width="{size}" height="{size}" viewBox="{left} {top} {edge} {edge}">'
           f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">{body}</svg></svg>')
    return subprocess.run(["rsvg-convert"], input=svg.encode(), stdout=subprocess.PIPE, check=True).stdout


def get_share(picture, box):
    """How much of a tile's edge a mark takes, so that all look equally big: long ones more, full squares less."""
    width, height = box[2] - box[0], box[3] - box[1]
    fullness = len(picture.get_colours()) / (width * height)
    share = 0.66 - 0.08 * max(0, fullness - 0.7) / 0.3
    return min(0.76, share * (max(width, height) / min(width, height)) ** 0.35)


class Drawing:
    """One mark in all its sizes."""

    def __init__(self, provider, icon, mark):
        body, width, height = mark
        self.provider = provider
        self.mark = (paint_white(body), width, height) if is_single_colour(body) else mark
        edge = max(width, height)
        frame = (width - edge) / 2, (height - edge) / 2, edge
        picture = Picture(render(self.mark, MEASURED, frame))
        box = picture.get_box(16)
        if (box[2] - box[0]) / (box[3] - box[1]) > WIDEST_INK:
            sys.exit(f"{icon} is a wordmark")
        unit = edge / MEASURED
        self.centre = frame[0] + unit * (box[0] + box[2]) / 2, frame[1] + unit * (box[1] + box[3]) / 2
        self.edge = unit * max(box[2] - box[0], box[3] - box[1])
        self.share = get_share(picture, box)
        self.kind = self._choose_kind(picture, icon)

    def _choose_kind(self, picture, icon):
        if self.mark[0].startswith('<g fill="#ffffff">'):
            return "-mono"
        for kind, plate in (("", LIGHT_PLATE), ("-night", DARK_PLATE)):
            if picture.get_contrast(plate) >= LEAST_CONTRAST:
                return kind
        return sys.exit(f"{icon} is not seen on any plate")

    def save(self, folder, size):
        """Writes one PNG, and returns its name."""
        name = f"{self.provider}{self.kind}-{size}.png"
        # An even margin on whole pixels: edges that are straight in the mark are sharp in the picture.
        edge = self.edge * size / (2 * round(self.share * size / 2))
        box = self.centre[0] - edge / 2, self.centre[1] - edge / 2, edge
        (folder / name).write_bytes(render(self.mark, size, box))
        return name


def pack(folder, names, output):
    """The GResource."""
    members = "".join(f"    <file>{name}</file>\n" for name in sorted(names))
    xml = folder / "icons.gresource.xml"
    xml.write_text(f'<gresources>\n  <gresource prefix="{PREFIX}">\n{members}  </gresource>\n</gresources>\n',
                   encoding="utf-8")
    subprocess.run(["glib-compile-resources", f"--sourcedir={folder}", f"--target={output}", str(xml)], check=True)


def main():
    modules, folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    marks = []
    for definition in map(pathlib.Path, sys.argv[4:]):
        icon = json.loads(definition.read_text(encoding="utf-8")).get("icon", "")
        mark = read_mark(modules, icon)
        if mark is not None:
            marks.append((definition.stem, icon, mark))
    drawings = [Drawing(*mark) for mark in marks]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        names = list(pool.map(lambda job: job[0].save(folder, job[1]),
                              [(drawing, size) for drawing in drawings for size in SIZES]))
    pack(folder, names, output)


if __name__ == "__main__":
    main()
