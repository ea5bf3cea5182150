#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs two commands in interleaved pairs and prints the medians of what they measure, and their ratios.

    pairs.py [--pairs N] [--wall] LIMIT,KEY=RATIO… -- OURS… -- THEIRS…

Each command prints one JSON object as its last line; with --wall nothing is read and the wall time of the process is
the only figure, `wall_ms`. The order within a pair alternates, so that neither side always runs on a warmer machine.
A ratio above its limit is printed as such and makes the exit status 1.
"""
import json
import statistics
import subprocess
import sys
import time


def measure(command, wall):
    """One run: its figures by name."""
    start = time.monotonic()
    result = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    elapsed = (time.monotonic() - start) * 1000
    if result.returncode != 0:
        sys.exit(f"{command[0]} ended with status {result.returncode}")
    return {"wall_ms": elapsed} if wall else json.loads(result.stdout.strip().splitlines()[-1])


def main():
    arguments = sys.argv[1:]
    pairs, wall = 15, False
    while arguments and arguments[0].startswith("--") and arguments[0] != "--":
        option = arguments.pop(0)
        if option == "--pairs":
            pairs = int(arguments.pop(0))
        elif option == "--wall":
            wall = True
        else:
            sys.exit(f"unknown option {option}")
    first = arguments.index("--")
    second = arguments.index("--", first + 1)
    limits = {key: float(value) for key, value in (limit.split("=") for limit in arguments[:first])}
    ours, theirs = arguments[first + 1:second], arguments[second + 1:]

    figures = ([], [])
    for command in (ours, theirs):
        measure(command, wall)  # the first run of each only warms the caches
    for pair in range(pairs):
        for side in ((0, 1) if pair % 2 == 0 else (1, 0)):
            figures[side].append(measure((ours, theirs)[side], wall))

    good = True
    for key in figures[0][0]:
        mine = statistics.median(figure[key] for figure in figures[0])
        if key not in figures[1][0]:
            print(f"{key}: {mine:.1f}")
            continue
        other = statistics.median(figure[key] for figure in figures[1])
        ratio = mine / other if other else float("inf")
        limit = limits.get(key)
        verdict = "" if limit is None else f" (limit {limit}: {'kept' if ratio <= limit else 'EXCEEDED'})"
        good = good and (limit is None or ratio <= limit)
        print(f"{key}: {mine:.1f} against {other:.1f}, ratio {ratio:.2f}{verdict}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
