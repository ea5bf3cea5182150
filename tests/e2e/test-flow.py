#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window from the first click to a connection that is gone again: test-flow.py WINDOW COMMAND SIMULATOR SUITE
[STEP…]."""
import json
import os
import pathlib
import stat
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import SCREEN, Atspi, Program, Running, Simulator, key, screenshot, wait_for, write  # noqa: E402
from flow import LABELS, MEMBERS, choose_method, fill_in, open_form, search, test  # noqa: E402

WINDOW, COMMAND, SIMULATOR = sys.argv[1:4]
# A Flatpak has folders of its own.
FOLDER = pathlib.Path(os.environ["HOME"], os.environ.get("PLUG_DATA", ".local/share"), "plugboard/connections")
PENDING = pathlib.Path(os.environ["HOME"], os.environ.get("PLUG_STATE", ".local/state"), "plugboard/pending")


def files():
    """The connection files that are there."""
    return sorted(FOLDER.glob("*.json")) if FOLDER.is_dir() else []


def secret_items():
    """The names of the connections that have an item in the keyring."""
    output = subprocess.run(["secret-tool", "search", "--all", "xdg:schema", "io.github.plugboard.Plugboard"],
                            capture_output=True, text=True, check=False)
    text = output.stdout + output.stderr
    return sorted(line.split(" = ", 1)[1] for line in text.splitlines() if line.startswith("attribute.connection"))


def command(*arguments):
    """The command line's exit status and output."""
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def tab_to(dialog, label):
    """Presses Tab until that field has the focus; the buttons of help and of revealing stand in between."""
    def has_arrived():
        if dialog.entry(label).has(Atspi.StateType.FOCUSED):
            return True
        key("Tab")
        time.sleep(0.2)  # a busy machine tells late where the focus is
        return False

    wait_for(f"the focus on {label}", has_arrived)


def test_first_connection(program, simulator):
    """By keyboard alone: found, filled in, tested, created, selected."""
    dialog = open_form(program, "HaloITSM")
    assert dialog.entry("Name").text() == "HaloPSA"
    choose_method(dialog, "Client Credentials")
    address = dialog.entry("API Address")
    address.click()
    wait_for("the focus", lambda: address.has(Atspi.StateType.FOCUSED))
    values = simulator.values
    write(values["api_address"] + "/api/")
    for label in ("Client ID", "Client Secret"):
        tab_to(dialog, label)
        write(values[MEMBERS[label]])
    dialog.entry("Tenant").fill(values["tenant"])
    dialog.entry("Client ID").click()
    assert dialog.entry("API Address").text() == values["api_address"]
    assert dialog.entry("Client ID").text() == values["client_id"]
    dialog.says("Signs in at " + values["token_url"])
    test(dialog, "Signed in as Ada Lovelace")
    assert simulator.log() == ["GET /api/authinfo", "POST /auth/token", "GET /api/agent/me"]
    dialog.button("Create connection").click()
    program.gone("New Connection")
    frame = program.frame("Connections")
    row = frame.find("HaloPSA", "list item")
    wait_for("the selection", lambda: row.has(Atspi.StateType.SELECTED))
    frame.says("HaloPSA · Client Credentials")
    frame.says("Passed")
    file, = files()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    assert values["client_secret"] not in text and json.loads(text)["values"]["client_id"] == values["client_id"]
    assert secret_items() == ["HaloPSA"]
    assert not list(PENDING.iterdir())
    status, output = command("test", "HaloPSA")
    assert status == 0 and "Ada Lovelace" in output, output


def test_password_method(program, simulator):
    """The other method, created without a test; values that both share stay."""
    dialog = open_form(program)
    assert dialog.entry("Name").text() == "HaloPSA 2"
    choose_method(dialog, "Client Credentials")
    dialog.entry("Client ID").fill("kept")
    choose_method(dialog, "Username and Password")
    assert dialog.entry("Client ID").text() == "kept"
    fill_in(dialog, "Username and Password", simulator.values)
    dialog.button("Create connection").click()
    program.gone("New Connection")
    frame = program.frame("Connections")
    frame.says("HaloPSA · Username and Password")
    frame.says("Not tested")
    assert command("test", "HaloPSA 2")[0] == 0
    assert secret_items() == ["HaloPSA", "HaloPSA 2"]


