#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the icon generator on an icon set of its own and looks at what it packed: test-icons.py GENERATOR."""
import json
import pathlib
import subprocess
import sys
import tempfile

GENERATOR = sys.argv[1]
SQUARE = '<path fill="{}" d="M0 0h16v16H0z"/>'
results = []


def check(name, good):
    """Notes one result."""
    results.append((name, good))


def generate(folder, icons):
    """The names packed for definitions with these icons, and the exit status."""
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
        return status, []
    listing = subprocess.run(["gresource", "list", str(output)], stdout=subprocess.PIPE, check=True, text=True).stdout
    return status, sorted(line.rsplit("/", 1)[1] for line in listing.split())


with tempfile.TemporaryDirectory() as name:
    top = pathlib.Path(name)
    for collection in ("logos", "simple-icons"):
        (top / "modules/@iconify-json" / collection).mkdir(parents=True)
    (top / "modules/@iconify-json/logos/icons.json").write_text(json.dumps({"width": 16, "height": 16, "icons": {
        "blue": {"body": SQUARE.format("#0000ff")},
        "black": {"body": SQUARE.format("#111")},
        "word": {"body": SQUARE.format("#0000ff"), "width": 64},
    }}), encoding="utf-8")
    (top / "modules/@iconify-json/simple-icons/icons.json").write_text(
        json.dumps({"width": 16, "height": 16, "icons": {"plain": {"body": SQUARE.format("currentColor")}}}),
        encoding="utf-8")
    check("colour", generate(top, {"a": "logos:blue"}) == (0, ["a-128.png", "a-64.png"]))
    check("black is a mask", generate(top, {"a": "logos:black"}) == (0, ["a-mono-128.png", "a-mono-64.png"]))
    check("simple is a mask", generate(top, {"a": "simple-icons:plain"}) == (0, ["a-mono-128.png", "a-mono-64.png"]))
    check("no wordmark", generate(top, {"a": "logos:word", "b": "monogram:b"}) == (0, []))
    check("unknown name", generate(top, {"a": "logos:nothing"})[0] != 0)

print(f"1..{len(results)}")
for number, (name, good) in enumerate(results, 1):
    print(f"{'ok' if good else 'not ok'} {number} {name}")
sys.exit(not all(good for _, good in results))
