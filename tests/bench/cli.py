#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times `plugboard test` against one curl process that makes the same three requests over TLS:
cli.py PLUGBOARD MAKE-CONNECTION SIMULATOR. Needs a keyring."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

PLUGBOARD, MAKE_CONNECTION, SIMULATOR = sys.argv[1:4]
PAIRS = str(pathlib.Path(__file__).with_name("pairs.py"))


def write_config(path, values):
    """What curl does: one connection, three requests."""
    form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": values["client_id"],
                                   "client_secret": values["client_secret"], "scope": "all"})
    common = [f'cacert = "{values["authorities"]}"', 'output = "/dev/null"', "silent"]
    requests = [
        [f'url = "{values["api_address"]}/api/authinfo"'],
        [f'url = "{values["token_url"]}"', f'data = "{form}"'],
        [f'url = "{values["api_address"]}/api/agent/me"', 'header = "Authorization: Bearer none"'],
    ]
    path.write_text("\nnext\n".join("\n".join(common + request) for request in requests), encoding="utf-8")


def main():
    """Sets up, and lets the pairs run."""
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
            [SIMULATOR, "--tls", "good"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as simulator:
        values = json.loads(simulator.stdout.readline())
        config = pathlib.Path(folder, "requests")
        write_config(config, values)
        connection = {"provider": "halopsa", "method": "client-credentials", "name": "Bench",
                      "authorities": values["authorities"],
                      "values": {name: values[name] for name in ("api_address", "client_id", "client_secret", "tenant")}}
        subprocess.run([MAKE_CONNECTION], input=json.dumps(connection), text=True, check=True, stdout=subprocess.DEVNULL)
        print("start-up alone (plugboard --version against curl --version):", flush=True)
        subprocess.run([sys.executable, PAIRS, "--wall", "--", PLUGBOARD, "--version", "--", "curl", "--version"],
                       check=False, stderr=subprocess.DEVNULL)
        connection["name"] = "Nobody listens"
        connection["values"]["api_address"] = "https://localhost:1"
        subprocess.run([MAKE_CONNECTION], input=json.dumps(connection), text=True, check=True, stdout=subprocess.DEVNULL)
        print("start-up with the keyring opened and libcurl loaded (a service where nobody listens, against the whole):", flush=True)
        subprocess.run([sys.executable, PAIRS, "--wall", "--", "sh", "-c", f"{PLUGBOARD} test 'Nobody listens'; true",
                        "--", "sh", "-c", f"{PLUGBOARD} test Bench; true"], check=False, stderr=subprocess.DEVNULL)
        print("three requests:", flush=True)
        status = subprocess.run([sys.executable, PAIRS, "--wall", "--", PLUGBOARD, "test", "Bench",
                                 "--", "curl", "-K", str(config)], check=False).returncode
        simulator.stdin.close()
    return status


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