def check_wrong(program, simulator, method, label, sentence):
    """One wrong value: the verdict names it, its field is marked, and correcting it voids the verdict."""
    dialog = open_form(program)
    fill_in(dialog, method, simulator.values, **{label.replace(" ", "_"): "wrong-value"})
    test(dialog, sentence)
    entry = dialog.entry(label)
    assert wait_for("the mark", entry.is_marked), label
    entry.click()
    key("End", "x")
    wait_for("the verdict to go", lambda: not dialog.is_saying(sentence))
    leave(program)


def leave(program):
    """Escape, and Discard when it asks."""
    key("Escape")
    wait_for("an answer", lambda: program.has_frame("Discard What You Typed?") or not program.has_frame("New Connection"))
    if program.has_frame("Discard What You Typed?"):
        program.frame("Discard What You Typed?").button("Discard").click()
    program.gone("New Connection")


def test_wrong_values(program, simulator):
    """Wrong for each parameter of both methods."""
    for method, label, sentence in (
            ("Client Credentials", "Client ID", "Refused. HaloPSA"),
            ("Client Credentials", "Client Secret", "Refused. HaloPSA"),
            ("Client Credentials", "Scope", "Refused. HaloPSA"),
            ("Client Credentials", "Tenant", "Could not test. HaloPSA"),
            ("Username and Password", "Client ID", "Refused. HaloPSA"),
            ("Username and Password", "Username", "Refused. HaloPSA"),
            ("Username and Password", "Password", "Refused. HaloPSA"),
            ("Username and Password", "Scope", "Refused. HaloPSA")):
        check_wrong(program, simulator, method, label, sentence)


def test_too_early(program, _simulator):
    """Create on an empty form: every required field says so, the first one gets the focus."""
    dialog = open_form(program)
    dialog.button("Create connection").click()
    dialog.says("API Address is required.")
    dialog.says("Client ID is required.")
    dialog.says("Password is required.")
    assert wait_for("the focus", lambda: dialog.entry("API Address").has(Atspi.StateType.FOCUSED))
    assert not dialog.is_saying("Tenant is required.")
    leave(program)


def test_refused_at_the_field(program, _simulator):
    """Bad addresses and names are refused where they stand, with the reason."""
    dialog = open_form(program)
    for text, reason in (
            ("ftp://acme.halopsa.com", "must begin with https://"),
            ("http://acme.halopsa.com", "must begin with https://"),
            ("https://ada:pw@acme.halopsa.com", "must not contain a user name"),
            ("https://acme.halopsa.com/#top", "must not contain “#”"),
            ("https://", "not an address"),
            ("acme\u202ehalopsa.com", "changes the direction")):
        dialog.entry("API Address").put(text)
        dialog.entry("Client ID").click()
        dialog.says(reason)
    for text, reason in (
            ("", "Enter a name."), ("   ", "Enter a name."), ("a/b", "cannot contain “/”"), ("x" * 101, "at most 100"),
            ("halopsa", "There is a connection of this name."), ("HALOPSA", "There is a connection of this name."),
            ("a\u0007b", "control character"), ("a\u202eb", "control character")):
        dialog.entry("Name").put(text)
        dialog.entry("Client ID").click()
        dialog.says(reason)
    leave(program)


HOSTILE_TEXTS = ('"quotes" & %41 \\', "😀🏳️‍🌈", "עברית مرحبا")
SECRET_LABELS = ("Client Secret", "Password")


def put_everywhere(dialog, method, text):
    """Pastes a text into every field of a method but the address, and looks whether it is still there."""
    labels = [label for label in LABELS[method] if label != "API Address"]
    for label in labels:
        dialog.entry(label).put(text)
    dialog.entry("Name").click()
    for label in labels:
        if label not in SECRET_LABELS:
            assert dialog.entry(label).text() == text, label
    return labels


