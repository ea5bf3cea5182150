# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest cases of a module and speaks TAP, so that the test runner counts each of them."""
import sys
import unittest


class Result(unittest.TestResult):
    """Prints a line for each case as it ends."""

    def __init__(self):
        super().__init__()
        self.problems = {}

    def add_problem(self, test, error):
        self.problems.setdefault(test, []).append(self._exc_info_to_string(error, test))

    def addError(self, test, err):
        super().addError(test, err)
        self.add_problem(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.add_problem(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.problems.setdefault(test, []).append(f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def stopTest(self, test):
        super().stopTest(test)
        problems = self.problems.get(test, [])
        skipped = [reason for case, reason in self.skipped if case is test]
        line = f"{'not ' if problems else ''}ok {self.testsRun} {test.id().split('.', 1)[1]}"
        print(line + (f" # SKIP {skipped[0]}" if skipped else ""))
        for text in problems:
            print("\n".join("# " + part for part in text.splitlines()))
        sys.stdout.flush()


def main(module):
    """Runs every case of @module and ends the program."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    print(f"1..{suite.countTestCases()}")
    result = Result()
    suite.run(result)
    sys.exit(not result.wasSuccessful())
