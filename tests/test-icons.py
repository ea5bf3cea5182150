#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at the marks of the services, pixel by pixel: test-icons.py SOURCE [PACKED.gresource]

First the generator on an icon set of its own. Then, when the build has the real sets, what it packed for the real
definitions: all of them drawn, in the tile's own size, with a margin, and seen on their plates.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SOURCE = pathlib.Path(sys.argv[1])
PACKED = sys.argv[2] if len(sys.argv) > 2 else None
sys.dont_write_bytecode = True
sys.path.insert(0, str(SOURCE / "build-aux/icons"))
from generate import LEAST_CONTRAST, PREFIX, SIZES  # noqa: E402
from pixels import DARK_PLATE, LIGHT_PLATE, Picture, contrast  # noqa: E402

GENERATOR = SOURCE / "build-aux/icons/generate.py"
SQUARE = '<path fill="{}" d="M0 0h16v16H0z"/>'
BAR = '<path fill="{}" d="M0 7h16v2H0z"/>'
# The window's colours in the light and the dark style of libadwaita 1.2, and its text on them.
WINDOWS = {"light": ((0xfa, 0xfa, 0xfa), (0x32, 0x32, 0x32)), "dark": ((0x24, 0x24, 0x24), (0xff, 0xff, 0xff))}
# A mask's plate is this much of the text's colour: plug-provider-picture.c.
TINT = 0.08
# How much of a mark may be lost in its plate: the white letter in a blue square, and such.
LOST = 0.3
results = []


def check(name, problems):
    """Notes one result: what is wrong, or whether all is well."""
    if isinstance(problems, bool):
        problems = [] if problems else ["it is not so"]
    for problem in problems:
        print(f"# {name}: {problem}")
    results.append((name, not problems))


def list_pictures(packed):
    """The names in a GResource."""
    listing = subprocess.run(["gresource", "list", str(packed)], stdout=subprocess.PIPE, check=True, text=True).stdout
    return sorted(line.rsplit("/", 1)[1] for line in listing.split())


def generate(folder, icons):
    """The names packed for definitions with these icons, without their sizes; None when the generator refused."""
    definitions = []
    for provider, icon in icons.items():
        path = folder / f"{provider}.json"
        path.write_text(json.dumps({"id": provider, "icon": icon}), encoding="utf-8")
        definitions.append(str(path))
    output = folder / "out.gresource"
    output.unlink(missing_ok=True)
    status = subprocess.run([sys.executable, GENERATOR, str(folder / "modules"), str(folder / "drawn"), str(output)]
                            + definitions, stderr=subprocess.PIPE, check=False).returncode
    if status != 0:
        return None
    names = list_pictures(output)
    kinds = sorted({name.rsplit("-", 1)[0] for name in names})
    return kinds if len(names) == len(kinds) * len(SIZES) else names


def check_generator(top):
    """An icon set of our own."""
    sets = {
        "logos": {
            "blue": {"body": SQUARE.format("#0000ff")},
            "black": {"body": SQUARE.format("#111")},
            "yellow": {"body": SQUARE.format("#ffff00")},
            "word": {"body": SQUARE.format("#0000ff"), "width": 64},
        },
        "simple-icons": {
            "plain": {"body": SQUARE.format("currentColor")},
            "word": {"body": BAR.format("currentColor")},
        },
    }
    for collection, icons in sets.items():
        folder = top / "modules/@iconify-json" / collection
        folder.mkdir(parents=True)
        (folder / "icons.json").write_text(json.dumps({"width": 16, "height": 16, "icons": icons}), encoding="utf-8")
    check("colour", generate(top, {"a": "logos:blue"}) == ["a"])
    check("pale on a dark plate", generate(top, {"a": "logos:yellow"}) == ["a-night"])
    check("black is a mask", generate(top, {"a": "logos:black"}) == ["a-mono"])
    check("simple is a mask", generate(top, {"a": "simple-icons:plain"}) == ["a-mono"])
    check("a monogram is not drawn", generate(top, {"b": "monogram:b"}) == [])
    check("no wordmark", generate(top, {"a": "logos:word"}) is None)
    check("no wordmark in a square", generate(top, {"a": "simple-icons:word"}) is None)
    check("unknown name", generate(top, {"a": "logos:nothing"}) is None)