def check_carried(program, method, text):
    """A hostile text in every field: created, and carried exactly into the file and the keyring."""
    dialog = open_form(program)
    choose_method(dialog, method)
    labels = put_everywhere(dialog, method, text)
    dialog.entry("API Address").put("https://psa.example.com")
    dialog.entry("Name").put("Carried")
    dialog.button("Create connection").click()
    program.gone("New Connection")
    file = FOLDER / "carried.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for label in labels:
        if label not in SECRET_LABELS:
            assert content["values"][MEMBERS.get(label, "scope")] == text, label
    item = subprocess.run(["secret-tool", "lookup", "connection", "Carried", "revision", content["secret"]],
                          capture_output=True, text=True, check=True).stdout
    secret, = (MEMBERS[label] for label in labels if label in SECRET_LABELS)
    assert json.loads(item)["secrets"][secret] == text
    frame = program.frame("Connections")
    frame.find("Carried", "list item").click()
    program.frame("Carried").button("Delete…").click()
    program.frame("Delete “Carried”?").button("Delete").click()
    wait_for("its row to go", lambda: not program.frame("Connections").every("Carried", "list item"))


def test_carried(program, _simulator):
    """Whatever is put into the fields of either method is carried exactly."""
    for method in LABELS:
        for text in HOSTILE_TEXTS:
            check_carried(program, method, text)


def test_refused_texts(program, simulator):
    """What cannot be carried is refused at every field of either method with the reason; nothing is sent."""
    simulator.log()
    for method in LABELS:
        dialog = open_form(program)
        choose_method(dialog, method)
        labels = put_everywhere(dialog, method, "harmless")
        for label in labels:
            dialog.entry(label).put("one\ntwo")
        dialog.entry("Name").click()
        wait_for("all refusals", lambda: len(dialog.every("There is a line break inside.", "label")) == len(labels))
        for label in labels:
            dialog.entry(label).put("x" * (70000 if label in SECRET_LABELS else 1048576))
        dialog.entry("Name").click()
        wait_for("all lengths", lambda: len(dialog.every(lambda name: name and "65,534" in name, "label")) == len(labels))
        for label in labels:
            dialog.entry(label).put("a\u202eb")
        dialog.entry("Name").click()
        wait_for("all directions", lambda: len(dialog.every(lambda name: name and "the direction of writing" in name,
                                                            "label")) == len(labels))
        dialog.entry("Client ID").put("  padded \n")
        dialog.says("Blanks around the value were removed.")
        assert dialog.entry("Client ID").text() == "padded"
        leave(program)
    assert simulator.log() == []


def test_custom(program, simulator):
    """A service that Plugboard does not know: fields that come and go, a test, a connection."""
    values = simulator.values
    dialog = open_form(program, "custom")
    dialog.find("Own headers").click()
    dialog.entry("Header 1").put("X-Key")
    wait_for("the value's field", lambda: dialog.every("Value 1"))
    assert not dialog.every("Header 3")
    dialog.find("Client credentials").click()
    dialog.entry("API Address").fill(values["api_address"] + "/api/")
    dialog.entry("Token Address").fill(f"{values['token_url']}")
    dialog.entry("Client ID").fill(values["client_id"])
    dialog.entry("Client Secret").fill(values["client_secret"])
    dialog.entry("Scope").fill("all")
    test(dialog, "Passed.")
    dialog.entry("Test Path").fill("/agent/me")
    test(dialog, "Passed.")
    dialog.entry("Client Secret").fill("wrong")
    test(dialog, "Refused.")
    dialog.entry("Client Secret").fill(values["client_secret"])
    dialog.entry("Name").fill("Own")
    dialog.button("Create connection").click()
    program.gone("New Connection")
    assert command("test", "Own")[0] == 0


def test_pasted_token_url(program, _simulator):
    """A token URL fills API Address and Tenant."""
    dialog = open_form(program)
    dialog.entry("API Address").put("HTTPS://X.halopsa.com/auth/token?tenant=acme")
    wait_for("the address", lambda: dialog.entry("API Address").text() == "https://x.halopsa.com")
    assert dialog.entry("Tenant").text() == "acme"
    dialog.says("Signs in at https://x.halopsa.com/auth/token?tenant=acme")
    leave(program)


