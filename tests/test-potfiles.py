#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that po/POTFILES names every source with a translatable string, and no file that is not there."""
import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1])
CALL = re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(")
MARKED = re.compile(r'translatable="(?:yes|true)"')


def has_text(path):
    """Whether a source holds a string that is marked for translation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ui":
        return bool(MARKED.search(text))
    if path.suffix == ".in":
        return not path.name.endswith(".service.in")
    if path.suffix == ".xml":
        return "gettext-domain" in text
    return "gi18n" in text and bool(CALL.search(text))


listed = {line.strip() for line in (TOP / "po/POTFILES").read_text(encoding="utf-8").splitlines()
          if line.strip() and not line.startswith("#")}
sources = {str(path.relative_to(TOP)) for folder in ("src", "data") for pattern in ("*.c", "*.ui", "*.in", "*.gschema.xml")
           for path in (TOP / folder).rglob(pattern) if has_text(path)}
mistakes = [f"po/POTFILES lacks {name}" for name in sorted(sources - listed)]
mistakes += [f"po/POTFILES names {name}, which is not there" for name in sorted(listed) if not (TOP / name).is_file()]

print("1..1")
if mistakes:
    print("not ok 1 potfiles", *mistakes, sep="\n# ")
else:
    print("ok 1 potfiles")
sys.exit(bool(mistakes))
