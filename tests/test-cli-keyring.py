#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`plugboard test` with a real keyring: test-cli-keyring.py PROGRAM MAKE-CONNECTION, run below tests/with-keyring."""
import http.server
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tap  # noqa: E402

PROGRAM = MAKE_CONNECTION = ""
COLLECTION = "/org/freedesktop/secrets/collection/login"
SECRET = "s3cret-value-4711"
TOKEN = "t0ken.issued-0815"


class Service(http.server.ThreadingHTTPServer):
    """A HaloPSA on loopback that answers what a test tells it to."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.log = []
        self.hang = threading.Event()
        self.answers = {
            "/api/authinfo": (200, "application/json", json.dumps({"auth_url": self.origin + "/auth", "tenant_id": "acme"})),
            "/auth/token": (200, "application/json", json.dumps({"access_token": TOKEN, "token_type": "Bearer"})),
            "/api/agent/me": (200, "application/json", json.dumps({"id": 1, "name": "Ada Lovelace"})),
        }
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        path = self.path.split("?")[0]
        self.server.log.append((self.path, dict(self.headers), body))
        status, content_type, text = self.server.answers.get(path, (404, "text/plain", "not found"))
        if status == 0:
            self.server.hang.wait(30)
            return
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = answer


class Case(unittest.TestCase):
    """A service, folders, and a way to run the command line."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="plugboard-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.service = Service()
        self.addCleanup(self.service.server_close)
        self.addCleanup(self.service.shutdown)
        self.addCleanup(self.service.hang.set)
        self.environment = {**os.environ, "XDG_DATA_HOME": str(self.folder / "data"),
                            "XDG_STATE_HOME": str(self.folder / "state"), "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-warnings"}
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            self.environment.pop(name, None)

    def create(self, name, **changes):
        values = {"api_address": self.service.origin, "client_id": "client-1", "client_secret": SECRET, "scope": "all"}
        wanted = {"provider": "halopsa", "method": "client-credentials", "name": name, "values": {**values, **changes}}
        subprocess.run([MAKE_CONNECTION], env=self.environment, input=json.dumps(wanted).encode(), check=True, timeout=60)

    def run_cli(self, *arguments, status=0):
        result = subprocess.run([PROGRAM, *arguments], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
                                timeout=60, check=False)
        self.assertEqual(result.returncode, status, result)
        self.assert_no_secret(result.stdout + result.stderr)
        return result

    def assert_no_secret(self, output):
        for secret in (SECRET, TOKEN):
            self.assertNotIn(secret.encode(), output)


