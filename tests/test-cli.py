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


def translated_locale():
    """One in which texts are translated: newer versions of glibc do not in C.UTF-8, which may be the only one there is."""
    names = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.lower().split()
    return "en_US.UTF-8" if "en_us.utf8" in names else "C.UTF-8"


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


def definition(provider, name, **changes):
    """A definition as a user may write it."""
    content = {
        "id": provider, "name": name, "vendor": "Acme Ltd", "categories": ["itsm", "own-words"], "keywords": ["anvils"],
        "docs": "https://acme.test/docs", "icon": "monogram:ac",
        "methods": [{
            "id": "token", "label": "API Token", "recommended": True,
            "parameters": [{"id": "site", "label": "Site", "type": "hostname", "required": False, "advanced": True},
                           {"id": "token", "label": "Token", "type": "secret"}],
            "server": {"url": "https://api.acme.test"}, "headers": {"X-Site": "{site}"},
            "auth": [{"type": "http", "scheme": "bearer", "token": "{token}"}],
            "test": {"request": {"url": "https://api.acme.test/me"}, "verified": False},
        }],
    }
    content.update(changes)
    return json.dumps(content, indent=1)


class UsageCase(Case):
    def test_version(self):
        self.assertRegex(self.run_cli("--version").stdout, rb"^plugboard \d+\.\d+\.\d+\n$")

    def test_help(self):
        text = self.run_cli("--help").stdout
        for word in (b"list", b"show NAME", b"test NAME|--all", b"providers", "lint FILE…".encode(),
                     b"Exit status"):
            self.assertIn(word, text)
        for command in ("list", "show", "test"):
            text = self.run_cli(command, "--help").stdout
            self.assertIn(f"plugboard {command}".encode(), text)
            self.assertIn(b"--json", text)

    def test_wrong(self):
        for arguments in (["nothing"], ["--nothing"], ["list", "--nothing"], ["list", "name"], ["show"], ["show", "a", "b"],
                          ["lint"], ["lint", "--nothing"], ["providers", "name"], ["test"], ["test", "a", "b"], ["test", "--all", "a"], ["test", "a", "--timeout", "0"],
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


    def test_languages(self):
        """People read their language, and scripts read the same in all of them."""
        self.write("halo.json", connection("Halo"))
        german = {"LANGUAGE": "de", "LC_ALL": translated_locale(), "PLUGBOARD_LOCALE_DIR": str(pathlib.Path(PROGRAM).parents[2] / "po")}
        for arguments in (("list",), ("show", "Halo"), ("providers",)):
            self.assertEqual(self.run_cli(*arguments, "--json", **german).stdout, self.run_cli(*arguments, "--json").stdout)
        text = self.run_cli("show", "Halo", **german).stdout.decode()
        for line in ("Dienst: HaloPSA", "Methode: Client-Anmeldedaten", "Client-ID: client-1", "Mandant: acme"):
            self.assertIn(line + "\n", text)
        self.assertIn("Halo  HaloPSA  Client-Anmeldedaten  Nicht getestet\n", self.run_cli("list", **german).stdout.decode())
        self.assertIn("\n  lint DATEI…        Definitionen ", self.run_cli("--help", **german).stdout.decode())


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


class OwnCase(Case):
    """Definitions of the user's own."""

    def setUp(self):
        super().setUp()
        self.providers = self.folder / "data/plugboard/providers"
        self.providers.mkdir(mode=0o700)

    def save(self, file_name, content):
        path = self.providers / file_name
        path.write_text(content, encoding="utf-8")
        return path

    def lint(self, *arguments, status=6):
        result = self.run_cli("lint", *map(str, arguments), status=status)
        return result.stdout.decode().splitlines(), result.stderr.decode()


class LintCase(OwnCase):
    def test_right(self):
        one, other = self.save("acme.json", definition("acme", "Acme")), self.save("other.json", definition("other", "Other"))
        self.assertEqual(self.lint(one, other, status=0), ([f"{one}: no mistakes", f"{other}: no mistakes"], ""))

    def test_every_mistake(self):
        path = self.save("acme.json", definition("acme", "Acme", docs="http://acme.test", icon="acme", categories=[], tpyo=1))
        right = self.save("other.json", definition("other", "Other"))
        lines, errors = self.lint(path, right)
        self.assertEqual(errors, "")
        self.assertEqual(lines.pop(), f"{right}: no mistakes")
        self.assertEqual({line.split(": ")[1] for line in lines}, {"/categories", "/docs", "/icon", "/tpyo"})
        for line in lines:
            self.assertRegex(line, rf"^{path}:\d+:\d+: /[a-z]+: .")

    def test_at_once(self):
        """The schema's mistakes do not hide those of the rules, however many there are."""
        wrong = json.loads(definition("acme", "Acme"))
        method = wrong["methods"][0]
        method["parameters"] += [{"id": f"p{i}", "label": "P", "type": "string", "helpp": "x"} for i in range(25)]
        lines, _ = self.lint(self.save("acme.json", json.dumps(wrong, indent=1)))
        n = len(method["parameters"])
        self.assertEqual([line.split(": ", 1)[1] for line in lines], [
            text for i in range(n - 25, n) for text in (
                f"/methods/0/parameters/{i}: nothing uses this parameter",
                f"/methods/0/parameters/{i}/helpp: is not a member that belongs here")])

    def test_not_json(self):
        for content in ("", "{", "[1", "nonsense", "{\"a\": 1,}", "[" * 100000):
            path = self.save("acme.json", content)
            lines, errors = self.lint(path)
            self.assertEqual((len(lines), errors), (1, ""), content[:20])
            self.assertTrue(lines[0].startswith(f"{path}:1:"), lines)

    def test_large(self):
        path = self.save("acme.json", " " * (1024 * 1024 + 1))
        self.assertEqual(self.lint(path), ([f"{path}: is longer than 256 KiB, which no definition needs"], ""))

    def test_unreadable(self):
        right = self.save("acme.json", definition("acme", "Acme"))
        for path in (self.providers, self.providers / "nobody.json"):
            lines, errors = self.lint(path, right)
            self.assertEqual(lines, [f"{right}: no mistakes"])
            self.assertRegex(errors, rf"^plugboard: {path}: The file cannot be read: .+\n$")

    def test_taken(self):
        path = self.save("github.json", definition("github", "Okta"))
        lines, _ = self.lint(path)
        self.assertEqual([line.split(": ", 1)[1] for line in lines], [
            "/id: the built-in provider “GitHub” has the id “github”", "/name: could be taken for the built-in provider “Okta”"])
        lines, _ = self.lint("--built-in", path)
        self.assertEqual([line.split(": ")[1] for line in lines], ["/name"])
        path = self.save("github.json", definition("github", "GitHub"))
        self.assertEqual(self.lint("--built-in", path, status=0)[0], [f"{path}: no mistakes"])

    def test_hostile(self):
        """One line a mistake, and nothing that a terminal acts upon, whatever file and name hold."""
        name = "a\nb.json: no mistakes\x1b[2J\u202e.json"
        lines, _ = self.lint(self.save(name, definition("acme\x1b[2J", "Ac\u202eme\n")))
        self.assertGreaterEqual(len(lines), 2)
        for line in lines:
            self.assertRegex(line, r":\d+:\d+: /")
            self.assertNotRegex(line, "[\x1b\u202e]")


class ProvidersCase(OwnCase):
    def test_built_in(self):
        shutil.rmtree(self.providers)
        lines = self.run_cli("providers").stdout.decode().splitlines()
        halo = next(line for line in lines if line.startswith("halopsa "))
        self.assertRegex(halo, r"^halopsa +HaloPSA  +.*(itsm|psa).*  built in$")
        self.assertEqual(len(lines), len(self.run_json("providers")))

    def test_own(self):
        self.save("acme.json", definition("acme", "Äcme"))
        self.assertRegex(self.run_cli("providers").stdout.decode(), r"(?m)^acme +Äcme +itsm, own-words +your own$")
        providers = {provider["id"]: provider for provider in self.run_json("providers")}
        self.assertFalse(providers["halopsa"]["own"])
        self.assertEqual(providers["acme"], {
            "id": "acme", "name": "Äcme", "vendor": "Acme Ltd", "categories": ["itsm", "own-words"], "keywords": ["anvils"],
            "docs": "https://acme.test/docs", "icon": "monogram:ac", "own": True,
            "methods": [{"id": "token", "label": "API Token", "recommended": True, "parameters": [
                {"id": "site", "label": "Site", "type": "hostname", "required": False, "secret": False, "advanced": True},
                {"id": "token", "label": "Token", "type": "secret", "required": True, "secret": True, "advanced": False},
            ], "testable": True, "verified": False}]})

    def test_not_testable(self):
        content = json.loads(definition("acme", "Acme"))
        content["methods"][0]["test"] = {"none": "It would cost money."}
        self.save("acme.json", json.dumps(content))
        acme = next(provider for provider in self.run_json("providers") if provider["id"] == "acme")
        self.assertFalse(acme["methods"][0]["testable"])
        self.assertIsNone(acme["methods"][0].get("none"))

    def test_types(self):
        """Every parameter of every built-in service has a type that the format knows."""
        types = {parameter["type"] for provider in self.run_json("providers") for method in provider["methods"]
                 for parameter in method["parameters"]}
        self.assertLessEqual({"string", "secret", "hostname", "uri"}, types)
        self.assertLessEqual(types, {"string", "secret", "hostname", "uri", "email", "integer", "boolean", "enum", "pem",
                                     "path"})

    def test_broken(self):
        broken = self.save("broken.json", definition("broken", "Broken", docs=7))
        taken = self.save("okta.json", definition("okta", "Mine"))
        self.save("acme.json", definition("acme", "Acme"))
        for options in ([], ["--json"]):
            result = self.run_cli("providers", *options)
            self.assertIn(b"Acme", result.stdout)
            self.assertNotIn(b"Broken", result.stdout)
            errors = result.stderr.decode().splitlines()
            self.assertEqual(len(errors), 2)
            self.assertRegex(errors[0], rf"^plugboard: {broken}:\d+:\d+: /docs: must be of the type string$")
            self.assertRegex(errors[1], rf"^plugboard: {taken}:\d+:\d+: /id: the built-in provider “Okta” has the id")

    def test_connection(self):
        """A connection to a service of one's own, with its definition and without."""
        path = self.save("acme.json", definition("acme", "Acme"))
        self.write("mine.json", connection("Mine", provider="acme", method="token", values={}))
        self.assertEqual(self.run_json("list")[0]["state"], "ok")
        self.assertIn("Service: Acme\n", self.run_cli("show", "Mine").stdout.decode())
        path.unlink()
        self.assertEqual(self.run_json("list")[0]["state"], "no-provider")


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
