#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""New Connection with 150, 1,000 and 10,000 services: picker.py PICKER OUR-WINDOW.

Prints the medians of interleaved runs, and how they grow; what is above its limit makes the exit status 1. The last part
starts the program beside a folder of 10,000 definitions and beside an empty one: without the picker, they cost nothing.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

COUNTS = (150, 1000, 10000)
RUNS = 5
FRAME_LIMIT_MS = 16
# At most linear.
GROWTH_LIMIT = 1.15
START_LIMIT = 1.05


def run(command, **environment):
    """One run: its figures by name."""
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env={**os.environ, **environment})
    return json.loads(result.stdout.strip().splitlines()[-1])


def judge(name, value, limit):
    """Prints a figure; TRUE when its limit is kept."""
    print(f"{name}: {value:.2f} (limit {limit}: {'kept' if value <= limit else 'EXCEEDED'})")
    return value <= limit


def measure_picker(picker):
    """The picker itself."""
    figures = {count: [] for count in COUNTS}
    for _ in range(RUNS):
        for count in COUNTS:
            figures[count].append(run([picker, str(count)]))
    medians = {count: {key: statistics.median(figure[key] for figure in figures[count]) for key in figures[count][0]}
               for count in COUNTS}
    for count in COUNTS:
        print(f"{count}: " + ", ".join(f"{key} {value:.1f}" for key, value in medians[count].items()))
    least, middle, most = (medians[count] for count in COUNTS)
    good = True
    for key in ("read_ms", "picker_ms", "pss_kib"):
        if most[key] <= 1.1 * least[key]:
            print(f"{key}: does not grow")
            continue
        growth = (most[key] - least[key]) / max(middle[key] - least[key], 1e-9)
        linear = (COUNTS[2] - COUNTS[0]) / (COUNTS[1] - COUNTS[0])
        good &= judge(f"{key}: growth from 1,000 to 10,000 against a linear one", growth / linear, GROWTH_LIMIT)
    for key in ("typing_frame_ms", "scrolling_frame_ms"):
        good &= judge(f"{key} at 10,000, 99th percentile", most[key], FRAME_LIMIT_MS)
    return good


def measure_start(our_window):
    """The program without the picker."""
    with tempfile.TemporaryDirectory() as name:
        empty, full = pathlib.Path(name, "empty"), pathlib.Path(name, "full")
        (full / "plugboard/providers").mkdir(parents=True)
        empty.mkdir()
        definition = {"name": "", "categories": ["own"], "docs": "https://acme.test", "methods": []}
        for number in range(COUNTS[2]):
            path = full / f"plugboard/providers/own-{number}.json"
            path.write_text(json.dumps({"id": f"own-{number}", **definition}))
        figures = {folder: [] for folder in (empty, full)}
        for _ in range(RUNS):
            for folder, runs in figures.items():
                runs.append(run([our_window], XDG_DATA_HOME=str(folder)))
    ratios = {key: statistics.median(f[key] for f in figures[full]) / statistics.median(f[key] for f in figures[empty])
              for key in ("first_frame_ms", "pss_kib")}
    return all([judge(f"{key} beside 10,000 definitions against none", ratio, START_LIMIT) for key, ratio in ratios.items()])


def main():
    """Both, whatever the first says."""
    results = [measure_picker(sys.argv[1]), measure_start(sys.argv[2])]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
