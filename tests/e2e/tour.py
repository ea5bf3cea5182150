#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the whole HaloPSA flow, with a screenshot of every step: tour.py WINDOW SIMULATOR FOLDER."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import Program, Simulator, key, screenshot, wait_for  # noqa: E402
from flow import fill_in, search, test  # noqa: E402

WINDOW, SIMULATOR, FOLDER = sys.argv[1:4]
NUMBER = iter(range(1, 100))


def step(name, text):
    """Saves what is on the screen, and tells of it."""
    path = os.path.join(FOLDER, f"{next(NUMBER):02}-{name}.png")
    screenshot(path)
    print(f"{path}: {text}", flush=True)


def main():
    """The tour."""
    os.makedirs(FOLDER, exist_ok=True)
    simulator = Simulator(SIMULATOR)
    program = Program(WINDOW)
    frame = program.frame("Connections")
    step("connections", "no connection yet")
    frame.button("Add connection").click()
    dialog = program.frame("New Connection")
    wait_for("the tiles", lambda: dialog.every(role="table cell"))
    step("picker", "New Connection: pick a service")
    search(dialog, "HaloITSM")
    step("search", "found by a keyword")
    key("Return")
    dialog.button("Create connection")
    step("form", "the form of HaloPSA")
    dialog.button("Create connection").click()
    dialog.says("Client ID is required.")
    step("too-early", "pressed too early: the fields say what is missing")
    fill_in(dialog, "Client Credentials", simulator.values, Client_Secret="not the secret")
    step("filled-in", "Client Credentials, filled in")
    test(dialog, "Refused.")
    step("refused", "tested: refused, and the fields to blame are marked")
    dialog.entry("Client Secret").fill(simulator.values["client_secret"])
    test(dialog, "Passed.")
    step("passed", "corrected and tested: passed")
    dialog.button("Create connection").click()
    program.gone("New Connection")
    frame.find("HaloPSA", "list item")
    step("created", "created, selected, its secret in the keyring")
    frame.find("HaloPSA", "list item").click()
    page = program.frame("HaloPSA")
    step("details", "opened")
    page.button("Test Connection").click()
    page.says("Passed.")
    step("details-tested", "tested again, with the secret from the keyring")
    complaints = program.stop()
    simulator.stop()
    print("\n".join(complaints), end="", file=sys.stderr)
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