def test_cancel(program, simulator):
    """Cancel works at once, by button and by Escape, and what was typed stays."""
    simulator.fault("hang-token")
    dialog = open_form(program)
    fill_in(dialog, "Client Credentials", simulator.values)
    for cancel in (lambda: dialog.button("Cancel").click(), lambda: key("Escape")):
        dialog.button("Test Connection").click()
        dialog.says("Testing…")
        time.sleep(0.3)
        begin = time.monotonic()
        cancel()
        dialog.button("Test Connection")
        assert time.monotonic() - begin < 2
        assert dialog.entry("Client ID").text() == simulator.values["client_id"]
    simulator.fault("none")
    simulator.log()
    leave(program)


def test_origin(program, simulator):
    """Another host is asked for before anything is sent to it."""
    simulator.fault("authinfo-elsewhere")
    dialog = open_form(program)
    fill_in(dialog, "Client Credentials", simulator.values)
    test(dialog, "Could not test. HaloPSA wants the secrets sent")
    dialog.button("Send there")
    assert simulator.log() == ["GET /api/authinfo"]
    simulator.fault("none")
    leave(program)


def test_not_permitted(program, simulator):
    """The server's own words are under Details, cleaned."""
    simulator.fault("forbidden")
    dialog = open_form(program)
    fill_in(dialog, "Client Credentials", simulator.values)
    test(dialog, "Not permitted.")
    dialog.says("give the application Login Type Agent")
    dialog.find("Details").click()
    dialog.says("Authorization has been denied for this request.")
    simulator.fault("echo")
    test(dialog, "Refused.")
    dialog.find("Details").click()
    dialog.says("You sent")
    for secret in ("client_secret", "password"):
        assert not dialog.is_saying(simulator.values[secret])
    simulator.fault("none")
    simulator.log()
    leave(program)


def break_file(path, content):
    """Writes what another process may leave behind; 100 MiB are a hole."""
    with path.open("wb") as file:
        file.write(content or b"")
        if content is None:
            file.truncate(100 * 1024 * 1024)


def test_broken_files(program, _simulator):
    """A file that another process breaks is seen within a second, its reason told, and the file left as it is."""
    frame = program.frame("Connections")
    broken = FOLDER / "broken.json"
    for content, word, reason in (
            (b"", "Broken", "Plugboard does not touch the file."),
            (b'{"format": 1, "name": "Cut o', "Broken", "Plugboard does not touch the file."),
            (None, "Broken", "it is larger than 1 MiB"),
            (b"[" * 100000 + b"]" * 100000, "Broken", "Plugboard does not touch the file."),
            (b'{"format": 1, "name": "\xff\xfe"}', "Broken", "Plugboard does not touch the file."),
            (b'{"format": 99, "name": "broken", "provider": "halopsa", "method": "password"}', "Newer",
             "The connection was written by a newer Plugboard.")):
        break_file(broken, content)
        before = broken.stat()
        frame.find("broken", "list item", 3)
        frame.says(word)
        frame.find("broken", "list item").click()
        page = program.frame("broken")
        page.says(reason)
        page.button("Back").click()
        frame = program.frame("Connections")
        after = broken.stat()
        assert (before.st_ino, before.st_size, before.st_mtime_ns) == (after.st_ino, after.st_size, after.st_mtime_ns)
        broken.unlink()
        wait_for("its end", lambda: not program.frame("Connections").every("broken", "list item"), 3)


