#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The places where a desktop keeps its proxy, through GIO's own resolvers: test-system-proxy.py PROGRAM MAKE-CONNECTION,
run below tests/with-keyring. `--portal URI` is the portal that a Flatpak asks."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tap  # noqa: E402

PROGRAM = MAKE_CONNECTION = ""
SECRET = "s3cret-value-4711"
# No name of the Internet: should the proxy be forgotten, the secret stays here all the same.
HOST = "github.invalid"
ASKS = f"GitHub: Could not test. The proxy on the way to {HOST} wants a user name and a password.\n"

PORTAL_XML = """
<node>
  <interface name="org.freedesktop.portal.ProxyResolver">
    <method name="Lookup"><arg type="s" direction="in"/><arg type="as" direction="out"/></method>
    <property name="version" type="u" access="read"/>
  </interface>
</node>
"""


def run_portal(uri):
    """Answers with one proxy and prints what it is asked, until its standard input ends."""
    from gi.repository import Gio, GLib

    def call(_connection, _sender, _path, _interface, _method, parameters, invocation):
        print(parameters.unpack()[0], flush=True)
        invocation.return_value(GLib.Variant("(as)", ([uri],)))

    def get(*_arguments):
        return GLib.Variant("u", 1)

    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    interface = Gio.DBusNodeInfo.new_for_xml(PORTAL_XML).interfaces[0]
    bus.register_object("/org/freedesktop/portal/desktop", interface, call, get, None)
    loop = GLib.MainLoop()
    Gio.bus_own_name_on_connection(bus, "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: print("ready", flush=True), None)
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_HUP | GLib.IO_IN, lambda *_: loop.quit())
    loop.run()


class Proxy:
    """Writes down what it is asked, and wants a password."""

    def __init__(self):
        self.log = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                client.settimeout(10)
                head = b""
                while b"\r\n\r\n" not in head and (part := client.recv(4096)):
                    head += part
                self.log.append(head.decode())
                client.sendall(b"HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")


class SystemCase(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="plugboard-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.proxy = Proxy()
        self.addCleanup(self.proxy.listener.close)
        clean = {name: value for name, value in os.environ.items()
                 if not name.lower().endswith("_proxy") and name not in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP")}
        self.environment = {**clean, "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-warnings", "GSETTINGS_BACKEND": "keyfile",
                            **{f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in ("DATA", "STATE", "CONFIG")}}
        wanted = {"provider": "github", "method": "personal-access-token", "name": "GitHub",
                  "values": {"token": SECRET, "api": f"https://{HOST}"}}
        subprocess.run([MAKE_CONNECTION], env=self.environment, input=json.dumps(wanted).encode(), check=True, timeout=60)

    def run_test(self, **environment):
        result = subprocess.run([PROGRAM, "test", "GitHub"], env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                                capture_output=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 5, result)
        for output in (result.stdout.decode(), result.stderr.decode(), *self.proxy.log):
            self.assertNotIn(SECRET, output)
            self.assertNotIn("passw0rd", output)
        return result.stdout.decode()

    def assert_asked(self):
        self.assertEqual([head.split("\r\n")[0] for head in self.proxy.log], [f"CONNECT {HOST}:443 HTTP/1.1"])

    def test_environment(self):
        self.assertTrue(self.run_test(https_proxy=self.proxy.url).startswith(ASKS))
        self.assert_asked()

    def test_environment_excepts(self):
        self.assertNotIn("proxy", self.run_test(https_proxy=self.proxy.url, no_proxy=HOST))
        self.assertEqual(self.proxy.log, [])

    def write_settings(self, more=""):
        path = self.folder / "config/glib-2.0/settings/keyfile"
        path.parent.mkdir(parents=True)
        path.write_text(f"[system/proxy]\nmode='manual'\n{more}[system/proxy/https]\nhost='127.0.0.1'\nport={self.proxy.port}\n")

    def test_gnome(self):
        self.write_settings()
        self.assertTrue(self.run_test(XDG_CURRENT_DESKTOP="GNOME").startswith(ASKS))
        self.assert_asked()

    def test_gnome_excepts(self):
        self.write_settings(f"ignore-hosts=['{HOST}']\n")
        self.assertNotIn("proxy", self.run_test(XDG_CURRENT_DESKTOP="GNOME"))
        self.assertEqual(self.proxy.log, [])

    def test_portal(self):
        uri = self.proxy.url.replace("//", "//me:passw0rd@")
        with subprocess.Popen([__file__, "--portal", uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as portal:
            try:
                self.assertEqual(portal.stdout.readline(), "ready\n")
                self.assertTrue(self.run_test(GTK_USE_PORTAL="1").startswith(ASKS))
            finally:
                portal.stdin.close()
            self.assertEqual(portal.stdout.read(), f"https://{HOST}/\n")
        self.assert_asked()
        self.assertIn("\r\nProxy-Authorization: Basic bWU6cGFzc3cwcmQ=\r\n", self.proxy.log[0])


if __name__ == "__main__":
    if sys.argv[1] == "--portal":
        run_portal(sys.argv[2])
    else:
        PROGRAM, MAKE_CONNECTION = sys.argv[1:3]
        tap.main(__name__)