def find_undrawn(icons, names):
    """Definitions whose icon is neither drawn, in one kind and every size, nor a monogram of one or two letters."""
    for provider, icon in icons.items():
        kinds = [kind for kind in ("", "-night", "-mono") if f"{provider}{kind}-{SIZES[0]}.png" in names]
        missing = [size for kind in kinds for size in SIZES if f"{provider}{kind}-{size}.png" not in names]
        if icon.startswith("monogram:"):
            if kinds or not re.fullmatch("[a-z0-9]{1,2}", icon.partition(":")[2]):
                yield f"{provider}: {icon} is no monogram"
        elif len(kinds) != 1 or missing:
            yield f"{provider}: {icon} is drawn {len(kinds)} times and lacks {missing}"


def find_misplaced(pictures):
    """Pictures that are not of their size, are clipped, or are not in the middle."""
    for name, picture in pictures.items():
        size = int(re.search(r"-(\d+)\.png$", name).group(1))
        if (picture.width, picture.height) != (size, size):
            yield f"{name} is {picture.width} × {picture.height} pixels"
        left, top, right, bottom = picture.get_box()
        if min(left, top, size - right, size - bottom) < size / 10:
            yield f"{name} has no margin"
        if max(abs(left - (size - right)), abs(top - (size - bottom))) > max(2, size / 32):
            yield f"{name} is not in the middle"


def mix(colour, ground, share):
    """A translucent colour on another."""
    return tuple(round(share * c + (1 - share) * g) for c, g in zip(colour, ground))


def find_unseen(pictures):
    """Marks that are not told from their plate: dark on dark, light on light."""
    for name, picture in pictures.items():
        if "-mono-" in name:
            if set(picture.get_colours()) != {(0xff, 0xff, 0xff)}:
                yield f"{name} is not a white mask"
            continue
        plate = DARK_PLATE if "-night-" in name else LIGHT_PLATE
        contrasts = [contrast(colour, plate) for colour in picture.get_colours()]
        if picture.get_contrast(plate) < LEAST_CONTRAST:
            yield f"{name} has too little contrast"
        if sum(each < 2 for each in contrasts) > LOST * len(contrasts):
            yield f"{name} loses parts in its plate"


def find_unreadable_masks():
    """Styles in which a mark of the text's colour is not seen on its plate."""
    for style, (window, text) in WINDOWS.items():
        if contrast(text, mix(text, window, TINT)) < 2 * LEAST_CONTRAST:
            yield style


def find_blurred():
    """Icons that the window shows in a size nobody drew."""
    for path in sorted((SOURCE / "src/gtk").glob("*.ui")):
        for icon in xml.etree.ElementTree.parse(path).iter("object"):
            if icon.get("class") == "PlugProviderIcon":
                size = int(icon.findtext("property[@name='size']", "32"))
                if size not in SIZES or 2 * size not in SIZES:
                    yield f"{path.name}: {size} pixels"


def find_other_colours():
    """Copies that differ: the window's plates and sizes are those that are tested here."""
    code = (SOURCE / "src/gtk/plug-provider-picture.c").read_text(encoding="utf-8")
    for wanted in (", ".join(map(str, SIZES)), ", ".join(f"{c:#x} / 255.f" for c in DARK_PLATE), f"tint.alpha = {TINT}f"):
        if wanted not in code:
            yield f"plug-provider-picture.c lacks {wanted}"


def check_packed():
    """What the build packed."""
    icons = {path.stem: json.loads(path.read_text(encoding="utf-8")).get("icon", "monogram:x")
             for path in (SOURCE / "data/providers").glob("*.json")}
    names = list_pictures(PACKED)
    check("all drawn", list(find_undrawn(icons, set(names))))
    pictures = {name: Picture(subprocess.run(["gresource", "extract", PACKED, f"{PREFIX}/{name}"],
                                             stdout=subprocess.PIPE, check=True).stdout) for name in names}
    check("in the middle, with a margin", list(find_misplaced(pictures)))
    large = {name: picture for name, picture in pictures.items() if picture.width == 64}
    check("contrast", list(find_unseen(large)))


with tempfile.TemporaryDirectory() as temporary:
    check_generator(pathlib.Path(temporary))
check("contrast of masks", list(find_unreadable_masks()))
check("sizes", list(find_blurred()))
check("copies", list(find_other_colours()))
if PACKED is not None:
    check_packed()

print(f"1..{len(results)}")
for number, (title, good) in enumerate(results, 1):
    print(f"{'ok' if good else 'not ok'} {number} {title}")
sys.exit(not all(good for _, good in results))
