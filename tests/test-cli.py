#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the command line as a script would: test-cli.py PROGRAM (see the end for the cases that need a keyring)."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tap  # noqa: E402

PROGRAM = os.environ.get("PLUGBOARD_PROGRAM", "")
PLANTED = "planted-secret-4711"
REVISION = "6f1ed002-ab58-4a5b-9d0c-0d3c2f3c1b5e"


def connection(name, **changes):
    """A connection's file as the store writes it."""
    content = {
        "format": 1, "name": name, "provider": "halopsa", "method": "client-credentials",
        "values": {"api_address": "https://example.halopsa.com", "client_id": "client-1", "scope": "all", "tenant": "acme"},
        "created": "2026-01-02T03:04:05Z", "modified": "2026-01-02T03:04:05Z", "secret": REVISION,
    }
    content.update(changes)
    return json.dumps(content)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="plugboard-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.connections = self.folder / "data/plugboard/connections"
        self.connections.mkdir(parents=True, mode=0o700)
        os.chmod(self.folder / "data/plugboard", 0o700)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-warnings",
            "XDG_DATA_HOME": str(self.folder / "data"), "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_RUNTIME_DIR": str(self.folder), "GIO_USE_VFS": "local",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/nobody",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def write(self, file_name, content):
        path = self.connections / file_name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(0o600)
        return path

    def run_cli(self, *arguments, status=0, **changes):
        environment = {**self.environment, **changes}
        result = subprocess.run([PROGRAM, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                                timeout=60, check=False)
        self.assertEqual(result.returncode, status, result)
        self.assertNotIn(PLANTED.encode(), result.stdout + result.stderr)
        return result

    def run_json(self, *arguments, **options):
        content = json.loads(self.run_cli(*arguments, "--json", **options).stdout)
        self.assertIsInstance(content, list)
        return content


class UsageCase(Case):
    def test_version(self):
        self.assertRegex(self.run_cli("--version").stdout, rb"^plugboard \d+\.\d+\.\d+\n$")

    def test_help(self):
        text = self.run_cli("--help").stdout
        for word in (b"list", b"show NAME", b"test NAME|--all", b"Exit status"):
            self.assertIn(word, text)
        for command in ("list", "show", "test"):
            text = self.run_cli(command, "--help").stdout
            self.assertIn(f"plugboard {command}".encode(), text)
            self.assertIn(b"--json", text)

    def test_wrong(self):
        for arguments in (["nothing"], ["--nothing"], ["list", "--nothing"], ["list", "name"], ["show"], ["show", "a", "b"],
                          ["test"], ["test", "a", "b"], ["test", "--all", "a"], ["test", "a", "--timeout", "0"],
                          ["test", "a", "--timeout", "3601"], ["test", "a", "--timeout", "soon"], ["show", b"\xff"]):
            with self.subTest(arguments):
                result = self.run_cli(*arguments, status=2)
                self.assertEqual(result.stdout, b"")
                self.assertTrue(result.stderr.startswith(b"plugboard: "), result.stderr)

    def test_escapes_what_was_typed(self):
        for arguments, status in ((["a\x1b[2J\u202e"], 2), (["show", "a\x1b[2J\u202e"], 3), (["test", "a\x1b[2J\u202e"], 3)):
            result = self.run_cli(*arguments, status=status)
            self.assertNotIn(b"\x1b", result.stderr)
            self.assertNotIn("\u202e".encode(), result.stderr)

    def test_links_no_gtk(self):
        libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, check=True).stdout
        for library in (b"libgtk", b"libadwaita", b"libgdk", b"libcurl", b"libsoup"):
            self.assertNotIn(library, libraries)

    def test_opens_the_window_beside_itself(self):
        program = self.folder / "plugboard"
        shutil.copy(PROGRAM, program)
        window = self.folder / "plugboard-gtk"
        window.write_text("#!/bin/sh\necho the window $#\n", encoding="ascii")
        window.chmod(0o755)
        result = subprocess.run([program], env=self.environment, capture_output=True, timeout=60, check=False)
        self.assertEqual((result.returncode, result.stdout), (0, b"the window 0\n"))

    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PROGRAM, "--version"], env=self.environment, stdout=full, stderr=subprocess.PIPE,
                                    timeout=60, check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn(b"could not be written", result.stderr)


