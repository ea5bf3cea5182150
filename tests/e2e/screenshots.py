#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes a picture of each page, window by window: screenshots.py WINDOW SIMULATOR FOLDER WIDTH; 0 is a window's own width.

With PLUG_NO_KEYRING it takes one, of what there is to see without a keyring.
"""
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import Atspi, Program, Simulator, key, screenshot, wait_for, write  # noqa: E402
from flow import choose_method, fill_in, search, test  # noqa: E402

WINDOW, SIMULATOR, FOLDER = sys.argv[1:4]
WIDTH = int(sys.argv[4])
NUMBER = iter(range(1, 100))
LONG = "A connection with a long name, because somebody likes to say exactly what it is for, and where"


DATA = pathlib.Path(os.environ["HOME"], ".local/share/plugboard")


def size(frame, height):
    """Makes it as wide as was asked for."""
    if WIDTH > 0:
        frame.resize(WIDTH, height)
        time.sleep(0.3)


def picture(frame, name):
    """Saves a window as it is now; all that is on the screen without one."""
    time.sleep(0.5)
    path = os.path.join(FOLDER, f"{next(NUMBER):02}-{name}.png")
    if frame is None:
        screenshot(path)
        subprocess.run(["mogrify", "-trim", path], check=True)
    else:
        frame.picture(path)
    print(path, flush=True)


def open_picker(program):
    """New Connection, as wide as it should be."""
    program.frame("Connections").raise_up()
    key("ctrl+n")
    dialog = program.frame("New Connection")
    size(dialog, 760)
    wait_for("the tiles", lambda: dialog.every(role="table cell"))
    return dialog


def form_pages(program, simulator):
    """The picker, the form and its verdicts."""
    dialog = open_picker(program)
    picture(dialog, "picker")
    search(dialog, "no such thing")
    picture(dialog, "nothing-found")
    key("ctrl+a")
    write("halo")
    key("Return")
    dialog.button("Create connection")
    picture(dialog, "form")
    dialog.entry("API Address").put("ftp://example.com")
    dialog.entry("Client ID").put("  c0ffee \n")
    dialog.button("Create connection").click()
    picture(dialog, "errors")
    choose_method(dialog, "Client Credentials")
    fill_in(dialog, "Username and Password", simulator.values)
    simulator.fault("hang-token")
    dialog.button("Test Connection").click()
    dialog.says("Testing…")
    picture(dialog, "testing")
    dialog.button("Cancel").click()
    for fault, sentence in (("invalid-grant-400", "Refused."), ("authinfo-elsewhere", "Could not test."), ("none", "Passed.")):
        simulator.fault(fault)
        test(dialog, sentence)
        picture(dialog, sentence.split(".", maxsplit=1)[0].lower().replace(" ", "-"))
    dialog.entry("Name").put("Field desk")
    dialog.button("Create connection").click()
    program.gone("New Connection")


def other_pages(program, simulator):
    """The list, and a connection."""
    dialog = open_picker(program)
    write("halo")
    key("Return")
    fill_in(dialog, "Client Credentials", simulator.values)
    dialog.entry("Name").put(LONG)
    dialog.button("Create connection").click()
    program.gone("New Connection")
    frame = program.frame("Connections")
    picture(frame, "connections")
    frame.find("Field desk", "list item").click()
    page = program.frame("Field desk")
    picture(page, "details")
    page.button("Delete…").click()
    question = program.frame("Delete “Field desk”?")
    picture(question, "delete")
    question.button("Cancel").click()
    program.gone("Delete “Field desk”?")
    page.button("Replace secret…").click()
    dialog = program.frame("Replace Secret")
    size(dialog, 460)
    picture(dialog, "replace")
    key("Escape")
    program.gone("Replace Secret")
    simulator.fault("forbidden")
    page.button("Test Connection").click()
    page.says("Not permitted.")
    picture(page, "not-permitted")
    page.raise_up()
    key("ctrl+question")
    picture(program.frame("Keyboard Shortcuts"), "shortcuts")
    key("Escape")
    program.gone("Keyboard Shortcuts")
    page.button("Back").click()


def menu_pages(program):
    """What the menu leads to, and the search of the list."""
    frame = program.frame("Connections")
    frame.raise_up()
    key("ctrl+f")
    write("field")
    picture(frame, "search")
    key("Escape")
    key("F10")
    about = frame.find("About Plugboard", "menu item")
    picture(None, "menu")  # it hangs out of the window
    wait_for("the menu's last entry", lambda: about.has(Atspi.StateType.FOCUSED) or key("Down"))
    key("Return")
    picture(program.frame("About Plugboard"), "about")
    key("Escape")
    program.gone("About Plugboard")


def damaged_pages(program):
    """Custom Service, and what is left of it on Escape; a definition and a connection with mistakes."""
    (DATA / "providers").mkdir(parents=True, exist_ok=True)
    (DATA / "providers/acme.json").write_text('{"id": "acme", "name": "Acme", "methods": []}', encoding="utf-8")
    dialog = open_picker(program)
    dialog.find("Definitions with mistakes")
    picture(dialog, "own-definitions")
    search(dialog, "custom")
    key("Return")
    dialog.button("Create connection")
    picture(dialog, "custom")
    dialog.entry("API Address").put("https://api.example.com")
    key("Escape")
    question = program.frame("Discard What You Typed?")
    picture(question, "discard")
    question.button("Discard").click()
    program.gone("New Connection")
    (DATA / "connections/broken.json").write_text("nonsense", encoding="utf-8")
    frame = program.frame("Connections")
    frame.find("broken", "list item").click()
    picture(program.frame("broken"), "broken")


def main():
    """All of them."""
    simulator = Simulator(SIMULATOR)
    program = Program(WINDOW)
    frame = program.frame("Connections")
    size(frame, 640)
    if "PLUG_NO_KEYRING" in os.environ:
        frame.says("No keyring is running")
        picture(frame, "no-keyring")
    else:
        picture(frame, "empty")
        form_pages(program, simulator)
        other_pages(program, simulator)
        menu_pages(program)
        damaged_pages(program)
    complaints = program.stop()
    simulator.stop()
    print("\n".join(complaints), end="", file=sys.stderr)
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
