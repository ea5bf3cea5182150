#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs two commands in interleaved pairs and prints the medians of what they measure, and their ratios.

    pairs.py [--pairs N] KEY=LIMIT… -- OURS… -- THEIRS…

Each command prints one JSON object as its last line. The order within a pair alternates, so that neither side always
runs on a warmer machine. A limit is one of the ratio, or of the figure itself where only ours has it; what is above its
limit is printed as such and makes the exit status 1.
"""
import json
import statistics
import subprocess
import sys


def measure(command):
    """One run: its figures by name."""
    result = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    if result.returncode != 0:
        sys.exit(f"{command[0]} ended with status {result.returncode}")
    return json.loads(result.stdout.strip().splitlines()[-1])


def judge(value, limit):
    """What is said of a limit, and whether it is kept."""
    if limit is None:
        return "", True
    return f" (limit {limit}: {'kept' if value <= limit else 'EXCEEDED'})", value <= limit


def report(key, figures, limit):
    """Prints one figure; TRUE when its limit is kept."""
    mine = statistics.median(figure[key] for figure in figures[0])
    if key not in figures[1][0]:
        verdict, good = judge(mine, limit)
        print(f"{key}: {mine:.1f}{verdict}")
        return good
    other = statistics.median(figure[key] for figure in figures[1])
    ratio = mine / other if other else float("inf")
    verdict, good = judge(ratio, limit)
    print(f"{key}: {mine:.1f} against {other:.1f}, ratio {ratio:.2f}{verdict}")
    return good


def main():
    """Runs the pairs and reports."""
    arguments = sys.argv[1:]
    pairs = 15
    if arguments[0] == "--pairs":
        pairs = int(arguments[1])
        arguments = arguments[2:]
    first = arguments.index("--")
    second = arguments.index("--", first + 1)
    limits = {key: float(value) for key, value in (limit.split("=") for limit in arguments[:first])}
    ours, theirs = arguments[first + 1:second], arguments[second + 1:]

    figures = ([], [])
    for command in (ours, theirs):
        measure(command)  # the first run of each only warms the caches
    for pair in range(pairs):
        for side in ((0, 1) if pair % 2 == 0 else (1, 0)):
            figures[side].append(measure((ours, theirs)[side]))
    sys.exit(0 if all([report(key, figures, limits.get(key)) for key in figures[0][0]]) else 1)


if __name__ == "__main__":
    main()