class ListCase(Case):
    def test_nothing(self):
        self.assertEqual(self.run_cli("list").stdout, b"")
        self.assertEqual(self.run_json("list"), [])
        shutil.rmtree(self.folder / "data")
        self.assertEqual(self.run_json("list"), [])

    def test_sorted(self):
        for name in ("beta", "Alpha", "gamma"):
            self.write(name.lower() + ".json", connection(name))
        self.assertEqual([entry["name"] for entry in self.run_json("list")], ["Alpha", "beta", "gamma"])
        lines = self.run_cli("list").stdout.decode().splitlines()
        self.assertEqual(len(lines), 3)
        self.assertRegex(lines[0], r"^Alpha  HaloPSA  Client Credentials  Not tested$")
        self.assertRegex(lines[1], r"^beta   HaloPSA  ")

    def test_members(self):
        self.write("halo.json", connection("Halo"))
        self.assertEqual(self.run_json("list"), [{
            "name": "Halo", "provider": "halopsa", "method": "client-credentials", "state": "ok", "problem": None,
            "problem_details": None, "outcome": "not-tested", "reason": None, "tested": None}])

    def test_broken(self):
        self.write("empty.json", "")
        self.write("truncated.json", connection("truncated")[:50])
        self.write("nested.json", "[" * 100000)
        self.write("latin.json", b'{"format":1,"name":"\xff"}')
        self.write("newer.json", connection("newer", format=2))
        self.write("other.json", connection("other", provider="no-such-provider"))
        self.write("way.json", connection("way", method="no-such-method"))
        self.write("good.json", connection("good"))
        states = {entry["name"]: entry for entry in self.run_json("list")}
        self.assertEqual({name: entry["state"] for name, entry in states.items()}, {
            "empty": "broken", "truncated": "broken", "nested": "broken", "latin": "broken", "newer": "newer",
            "other": "no-provider", "way": "no-provider", "good": "ok"})
        for name, entry in states.items():
            self.assertEqual(entry["problem"] is None, name == "good")
        self.run_cli("list")
        for name, status in (("empty", 6), ("truncated", 6), ("nested", 6), ("latin", 6), ("newer", 6), ("other", 3),
                             ("way", 3), ("good", 0)):
            with self.subTest(name):
                self.run_cli("show", name, status=status)
                self.assertEqual(self.run_json("show", name, status=status)[0]["name"], name)
                if name != "good":
                    self.assertEqual(self.run_cli("test", name, status=status).stdout, b"")

    def test_hostile_text(self):
        name = "a\u009b2J\u202eb\u2066"
        self.write("hostile.json", connection("hostile", values={"api_address": "https://x\x1b[2J" + name}))
        self.write("id.json", connection("id", provider="x\x1b]0;y\x07" + name))
        for arguments in (["list"], ["list", "--json"], ["show", "hostile"], ["show", "hostile", "--json"]):
            output = self.run_cli(*arguments).stdout.decode()
            for character in "\x1b\x07\u009b\u202e\u2066":
                self.assertNotIn(character, output)

    def test_locales(self):
        self.write("umlaut.json", connection("Über"))
        expected = self.run_cli("list", "--json").stdout
        self.assertIn("Über".encode(), expected)
        for locale in ("C", "POSIX", "de_DE.UTF-8"):
            self.assertEqual(self.run_cli("list", "--json", LC_ALL=locale).stdout, expected)
            self.run_cli("list", LC_ALL=locale)
            self.run_cli("show", "über", LC_ALL=locale)


class ShowCase(Case):
    def test_values(self):
        self.write("halo.json", connection("Halo"))
        text = self.run_cli("show", "halo").stdout.decode()
        for line in ("Name: Halo", "Service: HaloPSA", "Method: Client Credentials", "Client ID: client-1",
                     "Client Secret: in the keyring", "Tenant: acme", "Outcome: Not tested"):
            self.assertIn(line + "\n", text)
        entry = self.run_json("show", "HALO")[0]
        self.assertEqual(entry["values"]["client_id"], "client-1")
        self.assertEqual(entry["secrets"], ["client_secret"])
        self.assertEqual(entry["created"], "2026-01-02T03:04:05Z")
        self.assertEqual(entry["file"], str(self.connections / "halo.json"))

    def test_planted_secret(self):
        """Somebody wrote a secret into the file by hand: no command repeats it (run_cli looks)."""
        self.write("halo.json", connection("Halo", values={"api_address": "https://example.halopsa.com",
                                                           "client_secret": PLANTED}))
        for command in ("show", "test"):
            for options in ([], ["--json"]):
                result = subprocess.run([PROGRAM, command, "Halo", *options], env=self.environment, capture_output=True,
                                        timeout=60, check=False)
                self.assertNotIn(PLANTED.encode(), result.stdout + result.stderr)

    def test_missing(self):
        result = self.run_cli("show", "nobody", status=3)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"nobody: There is no connection of this name.", result.stderr)


class VaultCase(Case):
    """What happens without a keyring."""

    def setUp(self):
        super().setUp()
        self.write("halo.json", connection("Halo"))

    def test_missing(self):
        result = self.run_cli("test", "Halo", status=4)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"plugboard: Halo: ", result.stderr)
        entry = self.run_json("test", "Halo", status=4)[0]
        self.assertEqual((entry["name"], entry["outcome"], entry["reason"]), ("Halo", "not-tested", None))
        self.assertTrue(entry["message"])

    def test_all_asks_once(self):
        for number in range(5):
            self.write(f"{number}.json", connection(str(number)))
        result = self.run_cli("test", "--all", status=4)
        self.assertEqual(len(result.stderr.splitlines()), 6)

    def test_nothing_to_test(self):
        (self.connections / "halo.json").unlink()
        self.assertEqual(self.run_cli("test", "--all").stdout, b"")
        self.assertEqual(self.run_json("test", "--all"), [])

    def open_silent_bus(self):
        """A session bus that takes calls and never answers."""
        silent = socket.socket(socket.AF_UNIX)
        self.addCleanup(silent.close)
        silent.bind(f"{self.folder}/silent")
        silent.listen()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.folder}/silent"

    def test_timeout(self):
        self.open_silent_bus()
        started = time.monotonic()
        result = self.run_cli("test", "Halo", "--timeout", "1", status=4)
        self.assertLess(time.monotonic() - started, 5)
        self.assertEqual(result.stdout, b"")

    def test_interrupt(self):
        self.open_silent_bus()
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with subprocess.Popen([PROGRAM, "test", "Halo"], env=self.environment, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                time.sleep(0.5)
                started = time.monotonic()
                process.send_signal(number)
                output = process.communicate(timeout=60)
            self.assertLess(time.monotonic() - started, 2)
            self.assertEqual((process.returncode, output[0]), (status, b""), output)


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    tap.main(__name__)
