#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the window beside a simulator and prints what to type in: demo.py WINDOW SIMULATOR."""
import json
import subprocess
import sys

LABELS = {"api_address": "API Address", "client_id": "Client ID", "client_secret": "Client Secret",
          "username": "Username", "password": "Password", "tenant": "Tenant"}

with subprocess.Popen([sys.argv[2]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as simulator:
    values = json.loads(simulator.stdout.readline())
    print("A HaloPSA of its own runs on this machine until the window is closed. Its values:")
    for member, label in LABELS.items():
        print(f"  {label + ':':15}{values[member]}")
    status = subprocess.run([sys.argv[1]], check=False).returncode
    simulator.stdin.close()
sys.exit(status)