class KeyringCase(Case):
    def test_passed(self):
        self.create("Halo")
        result = self.run_cli("test", "halo")
        self.assertEqual(result.stdout, b"Halo: Passed. Signed in as Ada Lovelace.\n")
        entry = json.loads(self.run_cli("test", "Halo", "--json").stdout)[0]
        self.assertEqual((entry["name"], entry["outcome"], entry["reason"], entry["identity"], entry["status"]),
                         ("Halo", "passed", "none", "Ada Lovelace", 200))
        self.assertEqual([(step["step"], step["state"]) for step in entry["steps"]],
                         [("resolve", "passed"), ("sign-in", "passed"), ("read", "passed")])
        listed = json.loads(self.run_cli("list", "--json").stdout)[0]
        self.assertEqual((listed["outcome"], listed["reason"]), ("passed", "none"))
        self.assertRegex(listed["tested"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIn(SECRET, self.service.log[1][2])
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assert_no_secret(path.read_bytes())

    def test_statuses(self):
        rows = (
            ("/auth/token", (401, "application/json", json.dumps({"error": "invalid_client"})), 1, "refused", "invalid-client"),
            ("/auth/token", (401, "application/json",
                             json.dumps({"error": "invalid_client", "error_description": f"{SECRET} is wrong"})),
             1, "refused", "invalid-client"),
            ("/auth/token", (200, "text/html", "<!doctype html>"), 5, "not-reachable", "not-the-service"),
            ("/auth/token", (429, "application/json", "{}"), 5, "not-reachable", "busy"),
            ("/api/agent/me", (403, "text/plain", f"{TOKEN} may not"), 1, "not-permitted", "forbidden"),
            ("/api/authinfo", (200, "application/json", json.dumps({"auth_url": "https://auth.example.com/auth"})),
             5, "not-reachable", "origin-not-approved"),
        )
        self.create("Halo")
        answers = dict(self.service.answers)
        for path, answer, status, outcome, reason in rows:
            with self.subTest(path=path, answer=answer):
                self.service.answers = {**answers, path: answer}
                entry = json.loads(self.run_cli("test", "Halo", "--json", status=status).stdout)[0]
                self.assertEqual((entry["outcome"], entry["reason"]), (outcome, reason))
                self.assertTrue(entry["message"])

    def test_all(self):
        for name in ("One", "Two", "Three"):
            self.create(name)
        lines = self.run_cli("test", "--all").stdout.decode().splitlines()
        self.assertEqual([line.split(":")[0] for line in lines], ["One", "Three", "Two"])
        self.create("Zero", api_address="http://127.0.0.1:1")
        self.assertIn(b"Zero: Could not test. ", self.run_cli("test", "--all", status=5).stdout)

    def test_interrupt_and_argv(self):
        """While it waits for an answer: no secret in its arguments or environment; and a signal ends it at once."""
        self.create("Halo")
        self.service.answers["/auth/token"] = (0, "", "")
        with subprocess.Popen([PROGRAM, "test", "Halo"], env=self.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            deadline = time.monotonic() + 30
            while len(self.service.log) < 2 and time.monotonic() < deadline:
                time.sleep(0.02)
            for name in ("cmdline", "environ"):
                self.assert_no_secret(pathlib.Path(f"/proc/{process.pid}/{name}").read_bytes())
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            output = process.communicate(timeout=60)
        self.assertLess(time.monotonic() - started, 1)
        self.assertEqual((process.returncode, output[0]), (130, b""))

    def test_timeout(self):
        self.create("Halo")
        self.service.answers["/auth/token"] = (0, "", "")
        started = time.monotonic()
        entry = json.loads(self.run_cli("test", "Halo", "--timeout", "1", "--json", status=5).stdout)[0]
        self.assertLess(time.monotonic() - started, 5)
        self.assertEqual((entry["outcome"], entry["reason"]), ("not-reachable", "network"))

    def test_changed_outside(self):
        """Somebody sends the file's address elsewhere: nothing is sent."""
        self.create("Halo")
        path = next((self.folder / "data/plugboard/connections").glob("*.json"))
        path.write_text(path.read_text(encoding="utf-8").replace("127.0.0.1", "localhost"), encoding="utf-8")
        entry = json.loads(self.run_cli("test", "Halo", "--json", status=5).stdout)[0]
        self.assertEqual((entry["outcome"], entry["reason"]), ("not-reachable", "changed-outside"))
        self.assertEqual(self.service.log, [])


class LockedCase(Case):
    """Comes last, because nothing unlocks the keyring again."""

    def test_locked(self):
        """Without a display nobody can be asked to unlock: it says so, and soon."""
        self.create("Halo")
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path",
                        "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock", f"['{COLLECTION}']"],
                       check=True, stdout=subprocess.DEVNULL, timeout=60)
        started = time.monotonic()
        result = self.run_cli("test", "Halo", status=4)
        self.assertLess(time.monotonic() - started, 5)
        self.assertEqual(result.stdout, b"")
        self.assertIn("The keyring is locked.", result.stderr.decode())
        self.assertEqual(len(json.loads(self.run_cli("list", "--json").stdout)), 1)
        self.assertEqual(self.service.log, [])


if __name__ == "__main__":
    PROGRAM, MAKE_CONNECTION = sys.argv[1:]
    tap.main(__name__)
