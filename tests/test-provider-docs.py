#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads every example of docs/providers.md.

    test-provider-docs.py LOAD-DEFINITION SCHEMA PAGE

A block of JSON is a definition, or it stands below a comment that says what else it is: members of a method, which are
put into the method of the first example; of those that are refused, the comment has the place and words of the reason.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tap  # noqa: E402

BLOCK = re.compile(r"(?:^<!-- (?P<mark>[^\n]+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
MEMBERS = "members of a method"
REFUSED = re.compile(r"refused members of a method: (?P<pointer>\S+), (?P<words>.+)")


class Case(unittest.TestCase):
    program = None
    schema = None
    page = None

    def load(self, definition):
        """The loader's mistakes."""
        line = json.dumps({"text": json.dumps(definition), "file": f"{definition['id']}.json"})
        done = subprocess.run([self.program], input=line + "\n", text=True, capture_output=True, check=True)
        return json.loads(done.stdout)["mistakes"]

    def find_blocks(self):
        """Each example with its mark, and where it stands."""
        for block in BLOCK.finditer(self.page):
            self.assertEqual(block["language"], "json", "a block of another language")
            line = self.page.count("\n", 0, block.start()) + 1
            yield line, block["mark"], json.loads(block["text"])

    def complete(self, first, members):
        """The definition of the first example, with these members in its method."""
        definition = copy.deepcopy(first)
        definition["methods"][0].update(members)
        return definition

    def test_examples(self):
        blocks = list(self.find_blocks())
        self.assertGreaterEqual(len(blocks), 15)
        first = blocks[0][2]
        for line, mark, value in blocks:
            with self.subTest(f"line {line}"):
                refused = REFUSED.fullmatch(mark or "")
                if refused:
                    mistakes = self.load(self.complete(first, value))
                    self.assertEqual([mistake["pointer"] for mistake in mistakes], [refused["pointer"]])
                    self.assertIn(refused["words"], mistakes[0]["reason"])
                    continue
                self.assertIn(mark, (None, MEMBERS))
                self.assertEqual(self.load(value if mark is None else self.complete(first, value)), [])

    def test_mistake(self):
        """What the page says of a mistake in its first example is what the program says."""
        said = re.search(r"^    acme\.json:(\d+):\d+: (\S+): (.+)$", self.page, re.MULTILINE)
        block = next(BLOCK.finditer(self.page))
        text = block["text"].replace('"type": "secret"', '"type": "string"')
        line = json.dumps({"text": text, "file": "acme.json"})
        done = subprocess.run([self.program], input=line + "\n", text=True, capture_output=True, check=True)
        self.assertEqual(json.loads(done.stdout)["mistakes"],
                         [{"pointer": said[2], "line": int(said[1]), "reason": said[3]}])

    def test_kinds(self):
        """There is an example of each kind of sign-in, and a word on each type of parameter."""
        text = "\n".join(json.dumps(value) for _, _, value in self.find_blocks())
        for branch in self.schema["$defs"]["scheme"]["oneOf"]:
            kind = self.schema["$defs"][branch["$ref"].rpartition("/")[2]]["properties"]["type"]["const"]
            self.assertIn(f'"type": "{kind}"', self.page if kind == "none" else text)
        for kind in self.schema["$defs"]["parameter"]["properties"]["type"]["enum"]:
            self.assertIn(f"`{kind}`", self.page)

    def test_signatures(self):
        """The sentence about signatures names each vendor's."""
        sentence = re.search(r"^\*\*Amazon's signature\*\*.*?:$", self.page, re.MULTILINE | re.DOTALL)[0].lower()
        for algorithm in self.schema["$defs"]["signature"]["properties"]["algorithm"]["enum"]:
            self.assertIn(algorithm.replace("-", " ").removesuffix(" edgegrid"), sentence)


def main():
    program, schema, page = sys.argv[1:4]
    Case.program = program
    Case.schema = json.loads(pathlib.Path(schema).read_text("utf-8"))
    Case.page = pathlib.Path(page).read_text("utf-8")
    tap.main(__name__)


if __name__ == "__main__":
    main()
