#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times `plugboard test` against one curl process that makes the same three requests over TLS:
cli.py PLUGBOARD MAKE-CONNECTION SIMULATOR. Needs a keyring."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

PLUGBOARD, MAKE_CONNECTION, SIMULATOR = sys.argv[1:4]
PAIRS = 15
LIMIT = 1.15


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


def wall_ms(command, status):
    """How long a process takes that ends with that exit status."""
    begin = time.monotonic()
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    elapsed = (time.monotonic() - begin) * 1000
    if ended != status:
        sys.exit(f"{command[0]} ended with status {ended}")
    return elapsed


def compare(ours, idle, theirs):
    """The median of each, interleaved. A test of a service where nobody listens is start-up: the keyring is opened and
    libcurl loaded. TRUE when ours takes no longer than that and curl's time with the limit."""
    runs = ((ours, 0), (idle, 5), (theirs, 0))
    times = [[], [], []]
    for run in runs:
        wall_ms(*run)  # the first run of each only warms the caches
    for turn in range(PAIRS):
        for side in (range(3) if turn % 2 == 0 else reversed(range(3))):
            times[side].append(wall_ms(*runs[side]))
    whole, start_up, curl = map(statistics.median, times)
    allowed = start_up + LIMIT * curl
    print(f"wall_ms: {whole:.1f}, of which start-up {start_up:.1f}; curl {curl:.1f}; allowed {allowed:.1f}: "
          f"{'kept' if whole <= allowed else 'EXCEEDED'}; requests alone {(whole - start_up) / curl:.2f} of curl")
    return whole <= allowed


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
        connection["name"] = "Nobody listens"
        connection["values"]["api_address"] = "https://localhost:1"
        subprocess.run([MAKE_CONNECTION], input=json.dumps(connection), text=True, check=True, stdout=subprocess.DEVNULL)
        good = compare([PLUGBOARD, "test", "Bench"], [PLUGBOARD, "test", "Nobody listens"], ["curl", "-K", str(config)])
        simulator.stdin.close()
    return 0 if good else 1


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
