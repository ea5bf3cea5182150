# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that tests, the tour and the screenshots have in common."""
from desktop import key, wait_for, write

LABELS = {"Client Credentials": ["API Address", "Client ID", "Client Secret", "Scope", "Tenant"],
                 "Username and Password": ["API Address", "Client ID", "Username", "Password", "Scope", "Tenant"]}
MEMBERS = {"API Address": "api_address", "Client ID": "client_id", "Client Secret": "client_secret",
           "Username": "username", "Password": "password", "Tenant": "tenant"}


def search(dialog, text):
    """Types into the picker's search, once the keys go there."""
    wait_for("the search to be ready", lambda: dialog.every("Search services"))
    dialog.raise_up()
    write(text)


def open_form(program, service="halo"):
    """From Connections to the form of the first hit, by keyboard alone."""
    frame = program.frame("Connections")
    frame.raise_up()
    key("ctrl+n")
    dialog = program.frame("New Connection")
    search(dialog, service)
    key("Return")
    dialog.button("Create connection")
    return dialog


def choose_method(dialog, method):
    """Presses the toggle of a method and waits for its fields."""
    dialog.find(method).click()
    for label in LABELS[method]:
        dialog.entry(label)


def fill_in(dialog, method, values, **other):
    """Types the simulator's values, or others in place of some of them."""
    choose_method(dialog, method)
    for label in LABELS[method]:
        if label == "Scope" and "Scope" not in other:
            continue
        dialog.entry(label).fill(other.get(label.replace(" ", "_"), other.get(label, values.get(MEMBERS.get(label, ""), ""))))


def test(dialog, sentence):
    """Presses Test Connection and waits for the verdict that begins so."""
    dialog.button("Test Connection").click()
    dialog.says(sentence)
