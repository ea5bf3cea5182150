#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests every definition against a server that answers as the vendor's does.

    test-answers.py RUN-DRAFTS MAKE-CERTIFICATES DEFINITIONS ANSWERS [ID…]

The answers come from vendors' documentation and public clients, never from the definition: tests/answers/README.md. One
process stands for all services: a proxy that ends TLS itself, with a certificate for every host that occurs.
"""
import base64
import http.client
import json
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tap  # noqa: E402

PAGE = "<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Please log in to the network.</p></body></html>"
# What something else at the address says to everything.
FOREIGN = [
    {"text": PAGE, "headers": {"Content-Type": "text/html"}},
    {"json": {}},
    {"json": []},
    {"json": {"hello": "world"}},
    {"text": "OK", "headers": {"Content-Type": "text/plain"}},
    {"text": ""},
]
DEADLINE_S = 20


def fits_text(wanted, text):
    """An asterisk at the beginning or the end stands for anything."""
    if text is None:
        return False
    inner = wanted.strip("*") if len(wanted) > 1 else wanted
    if wanted == "*":
        return True
    if wanted.startswith("*") and wanted.endswith("*"):
        return inner in text
    if wanted.endswith("*"):
        return text.startswith(inner)
    if wanted.startswith("*"):
        return text.endswith(inner)
    return wanted == text


def fits_json(wanted, value):
    """Members that are wanted must be there; more may be."""
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(name in value and fits_json(inner, value[name]) for name, inner in wanted.items())
    if isinstance(wanted, list):
        return isinstance(value, list) and len(wanted) == len(value) and all(map(fits_json, wanted, value))
    if isinstance(wanted, str):
        return isinstance(value, str) and fits_text(wanted, value)
    return type(wanted) is type(value) and wanted == value


class Request:
    """What came over the wire."""

    def __init__(self, host, method, target, headers, body):
        self.method = method
        self.headers = headers
        self.body = body
        self.address = urllib.parse.urlsplit(f"https://{host}{target}")
        self.query = urllib.parse.parse_qs(self.address.query, keep_blank_values=True)

    def __str__(self):
        names = ", ".join(sorted(self.headers))
        return f"{self.method} {self.address.scheme}://{self.address.netloc}{self.address.path} (headers: {names})"

    def fits(self, rule):
        """Whether this is the request that a rule of the answers describes."""
        wanted = urllib.parse.urlsplit(rule["url"])
        query = urllib.parse.parse_qs(wanted.query, keep_blank_values=True)
        if self.method != rule.get("method", "GET") or self.address.netloc != wanted.netloc:
            return False
        if urllib.parse.unquote(self.address.path or "/") != urllib.parse.unquote(wanted.path or "/"):
            return False
        if not all(self.query.get(name) == values or (len(values) == 1 and any(fits_text(values[0], v) for v in self.query.get(name, [])))
                   for name, values in query.items()):
            return False
        headers = dict(rule.get("headers", {}))
        if "basic" in rule:
            headers["Authorization"] = "Basic " + base64.b64encode(rule["basic"].encode()).decode()
        if not all(fits_text(value, self.headers.get(name.lower())) for name, value in headers.items()):
            return False
        if "jwt" in rule and not fits_json(rule["jwt"], self.read_jwt()):
            return False
        return self.fits_body(rule)

    def read_jwt(self):
        """The claims of a signed JWT, wherever it stands; tests/test-sign-in.c checks the signature."""
        form = urllib.parse.parse_qs(self.body)
        tokens = [self.headers.get("authorization", "").removeprefix("Bearer "), *form.get("assertion", []),
                  *form.get("client_assertion", [])]
        for token in tokens:
            if token.startswith("eyJ") and token.count(".") == 2:
                claims = token.split(".")[1]
                return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        return {}

    def fits_body(self, rule):
        content_type = self.headers.get("content-type", "")
        if "form" in rule:
            form = urllib.parse.parse_qs(self.body, keep_blank_values=True)
            return content_type.startswith("application/x-www-form-urlencoded") and all(
                fits_text(value, form.get(name, [None])[0]) for name, value in rule["form"].items())
        if "json" in rule:
            try:
                return "json" in content_type and fits_json(rule["json"], json.loads(self.body))
            except ValueError:
                return False
        return "text" not in rule or fits_text(rule["text"], self.body)


class Proxy:
    """Takes CONNECT, ends TLS and answers by the rules of the moment; with an answer instead of rules, that to everything."""

    def __init__(self, folder):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "server.pem")
        self.context.load_verify_locations(folder / "authority.pem")
        self.context.verify_mode = ssl.CERT_OPTIONAL
        self.rules = []
        self.unknown = []
        self.used = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        client.settimeout(DEADLINE_S)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(1)
            host = head.split()[1].decode().removesuffix(":443")
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            with self.context.wrap_socket(client, server_side=True) as secure:
                stream = secure.makefile("rb")
                while self.answer(secure, stream, host):
                    pass
        except (OSError, IndexError):
            client.close()

    def answer(self, secure, stream, host):
        line = stream.readline().decode().split()
        if len(line) != 3:
            return False
        headers = {name.lower(): value for name, value in http.client.parse_headers(stream).items()}
        body = stream.read(int(headers.get("content-length", 0))).decode()
        request = Request(host, line[0], line[1], headers, body)
        answer = self.find(request)
        text = json.dumps(answer["json"]) if "json" in answer else answer.get("text", "")
        out = {name.lower(): value for name, value in answer.get("headers", {}).items()}
        if "json" in answer:
            out.setdefault("content-type", "application/json")
        out["content-length"] = str(len(text.encode()))
        status = answer.get("status", 200)
        lines = [f"HTTP/1.1 {status} Status"]
        for name, value in out.items():
            lines += [f"{name}: {part}" for part in (value if isinstance(value, list) else [value])]
        has_body = line[0] != "HEAD" and status not in (204, 304)
        secure.sendall(("\r\n".join(lines) + "\r\n\r\n" + (text if has_body else "")).encode())
        return True

    def find(self, request):
        if isinstance(self.rules, dict):
            return self.rules
        for rule in self.rules:
            if request.fits(rule["request"]):
                self.used.append(rule)
                return rule["answer"]
        self.unknown.append(str(request))
        return {"status": 418, "text": "The vendor documents no such request.", "headers": {"Content-Type": "text/plain"}}


class Case(unittest.TestCase):
    """One case for each method of each definition; the proxy and the program are shared by all of them."""

    proxy = runner = placeholders = None

    def run_draft(self, path, method, values, rules):
        self.proxy.rules = rules
        self.proxy.unknown = []
        self.proxy.used = []
        filled = {name: self.placeholders.get(value, value) if isinstance(value, str) else value for name, value in values.items()}
        line = json.dumps({"definition": str(path), "method": method, "values": filled})
        self.runner.stdin.write(line + "\n")
        self.runner.stdin.flush()
        verdict = json.loads(self.runner.stdout.readline())
        if verdict.get("problem"):
            self.fail(f"{path.name} {method}: the form takes no such {verdict['problem']}: {values.get(verdict['problem'])!r}")
        return verdict

    def check(self, path, method, answers, has_logout):
        rules = answers["service"]
        right = answers["right"]
        verdict = self.run_draft(path, method, right, rules)
        self.assertEqual((verdict["outcome"], self.proxy.unknown), ("passed", []), f"right credentials: {verdict}")
        self.assertEqual(verdict["identity"], answers["identity"])
        used = self.proxy.used
        last = used[-2 if has_logout else -1]

        verdict = self.run_draft(path, method, {**right, **answers["wrong"]}, rules)
        self.assertEqual((verdict["outcome"], self.proxy.unknown), ("refused", []), f"wrong credentials: {verdict}")
        self.assertNotEqual(verdict["blamed"], [], "a refusal that blames no field")
        if set(answers["denied"]) != {"none"}:
            verdict = self.run_draft(path, method, {**right, **answers["denied"]}, rules)
            self.assertEqual((verdict["outcome"], self.proxy.unknown), ("not-permitted", []), f"not permitted: {verdict}")

        passed = [text for foreign in FOREIGN for text in self.find_passed(path, method, right, rules, used, last, foreign)]
        self.assertEqual([text for text in passed if PAGE in text], [])
        if "indistinct" in answers:
            self.assertNotEqual(passed, [], "it can be told from anything else by now")
        else:
            self.assertEqual(passed, [])

    def find_passed(self, path, method, right, rules, used, last, foreign):
        """Where something that is not the service at all is taken for it."""
        if foreign == {"json": []} and isinstance(last["answer"].get("json"), list):
            return  # a list may be empty
        places = {"everywhere": foreign}
        if len(used) > 1:
            places["at the last address"] = [{**rule, "answer": foreign} if rule is last else rule for rule in rules]
        for place, answer in places.items():
            verdict = self.run_draft(path, method, right, answer)
            if verdict["outcome"] != "not-reachable":
                yield f"not the service at all, {foreign} {place}: {verdict}"


def make_test(path, method, answers, has_logout):
    def test(self):
        self.check(path, method, answers, has_logout)

    return test


def add_cases(definitions, fixtures, ids):
    """Every method that can be tested has answers, and every answer has its source."""
    hosts = set()
    for path in sorted(definitions.glob("*.json")):
        if ids and path.stem not in ids:
            continue
        definition = json.loads(path.read_text("utf-8"))
        testable = {method["id"]: method for method in definition["methods"] if "none" not in method["test"]}
        fixture = fixtures / path.name
        answers = json.loads(fixture.read_text("utf-8"))["methods"] if fixture.exists() else {}
        for method in sorted({*testable, *answers}):
            name = f"test_{path.stem}_{method}".replace("-", "_")
            if method not in testable or method not in answers:
                setattr(Case, name, lambda self, m=method: self.fail(f"the method {m} is in one of the two files only"))
                continue
            setattr(Case, name, make_test(path, method, answers[method],
                                          any("logout" in scheme for scheme in testable[method]["auth"])))
            for rule in answers[method]["service"]:
                assert rule["source"], f"{fixture}: an answer without source"
                hosts.add(urllib.parse.urlsplit(rule["request"]["url"]).hostname)
    return sorted(hosts)


def main():
    run_drafts, make_certificates, definitions, fixtures = sys.argv[1:5]
    hosts = add_cases(pathlib.Path(definitions), pathlib.Path(fixtures), sys.argv[5:])
    with tempfile.TemporaryDirectory(prefix="plugboard-test-") as name:
        folder = pathlib.Path(name)
        subprocess.run([make_certificates, name, *hosts], check=True)
        Case.placeholders = {"@rsa@": (folder / "rsa.pem").read_text(), "@ec@": (folder / "ec.pem").read_text(),
                             "@certificate@": (folder / "client.pem").read_text().split("-----BEGIN PRIVATE")[0]}
        Case.proxy = Proxy(folder)
        Case.runner = subprocess.Popen([run_drafts, folder / "authority.pem", Case.proxy.url], text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            tap.main(__name__)
        finally:
            Case.runner.stdin.close()
            Case.runner.wait(DEADLINE_S)
            Case.proxy.listener.close()


if __name__ == "__main__":
    main()