def test_details(program, simulator):
    """After a restart it is still there; opened, tested again, its secret replaced, deleted."""
    items, names = secret_items(), [file.name for file in files()]
    frame = program.frame("Connections")
    frame.find("HaloPSA", "list item").click()
    page = program.frame("HaloPSA")
    page.says(simulator.values["client_id"])
    assert not page.is_saying(simulator.values["client_secret"])
    page.button("Test Connection").click()
    page.says("Signed in as Ada Lovelace")

    page.button("Replace secret…").click()
    dialog = program.frame("Replace Secret")
    assert not dialog.every("Client ID", "text")
    dialog.entry("Client Secret").fill("not-the-secret")
    test(dialog, "Refused.")
    dialog.button("Replace secret").click()
    program.gone("Replace Secret")
    assert command("test", "HaloPSA")[0] == 1
    page.button("Replace secret…").click()
    dialog = program.frame("Replace Secret")
    dialog.entry("Client Secret").fill(simulator.values["client_secret"])
    dialog.button("Replace secret").click()
    program.gone("Replace Secret")
    assert command("test", "HaloPSA")[0] == 0
    assert secret_items() == items

    page.button("Delete…").click()
    question = program.frame("Delete “HaloPSA”?")
    question.button("Cancel").click()
    program.gone("Delete “HaloPSA”?")
    page.button("Delete…").click()
    program.frame("Delete “HaloPSA”?").button("Delete").click()
    frame = program.frame("Connections")
    wait_for("its row to go", lambda: not frame.every("HaloPSA", "list item"))
    names.remove("halopsa.json")
    items.remove("HaloPSA")
    assert [file.name for file in files()] == names, files()
    assert secret_items() == items


def test_row(program, simulator):
    """Test on the row; search."""
    frame = program.frame("Connections")
    frame.button("Test").click()
    frame.says("Passed")
    simulator.fault("invalid-client")
    frame.button("Test").click()
    frame.says("Refused")
    simulator.fault("none")
    key("ctrl+f")
    write("nothing like it")
    frame.says("No connection found")
    key("Escape")
    frame.find("HaloPSA 2", "list item")


def test_narrow(program, _simulator):
    """As narrow as it may be, by pointer: the search, and a new connection; the button has one name at every width."""
    frame = program.frame("Connections")
    frame.resize(360, 640)
    wait_for("the narrow window", lambda: frame.button("Add connection").rest().width < 60)
    frame.find("Connections", "label")
    frame.find("Search").click()
    wait_for("the search", lambda: frame.every("Search connections"))
    write("nothing like it")
    frame.says("No connection found")
    frame.find("Search").click()
    frame.find("HaloPSA 2", "list item")
    frame.button("Add connection").click()
    close_picker(program)
    frame.resize(760, 640)
    wait_for("the wide window", lambda: frame.button("Add connection").rest().width > 60)
    frame.button("Add connection").click()
    close_picker(program)


def test_no_keyring(program, simulator):
    """Without a keyring: said before anything is typed, and after Create, with the remedy; what was typed stays."""
    program.frame("Connections").says("No keyring is running")
    dialog = open_form(program)
    fill_in(dialog, "Client Credentials", simulator.values)
    dialog.button("Create connection").click()
    dialog.says("Nothing was saved. Everything you typed is still here.")
    dialog.says("keyring")
    assert dialog.entry("Client ID").text() == simulator.values["client_id"]
    assert dialog.entry("Client Secret").text()
    assert not files()
    # The journal may keep its entry: only a keyring can say that nothing was stored.
    test(dialog, "Signed in as Ada Lovelace")
    leave(program)


MOCK = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "mock-secret-service.py")


def test_keyring_comes(program, _simulator):
    """A keyring that is started later, ends or is installed: the window says what is so now."""
    frame = program.frame("Connections")
    sentence = "No keyring is running"
    frame.says(sentence)
    service = subprocess.Popen([MOCK, "locked"], stdout=subprocess.PIPE, text=True)
    try:
        wait_for("the running keyring to be seen", lambda: not frame.is_saying(sentence))
    finally:
        service.terminate()
        service.wait()
    frame.says(sentence)
    file = services_folder() / "org.freedesktop.secrets.service"
    for is_installed in (True, False):
        if is_installed:
            file.write_text("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n", encoding="utf-8")
        else:
            file.unlink()
        bus("org.freedesktop.DBus.ReloadConfig", **DAEMON)
        wait_for("the installed keyring to be seen", lambda: frame.is_saying(sentence) != is_installed)


