#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the program in the pseudo language of pseudo-locale.py, and fails on whatever assistive technology would
say in English: pseudo.py WINDOW SIMULATOR PROVIDERS. What a page looks like is for tests/test-pages.c."""
import gettext
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import Atspi, Program, Simulator, key, wait_for, write  # noqa: E402

WINDOW, SIMULATOR = sys.argv[1:3]
TEXTS = gettext.translation("plugboard", os.environ["PLUGBOARD_LOCALE_DIR"], languages=["zxx"])
OWN = pathlib.Path(os.environ["HOME"], ".local/share/plugboard/providers")
MISSING = []

# What is said as it is, in every language.
NAMES = {
    # the program
    "Plugboard", "plugboard-gtk", "0.1.0", "broken.json",
    # what this walk types, and what the simulator tells of it
    "Field desk", "ftp://example.com", "all", "acme",
    # GTK's and libadwaita's own words, which they translate
    "Close", "Maximize", "Minimize", "Credits", "Details", "Legal", "Shortcuts", "Ctrl", "Ctrl+?", "Alt", "F10",
}
for definition in map(lambda path: json.loads(path.read_text("utf-8")), pathlib.Path(sys.argv[3]).glob("*.json")):
    NAMES |= {definition["name"], definition.get("vendor", "")}


def tr(text, context=None):
    """A text of ours as the program says it."""
    return TEXTS.pgettext(context, text) if context else TEXTS.gettext(text)


# GTK 4.8 says the type of whatever has no name, which is right for what is there for looks.
TYPE = re.compile(r"(Gtk|Adw|Plug)[A-Z][A-Za-z]+")
NEEDS_A_NAME = ("push button", "toggle button", "text", "check box", "list item", "menu item", "combo box")


# Windows of theirs, with buttons that have none.
FOREIGN = ("about", "shortcuts")


def is_right(name, role, place, known):
    """Whether it may be said."""
    if TYPE.fullmatch(name or ""):
        return role not in NEEDS_A_NAME or place in FOREIGN
    return (not name or "⟦" in name or not any(letter.isalpha() for letter in name) or len(name) == 1 or name in NAMES
            or name in known or name.startswith(("/", "https://", "http://")))


def look(frame, place, known=()):
    """Keeps in mind what is said in English."""
    for thing in frame.every():
        name = thing.accessible.get_name()
        role = thing.accessible.get_role_name()
        if not is_right(name, role, place, known):
            MISSING.append(f"{place}: {role} “{name}”")
    print(f"# {place}", flush=True)


def new_connection(program, search):
    """From Connections to the form of a service."""
    program.frame(tr("Connections")).raise_up()
    key("ctrl+n")
    dialog = program.frame(tr("New Connection"))
    wait_for("the tiles", lambda: dialog.every(role="table cell"))
    dialog.find(tr("Definitions with mistakes"))
    look(dialog, "picker", {"Acme"})
    write(search)
    key("Return")
    dialog.button(tr("Create connection"))
    return dialog


def discard(program):
    """Leaves a form that has something in it."""
    key("Escape")
    question = program.frame(tr("Discard What You Typed?"))
    look(question, "discard")
    question.button(tr("Discard", "what was typed")).click()
    program.gone(tr("New Connection"))


def walk_forms(program, simulator):
    """Forms with mistakes, then one that is tested and created."""
    values = simulator.values
    known = set(map(str, values.values()))
    dialog = new_connection(program, "custom")
    dialog.entry(tr("API Address", "provider")).put("ftp://example.com")
    dialog.button(tr("Create connection")).click()
    dialog.says(tr("The address must begin with https://."))
    look(dialog, "custom")
    discard(program)
    dialog = new_connection(program, "halo")
    dialog.find(tr("Client Credentials", "provider")).click()
    dialog.button(tr("Create connection")).click()
    dialog.says(tr("%s is required.").replace("%s", tr("Client Secret", "provider")))
    look(dialog, "form with mistakes")
    for label, member in (("API Address", "api_address"), ("Client ID", "client_id"), ("Client Secret", "client_secret"),
                          ("Tenant", "tenant")):
        dialog.entry(tr(label, "provider")).put(values[member])
    dialog.entry(tr("Name", "of a connection")).put("Field desk")
    for fault, word in (("invalid-client-400", "Refused"), ("none", "Passed")):
        simulator.fault(fault)
        dialog.button(tr("Test Connection")).click()
        # Every verdict begins with its outcome; the padding of the word alone stands at its end.
        dialog.says(tr(word, "outcome of a test")[:len(word) + 1] + ".")
        look(dialog, f"verdict {word}", known)
    dialog.button(tr("Create connection")).click()
    program.gone(tr("New Connection"))
    return known


def walk_connection(program, known):
    """The list, the connection, and what it asks."""
    frame = program.frame(tr("Connections"))
    frame.find("Field desk", "list item")
    look(frame, "connections")
    frame.find("Field desk", "list item").click()
    page = program.frame("Field desk")
    look(page, "details", known)
    page.button(tr("Delete…", "a connection")).click()
    question = program.frame(tr("Delete “%s”?").replace("%s", "Field desk"))
    look(question, "delete")
    question.button(tr("Cancel")).click()
    program.gone(question.name())
    page.button(tr("Replace secret…")).click()
    look(program.frame(tr("Replace Secret")), "replace secret", known)
    key("Escape")
    program.gone(tr("Replace Secret"))
    page.button(tr("Back", "to the page before")).click()


def walk_menu(program):
    """Main menu, shortcuts, about."""
    frame = program.frame(tr("Connections"))
    frame.raise_up()
    key("ctrl+question")
    look(program.frame(tr("Keyboard Shortcuts")), "shortcuts")
    key("Escape")
    program.gone(tr("Keyboard Shortcuts"))
    frame.raise_up()
    key("F10")
    about = frame.find(tr("_About Plugboard").replace("_", ""), "menu item")
    look(frame, "menu")
    wait_for("the menu's last entry", lambda: about.has(Atspi.StateType.FOCUSED) or key("Down"))
    key("Return")
    look(program.frame(tr("About Plugboard")), "about")
    key("Escape")
    program.gone(tr("About Plugboard"))


def main():
    """The walk; prints TAP."""
    OWN.mkdir(parents=True)
    (OWN / "broken.json").write_text("nonsense", encoding="utf-8")
    simulator = Simulator(SIMULATOR)
    program = Program(WINDOW)
    try:
        look(program.frame(tr("Connections")), "empty")
        known = walk_forms(program, simulator)
        walk_connection(program, known)
        walk_menu(program)
    finally:
        complaints = program.stop()
        simulator.stop()
    for line in sorted(set(MISSING)) + complaints:
        print(f"# {line}")
    print(f"{'not ok' if MISSING or complaints else 'ok'} 1 pseudo\n1..1", flush=True)
    return bool(MISSING or complaints)


if __name__ == "__main__":
    sys.exit(main())
