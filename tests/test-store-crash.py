#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the store at every point of every operation, and lets processes race: test-store-crash.py STORE-WORKER.
Needs a keyring, and a home of its own."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import uuid

WORKER = sys.argv[1]
DATA = pathlib.Path(os.environ["HOME"], ".local/share/plugboard")
STATE = pathlib.Path(os.environ["HOME"], ".local/state/plugboard")
POINTS = ("journal-begun", "item-stored", "temporary-made", "temporary-written", "linked", "published", "removed",
          "item-deleted")
results = []


def work(*arguments, crash=None):
    """Status and output of one operation."""
    environment = dict(os.environ)
    if crash:
        environment["PLUG_CRASH_AT"] = crash
    done = subprocess.run([WORKER, *arguments], stdout=subprocess.PIPE, text=True, env=environment, check=False)
    return done.returncode, done.stdout


def connections():
    """Revision and secret by name."""
    lines = (line.split("\t") for line in work("list")[1].splitlines())
    return {name: (revision, secret) for name, revision, secret in lines}


def revisions():
    """Those of all items in the keyring."""
    done = subprocess.run(["secret-tool", "search", "--all", "xdg:schema", "io.github.plugboard.Plugboard"],
                          capture_output=True, text=True, check=False)
    return sorted(line.split(" = ")[1] for line in (done.stdout + done.stderr).splitlines()
                  if line.startswith("attribute.revision"))


def pending():
    """Entries that wait for a recovery."""
    folder = STATE / "pending"
    return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(".")) if folder.is_dir() else []


def sweep():
    """Makes what a death in the middle of writing left an hour old; whether the next start removes it, and nothing else."""
    temporaries = [file for folder in (STATE / "pending", DATA / "connections") if folder.is_dir() for file in folder.glob(".*.tmp")]
    work("recover")
    young = all(file.exists() for file in temporaries)
    for file in temporaries:
        os.utime(file, (time.time() - 3700, time.time() - 3700))
    work("recover")
    return young and not any(file.exists() for file in temporaries)


def clear():
    """Nothing of an earlier case."""
    for name in list(connections()):
        work("delete", name)
    shutil.rmtree(STATE, ignore_errors=True)


def check(name, good, why=""):
    """Notes a result."""
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} {name}" + (f"\n# {why}" if not good else ""), flush=True)


def crash_at(operation, point, number):
    """One death; whether the operation got that far, and what is wrong afterwards."""
    name = f"Crash {uuid.uuid4().hex[:8]}"
    if operation != "create":
        assert work("create", name, "old-secret")[0] == 0
    arguments = (operation, name) if operation == "delete" else (operation, name, "new-secret")
    status, _ = work(*arguments, crash=f"{point}:{number}")
    if status != -signal.SIGKILL:
        clear()
        return False, None
    recovered = work("recover")
    there = connections()
    wrong = []
    if recovered[0] != 0:
        wrong.append(f"recovery failed: {recovered[1]}")
    secret = there.get(name, (None, None))[1]
    allowed = {"create": (None, "new-secret"), "replace": ("old-secret", "new-secret"), "delete": (None, "old-secret", "LOST")}
    if secret not in allowed[operation]:
        wrong.append(f"the secret is {secret}")
    if secret != "LOST" and revisions() != sorted(revision for revision, _ in there.values()):
        wrong.append(f"items {revisions()}, files {there}")
    if pending():
        wrong.append(f"pending: {pending()}")
    if not sweep():
        wrong.append("temporary files stay")
    # Whatever was left, the name can be used, and deleting ends it.
    if secret is None:
        status, output = work("create", name, "again")
        if status != 0:
            wrong.append(f"the name cannot be used: {output}")
    if work("delete", name)[0] != 0 or revisions() or connections():
        wrong.append("it cannot be deleted wholly")
    clear()
    return True, "; ".join(wrong)


def test_crashes():
    """Every operation at every point, as often as it is reached."""
    for operation in ("create", "replace", "delete"):
        reached = 0
        for point in POINTS:
            for number in range(1, 9):
                died, wrong = crash_at(operation, point, number)
                if not died:
                    break
                reached += 1
                check(f"{operation}/{point}-{number}", not wrong, wrong)
        check(f"{operation}/points", reached >= (2 if operation == "delete" else 5), f"only {reached} points were reached")


def test_race():
    """Eight processes create the same name at once: one wins, the others leave nothing."""
    workers = [subprocess.Popen([WORKER, "create", "Race" if i % 2 else "RACE", f"secret-{i}"], stdout=subprocess.PIPE, text=True)
               for i in range(8)]
    statuses = [(worker.wait(), worker.stdout.read()) for worker in workers]
    winners = [i for i, (status, _) in enumerate(statuses) if status == 0]
    there = connections()
    check("race/one-wins", len(winners) == 1 and [secret for _, secret in there.values()] == [f"secret-{winners[0]}"],
          f"{statuses} {there}")
    check("race/the-others-are-told", sum("plug-error" in output for _, output in statuses) == 7, str(statuses))
    check("race/nothing-is-left", revisions() == [revision for revision, _ in there.values()] and not pending(),
          f"{revisions()} {there} {pending()}")
    clear()


def test_watch():
    """What another process creates is there within a second."""
    with subprocess.Popen([WORKER, "watch", "Seen"], stdout=subprocess.PIPE, text=True) as watcher:
        watcher.stdout.readline()
        begin = time.monotonic()
        work("create", "Seen", "secret")
        created = (time.monotonic() - begin) * 1000
        seen = int(watcher.stdout.readline())
    check("watch/within-a-second", watcher.returncode == 0 and seen - created < 1000, f"{seen} ms, created after {created} ms")
    clear()


test_crashes()
test_race()
test_watch()
print(f"1..{len(results)}")
sys.exit(not all(results))