def test_tls(program, _simulator):
    """A certificate from an authority of one's own: refused with its issuer, then trusted by its file."""
    simulator = Simulator(SIMULATOR, "--tls", "good")
    values = simulator.values
    dialog = open_form(program)
    fill_in(dialog, "Client Credentials", values)
    test(dialog, "Could not test.")
    dialog.says("Its issuer is CN=Plugboard Test Authority.")
    assert simulator.log() == []
    dialog.button("Use an authority file…").click()
    chooser = program.frame("Choose a Certificate Authority File")
    chooser.raise_up()
    write(values["authorities"])
    key("Return")
    program.gone("Choose a Certificate Authority File")
    dialog.find("Certificate Authority File", "list item")
    test(dialog, "Signed in as Ada Lovelace")
    dialog.button("Create connection").click()
    program.gone("New Connection")
    assert command("test", "HaloPSA")[0] == 0
    frame = program.frame("Connections")
    frame.find("HaloPSA", "list item").click()
    page = program.frame("HaloPSA")
    page.button("Test Connection").click()
    page.says("Signed in as Ada Lovelace")
    simulator.stop()


def create_in_trouble(program, simulator, dialog, mode):
    """Create, while the keyring behaves so."""
    dialog.button("Create connection").click()
    if mode == "never":
        dialog.says("Waiting for the keyring…")
        begin = time.monotonic()
        key("Escape")
        program.gone("New Connection")
        assert time.monotonic() - begin < 2.5
    else:
        dialog.says("Nothing was saved. Everything you typed is still here.")
        assert dialog.entry("Client ID").text() == simulator.values["client_id"]
        assert len(dialog.entry("Client Secret").text()) == len(simulator.values["client_secret"])
        dialog.entry("Client ID").click()
        key("End", "x", "BackSpace")
        wait_for("the sentence to go", lambda: not dialog.is_saying("Nothing was saved."))
    assert not files()


def test_keyring_trouble(program, simulator):
    """Locked, dismissed, never answering: said with the remedy, nothing half-created, everything typed stays."""
    dialog = open_form(program)
    fill_in(dialog, "Client Credentials", simulator.values)
    for mode in ("locked", "dismiss", "never"):
        service = subprocess.Popen([MOCK, mode], stdout=subprocess.PIPE, text=True)
        try:
            service.stdout.readline()
            create_in_trouble(program, simulator, dialog, mode)
        finally:
            service.terminate()
            service.wait()


def test_menu(program, _simulator):
    """Keyboard Shortcuts and About open and close."""
    frame = program.frame("Connections")
    frame.raise_up()
    key("ctrl+question")
    program.frame("Keyboard Shortcuts")
    key("Escape")
    program.gone("Keyboard Shortcuts")
    frame.raise_up()
    key("F10")
    about = frame.find("About Plugboard", "menu item")
    wait_for("the menu's last entry", lambda: about.has(Atspi.StateType.FOCUSED) or key("Down"))
    key("Return")
    program.frame("About Plugboard")
    key("Escape")
    program.gone("About Plugboard")


NAME = "io.github.plugboard.Plugboard"
DAEMON = {"destination": "org.freedesktop.DBus", "path": "/org/freedesktop/DBus"}


def start_again(*arguments):
    """A second start while the program runs: its exit status, and what it says."""
    done = subprocess.run([WINDOW, *arguments], capture_output=True, text=True, check=False, timeout=10)
    return done.returncode, done.stdout + done.stderr


def bus(method, *arguments, destination=NAME, path="/" + NAME.replace(".", "/")):
    """Calls a method of the program, or of another name on the bus."""
    return subprocess.run(["gdbus", "call", "--session", "--dest", destination, "--object-path", path, "--method", method,
                           *arguments], capture_output=True, text=True, check=True, timeout=20).stdout


def services_folder():
    """Of what the bus starts; see with-keyring."""
    return pathlib.Path(os.environ["HOME"]).parent / "services"


def close_picker(program):
    """Leaves New Connection, where nothing is typed yet."""
    dialog = program.frame("New Connection")
    dialog.raise_up()
    key("Escape")
    program.gone("New Connection")


