#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every language of po/LINGUAS against the sources: test-translations.py TOP."""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import po  # noqa: E402
import tap  # noqa: E402

TOP = pathlib.Path(sys.argv.pop(1))
# The providers whose every text a language translates; of the others, the labels that so many definitions share.
WHOLE = ("custom", "github", "halopsa", "jira-cloud", "okta")
SHARED = 3


def find_texts(definition):
    """Labels, and all texts, of a definition."""
    labels, others = set(), set()
    for method in definition["methods"]:
        labels.add(method["label"])
        for parameter in method["parameters"]:
            labels.add(parameter["label"])
            labels.update(option["label"] for option in parameter.get("options", []) if "label" in option)
            others.update(parameter[member] for member in ("placeholder", "help") if member in parameter)
        if "none" in method["test"]:
            others.add(method["test"]["none"])
    return labels, labels | others


def find_wanted():
    """The texts of providers that a language must translate."""
    counts, wanted = collections.Counter(), set()
    for path in (TOP / "data/providers").glob("*.json"):
        labels, texts = find_texts(json.loads(path.read_text("utf-8")))
        counts.update(labels)
        if path.stem in WHOLE:
            wanted |= texts
    return wanted | {label for label, count in counts.items() if count >= SHARED}


class Translations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="plugboard-test-")
        cls.addClassCleanup(cls.folder.cleanup)
        template = pathlib.Path(cls.folder.name, "plugboard.pot")
        po.extract(TOP, template)
        cls.template = {message.key(): message for message in po.read(template)}
        cls.languages = {name: po.read(TOP / f"po/{name}.po") for name in (TOP / "po/LINGUAS").read_text("utf-8").split()}

    def messages(self):
        for name, messages in self.languages.items():
            for message in messages[1:]:
                yield f"{name}.po: {message.key()}", message

    def test_msgfmt(self):
        """The format of the file, plural forms, printf formats."""
        for name in self.languages:
            done = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", TOP / f"po/{name}.po"],
                                  capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_formats_are_checked(self):
        """Whatever has a conversion is checked as a format, and a text of a provider never is one."""
        for message in self.template.values():
            if message.context == "provider":
                self.assertNotIn("c-format", message.flags, message.key())
            elif "%" in message.text:
                self.assertIn("c-format", message.flags, message.key())

    def test_plurals(self):
        """A number in a sentence that may be one is the number of a plural form."""
        for message in self.template.values():
            if re.search(r"%(\d\$)?[du] [a-z]{3,}s\b", message.text):
                self.assertIsNotNone(message.plural, message.key())

    def test_complete(self):
        """Every text of ours is translated, and the texts of providers that people meet most."""
        wanted = find_wanted()
        for where, message in self.messages():
            if message.context != "provider" or message.text in wanted:
                self.assertTrue(message.is_translated(), where)

    def test_up_to_date(self):
        """The file has the texts that the sources have: msgmerge brings them in."""
        for name, messages in self.languages.items():
            keys = {message.key() for message in messages}
            self.assertEqual(sorted(map(repr, self.template.keys() - keys)), [], name)
            self.assertEqual(sorted(map(repr, keys - self.template.keys())), [], name)

    def test_not_fuzzy(self):
        for where, message in self.messages():
            self.assertNotIn("fuzzy", message.flags, where)

    def test_mnemonics(self):
        """Where there is an underlined letter, there is one."""
        for where, message in self.messages():
            if re.match(r"_[A-Z]", message.text):
                self.assertEqual(message.translations[0].count("_"), 1, where)

    def test_german(self):
        """Typography."""
        for message in self.languages["de"][1:]:
            for text in message.translations.values():
                with self.subTest(text=text):
                    self.assertNotIn('"', text)
                    self.assertNotIn("...", text)
                    self.assertNotIn(" …", text)
                    self.assertNotIn(" - ", text)
                    self.assertIsNone(re.search(r"[“‘”]", re.sub(r"„[^„“]*“", "", text)))
                    self.assertNotRegex(text, r"%(\d\$)?[du] \w")


if __name__ == "__main__":
    tap.main("__main__")
