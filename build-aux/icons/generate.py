#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the marks of the services, and packs them into a GResource.

    generate.py NODE_MODULES FOLDER OUTPUT.gresource DEFINITION…

A definition's "icon" names a mark of an icon set, `logos:NAME` or `simple-icons:NAME`. Each becomes two pictures,
/io/github/plugboard/Plugboard/providers/ID-64.png and ID-128.png; a mark of a single dark colour is drawn as a mask,
ID-mono-64.png and ID-mono-128.png, which the window paints in the text's colour. A definition without such an icon,
or with a mark that is not square enough to stand in a tile, has none here: the window draws its monogram. A name that
the set does not have is an error.
"""
import json
import pathlib
import re
import subprocess
import sys

WIDEST = 1.6
SIZES = (64, 128)
PREFIX = "/io/github/plugboard/Plugboard/providers"


def read_mark(modules, icon):
    """The body, width and height of a mark; None for a monogram."""
    collection, _, name = icon.partition(":")
    if collection not in ("logos", "simple-icons"):
        return None
    data = json.loads((modules / "@iconify-json" / collection / "icons.json").read_text(encoding="utf-8"))
    if name not in data["icons"]:
        sys.exit(f"there is no icon {icon}")
    mark = data["icons"][name]
    return mark["body"], mark.get("width", data.get("width", 16)), mark.get("height", data.get("height", 16))


def is_dark(colour):
    """Whether a colour would not be seen on a dark tile."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return max(int(digits[i:i + 2], 16) for i in (0, 2, 4)) < 0x60


def is_single_colour(body):
    """Whether a mark can be painted in the text's colour without losing anything."""
    colours = {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b", body)}
    if "Gradient" in body or "<image" in body:
        return False
    return not colours or (len(colours) == 1 and is_dark(next(iter(colours))))


def draw(mark, mono, path, size):
    """One PNG, the mark centred in a square."""
    body, width, height = mark
    if mono:
        body = re.sub(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|currentColor", "#ffffff", body)
        body = f'<g fill="#ffffff">{body}</g>'
    edge = max(width, height)
    left, top = (width - edge) / 2, (height - edge) / 2
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
           f'width="{size}" height="{size}" viewBox="{left} {top} {edge} {edge}">{body}</svg>')
    subprocess.run(["rsvg-convert", "--output", str(path)], input=svg.encode(), check=True)


def main():
    modules, folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for definition in map(pathlib.Path, sys.argv[4:]):
        mark = read_mark(modules, json.loads(definition.read_text(encoding="utf-8")).get("icon", ""))
        if mark is None or not 1 / WIDEST <= mark[1] / mark[2] <= WIDEST:
            continue
        mono = is_single_colour(mark[0])
        for size in SIZES:
            name = f"{definition.stem}{'-mono' if mono else ''}-{size}.png"
            draw(mark, mono, folder / name, size)
            files.append(name)
    members = "".join(f"    <file>{name}</file>\n" for name in sorted(files))
    xml = folder / "icons.gresource.xml"
    xml.write_text(f'<gresources>\n  <gresource prefix="{PREFIX}">\n{members}  </gresource>\n</gresources>\n',
                   encoding="utf-8")
    subprocess.run(["glib-compile-resources", f"--sourcedir={folder}", f"--target={output}", str(xml)], check=True)


if __name__ == "__main__":
    main()