def test_second_start(program, _simulator):
    """A second start raises the window that is there, and ends."""
    window = program.frame("Connections").window()
    SCREEN.hide(window)
    wait_for("the window to be hidden", lambda: not SCREEN.window("Connections"))
    assert start_again() == (0, "")
    program.frame("Connections")
    wait_for("the window to be active", lambda: SCREEN.is_active(window))
    assert program.frames() == ["Connections"]


def test_second_start_adds(program, _simulator):
    """With --add it opens New Connection in the running one; what is being typed there stays."""
    assert start_again("--add") == (0, "")
    dialog = program.frame("New Connection")
    wait_for("the tiles", lambda: len(dialog.every(role="table cell")) > 4)
    search(dialog, "HaloITSM")
    wait_for("the search to narrow", lambda: len(dialog.every(role="table cell")) < 4)
    assert start_again("--add=halopsa") == (0, "")
    dialog.button("Create connection")
    assert dialog.entry("Name").text() == "HaloPSA"
    dialog.entry("Client ID").fill("typed")
    for arguments in (["--add"], ["--add", "okta"], ["--add=okta"]):
        assert start_again(*arguments) == (0, "")
        assert program.frames().count("New Connection") == 1
        assert dialog.entry("Client ID").text() == "typed"
    leave(program)


OWN = {"id": "acme", "name": "Acme", "categories": ["own-words"], "docs": "https://acme.test/docs", "methods": [{
    "id": "token", "label": "API Token", "parameters": [{"id": "token", "label": "Acme Token", "type": "secret"}],
    "server": {"url": "https://api.acme.test"},
    "auth": [{"type": "http", "scheme": "bearer", "token": "{token}"}],
    "test": {"request": {"url": "https://api.acme.test/me"}}}]}


def test_own_service(program, _simulator):
    """A definition of one's own counts as any other, in a program that has read them all and in one that has read none."""
    assert start_again("--add=acme")[0] == 3
    folder = pathlib.Path(os.environ["HOME"], os.environ.get("PLUG_DATA", ".local/share"), "plugboard/providers")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "acme.json").write_text(json.dumps(OWN), encoding="utf-8")
    assert start_again("--add") == (0, "")
    program.frame("New Connection").find("Acme", "table cell")
    close_picker(program)
    assert start_again("--add=acme") == (0, "")
    program.frame("New Connection").entry("Acme Token")
    close_picker(program)
    program.stop()
    other = Program(WINDOW, "--add=acme")
    other.frame("New Connection").entry("Acme Token")
    complaints = other.stop()
    assert not complaints, complaints


def test_unknown_service(program, _simulator):
    """An unknown service is told of on the terminal, and nothing opens."""
    status, text = start_again("--add=no-such\u202ething")
    assert status == 3 and "There is no service “no-such" in text and "\u202e" not in text, (status, text)
    assert "“plugboard providers” lists them." in text, text
    program.frame("Connections")
    assert program.frames() == ["Connections"]


def test_action(program, _simulator):
    """The desktop's action, as a shell calls it."""
    program.frame("Connections")
    bus("org.freedesktop.Application.ActivateAction", "add-connection", "[]", "{}")
    close_picker(program)
    bus("org.freedesktop.Application.ActivateAction", "add-connection-to", "[<'no-such-thing'>]", "{}")
    close_picker(program)
    bus("org.freedesktop.Application.Activate", "{}")
    assert program.frames() == ["Connections"]


def test_first_start_adds(program, _simulator):
    """With --add the first start opens New Connection over the window, and ends as ever."""
    program.stop()
    for arguments, is_form in ((["--add"], False), (["--add=halopsa"], True), (["--add", "halopsa"], True)):
        other = Program(WINDOW, *arguments)
        dialog = other.frame("New Connection")
        other.frame("Connections")
        if is_form:
            dialog.button("Create connection")
        close_picker(other)
        complaints = other.stop()
        assert not complaints, complaints
    status, text = start_again("--add=no-such-thing")
    assert status == 3, (status, text)


def test_activation(_program, _simulator):
    """The bus starts the program by its name for the desktop's action; the first step stopped the other one."""
    service = pathlib.Path(os.environ["PLUGBOARD_DATA_DIR"], NAME + ".service").read_text(encoding="utf-8")
    installed = next(line for line in service.splitlines() if line.startswith("Exec="))
    assert installed.endswith("/bin/plugboard-gtk --gapplication-service"), installed
    (services_folder() / (NAME + ".service")).write_text(
        service.replace(installed, f"Exec={os.path.abspath(WINDOW)} --gapplication-service"), encoding="utf-8")
    subprocess.run(["dbus-update-activation-environment", "--all"], check=True)
    bus("org.freedesktop.DBus.ReloadConfig", **DAEMON)
    bus("org.freedesktop.Application.ActivateAction", "add-connection", "[]", "{}")
    pid = int(bus("org.freedesktop.DBus.GetConnectionUnixProcessID", NAME, **DAEMON).split()[1].rstrip(",)"))
    program = Running(pid)
    program.frame("Connections")
    close_picker(program)
    program.frame("Connections").raise_up()
    key("ctrl+q")
    wait_for("its end", lambda: not pathlib.Path(f"/proc/{pid}").exists())


def use_settings(_program, _simulator):
    """From the next start on: large text, no animations, and high contrast, as their settings in the desktop have it."""
    settings = pathlib.Path(os.environ["HOME"], ".config/gtk-4.0/settings.ini")
    settings.parent.mkdir(parents=True)
    settings.write_text("[Settings]\ngtk-enable-animations=0\n", encoding="ascii")
    subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi: 154"], check=True)
    os.environ["ADW_DEBUG_HIGH_CONTRAST"] = "1"


# The flows of one start of the program each; the second start is the restart.
SUITES = {
    "flow": [
        [test_first_connection, test_password_method, test_too_early, test_refused_at_the_field, test_pasted_token_url,
         test_custom,
         test_cancel, test_origin, test_not_permitted, test_broken_files],
        [test_details, test_row, test_narrow, test_menu],
    ],
    "flatpak": [[test_first_connection, test_password_method], [test_details, test_row]],
    "wrong": [[test_wrong_values]],
    "hostile": [[test_carried, test_refused_texts]],
    "no-keyring": [[test_keyring_comes, test_no_keyring]],
    "keyring": [[test_keyring_trouble]],
    "tls": [[test_tls]],
    "desktop": [[test_second_start, test_second_start_adds, test_unknown_service, test_action],
                [test_own_service], [test_first_start_adds, test_activation]],
    "settings": [[use_settings], [test_first_connection, test_too_early, test_menu]],
    "wayland": [[test_first_connection, test_password_method, test_too_early], [test_details, test_row, test_menu]],
}


def attempt(name, step, *arguments):
    """Runs one step and tells how it went; TRUE when it went well."""
    begin = time.monotonic()
    try:
        step(*arguments)
    except Exception:  # pylint: disable=broad-except
        print(f"not ok {name}")
        print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
        if "PLUG_SCREENSHOTS" in os.environ:
            screenshot(os.path.join(os.environ["PLUG_SCREENSHOTS"], f"{step.__name__}.png"))
        return False
    print(f"ok {name} # {time.monotonic() - begin:.1f} s", flush=True)
    return True


def main():
    """Runs a suite, or the steps of it that are named, and prints TAP."""
    starts = SUITES[sys.argv[4]]
    wanted = sys.argv[5:]
    simulator = Simulator(SIMULATOR)
    good = True
    for start in starts:
        program = Program(WINDOW)
        for step in start:
            if wanted and step.__name__ not in wanted:
                continue
            if not attempt(step.__name__, step, program, simulator):
                good = False
                simulator.fault("none")
                program.stop()
                program = Program(WINDOW)
        complaints = program.stop()
        good = good and not complaints
        print(f"{'not ok' if complaints else 'ok'} silence of {start[0].__name__}")
        print("".join(f"# {line}\n" for line in complaints), end="", flush=True)
    simulator.stop()
    print(f"1..{sum(len(start) + 1 for start in starts)}" if not wanted else "", flush=True)
    return not good


if __name__ == "__main__":
    sys.exit(main())
