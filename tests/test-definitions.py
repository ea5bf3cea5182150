#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the published schema and the program agree on what a definition is.

    test-definitions.py LOAD-DEFINITION SCHEMA CORPUS PROVIDERS

The corpus has three folders: what is right, what the schema refuses, and what only the rules refuse; "expected.json"
says where. A definition's id is the name of its file. There are three judges: the Python package jsonschema,
plug-schema.c and the loader.
"""
import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import unittest
import urllib.parse

try:
    import jsonschema
except ImportError:
    # GNOME's SDK does not have it; wherever build-aux/check has installed what it names, it is there.
    print("1..0 # SKIP the Python package jsonschema, one of the judges, is not installed")
    sys.exit()

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tap  # noqa: E402

N_MUTATIONS = 2000
N_AT_ONCE = 50  # the program works on them while the package does; few enough for a pipe to hold the answers
SEED = 7
# Two mistakes in one: the copy replaces something, or the value names a variable.
MAY_SAY_MORE = ", which may be more than one mistake"
# What a member of another type may hold.
VALUES = [None, True, False, 0, 1, -1, 1.5, 10**20, "", "x", "a\n", "{", "{token}", "https://x"]
VALUES += [[], ["x"], {}, {"x": 1}]
# Catalogues of other services, and products that document what they connect to: their pages may be a source, but the page
# that a person is sent to is the vendor's. The second word begins the ids that are of that vendor itself.
CATALOGUES = {
    "api-evangelist.github.io": None,
    "apitracker.io": None,
    "apis.io": None,
    "axonius.com": "axonius",
    "blinkops.com": "blink",
    "d3security.com": "d3",
    "docs.rs": None,
    "elastic.co": "elastic",
    "glama.ai": None,
    "n8n.io": "n8n",
    "nango.dev": "nango",
    "neoagent.io": "neoagent",
    "npmjs.com": None,
    "postman.com": "postman",
    "powershellgallery.com": None,
    "pulumi.com": "pulumi",
    "pypi.org": None,
    "raw.githubusercontent.com": None,
    "registry.terraform.io": None,
    "serval.com": "serval",
    "stitchflow.com": "stitchflow",
    "swimlane.com": "swimlane",
    "tines.com": "tines",
    "torq.io": "torq",
    "tracecat.com": "tracecat",
    "xsoar.pan.dev": "cortex-xsoar",
}


def check_pattern(validator, pattern, instance, schema):
    """The package matches as Python does, where $ also fits before a line end at the end; JSON Schema is ECMA-262."""
    if validator.is_type(instance, "string") and not re.search(re.sub(r"\$$|\$(?=\))", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


class Judges:
    """Asks all three."""

    def __init__(self, program, schema):
        validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": check_pattern})
        validator.check_schema(schema)
        self.validator = validator(schema)
        self.process = subprocess.Popen([program], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, text, file, built_in=False):
        self.process.stdin.write(json.dumps({"text": text, "file": file, "builtIn": built_in}) + "\n")
        self.process.stdin.flush()

    def receive(self):
        """What plug-schema.c and the loader say, in the order of what was sent."""
        line = self.process.stdout.readline()
        assert line, "load-definition has ended"
        return json.loads(line)

    def refuses(self, definition):
        """The first mistake that the package finds, or None."""
        return next(self.validator.iter_errors(definition), None)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(20)


def read_folder(folder):
    """The definitions of a folder of the corpus: name → text."""
    paths = sorted(folder.glob("*.json"), key=lambda path: path.stem)
    return {path.stem: path.read_text("utf-8") for path in paths if path.name != "expected.json"}


def read_expected(folder):
    return json.loads((folder / "expected.json").read_text("utf-8"))


def is_within(host, domain):
    return host == domain or host.endswith(f".{domain}")


class Coverage:
    """Which of a schema's members and choices instances have made use of."""

    def __init__(self, schema):
        self.schema = schema
        self.validator = jsonschema.Draft202012Validator(schema)
        self.used = set()

    def resolve(self, node):
        """What a bare reference stands for."""
        return self.resolve(self.follow(node)) if "$ref" in node and set(node) <= {"$ref", "description"} else node

    def follow(self, node):
        return self.schema["$defs"][node["$ref"].rpartition("/")[2]]

    def find_all(self, node, place="", seen=None):
        """Every member, and every value of an enum, by its place in the schema."""
        seen = set() if seen is None else seen
        for name, member in node.get("properties", {}).items():
            yield f"{place}/{name}"
            yield from self.find_all(member, f"{place}/{name}", seen)
        for value in node.get("enum", []):
            yield f"{place}={json.dumps(value)}"
        for keyword in ("items", "additionalProperties"):
            if isinstance(node.get(keyword), dict):
                yield from self.find_all(node[keyword], f"{place}/*", seen)
        for i, branch in enumerate(node.get("oneOf", [])):
            yield from self.find_all(branch, f"{place}|{i}", seen)
        if "$ref" in node and node["$ref"] not in seen:
            seen.add(node["$ref"])
            yield from self.find_all(self.follow(node), node["$ref"], seen)

    def visit(self, node, instance, place=""):
        if isinstance(instance, dict):
            for name, value in instance.items():
                if name in node.get("properties", {}):
                    self.used.add(f"{place}/{name}")
                    self.visit(node["properties"][name], value, f"{place}/{name}")
                elif isinstance(node.get("additionalProperties"), dict):
                    self.visit(node["additionalProperties"], value, f"{place}/*")
        if isinstance(instance, list) and isinstance(node.get("items"), dict):
            for value in instance:
                self.visit(node["items"], value, f"{place}/*")
        if "enum" in node:
            self.used.add(f"{place}={json.dumps(instance)}")
        for i, branch in enumerate(node.get("oneOf", [])):
            if self.validator.evolve(schema=branch).is_valid(instance):
                self.visit(branch, instance, f"{place}|{i}")
        if "$ref" in node:
            self.visit(self.follow(node), instance, node["$ref"])


def list_places(value, place=()):
    """Every member and entry below @value, as the way to it."""
    if isinstance(value, dict):
        items = value.items()
    else:
        items = enumerate(value) if isinstance(value, list) else []
    for key, inner in items:
        yield (*place, key)
        yield from list_places(inner, (*place, key))


def mutate(definition, chance):
    """Deletes, duplicates or retypes one member; says what it did."""
    place = chance.choice(list(list_places(definition)))
    parent = definition
    for key in place[:-1]:
        parent = parent[key]
    key = place[-1]
    kind = chance.choice(("delete", "duplicate", "retype"))
    if kind == "delete":
        del parent[key]
    elif kind == "retype":
        parent[key] = copy.deepcopy(chance.choice(VALUES))
    elif isinstance(parent, list):
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(parent[key]))
    else:
        other = chance.choice([*parent, "another"])
        parent[other] = copy.deepcopy(parent[key])
    more = kind == "duplicate" or (kind == "retype" and parent[key] == "{token}")
    return f"{kind} {'/'.join(map(str, place))}{MAY_SAY_MORE if more else ''}"


class Case(unittest.TestCase):
    judges = None
    schema = None
    corpus = None
    providers = None

    def judge(self, name, text, built_in=False):
        """The three verdicts: the package's first mistake or None, plug-schema.c's pointers, the loader's mistakes."""
        self.judges.send(text, f"{name}.json", built_in)
        verdict = self.judges.receive()
        return self.judges.refuses(json.loads(text)), verdict["schema"], verdict["mistakes"]

    def test_schema(self):
        """Draft 2020-12; nothing that is not used, and words for every member."""
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        self.assertNotIn("$id", self.schema)
        text = json.dumps(self.schema)
        for name, node in self.schema["$defs"].items():
            self.assertIn(f'"#/$defs/{name}"', text, f"nothing uses {name}")

        def check(node, place):
            for name, member in node.get("properties", {}).items():
                words = member.get("description") or Coverage(self.schema).resolve(member).get("description")
                self.assertTrue(words, f"{place}/{name} has no description")
            for name, inner in node.items():
                if isinstance(inner, dict):
                    check(inner, f"{place}/{name}")
                for i, branch in enumerate(inner if isinstance(inner, list) else []):
                    if isinstance(branch, dict):
                        check(branch, f"{place}/{name}/{i}")

        check(self.schema, "")

    def test_right(self):
        definitions = read_folder(self.corpus / "right")
        self.assertGreaterEqual(len(definitions), 40)
        for name, text in definitions.items():
            with self.subTest(name):
                self.assertEqual(self.judge(name, text, name.startswith("built-in")), (None, [], []))

    def test_right_is_complete(self):
        """Every member of the format, and every choice it leaves, occurs in what is right."""
        coverage = Coverage(self.schema)
        for text in read_folder(self.corpus / "right").values():
            coverage.visit(self.schema, json.loads(text))
        self.assertEqual(sorted(set(coverage.find_all(self.schema)) - coverage.used), [])

    def test_wrong(self):
        """One mistake each, which every judge sees; the loader says where."""
        folder = self.corpus / "wrong"
        definitions, expected = read_folder(folder), read_expected(folder)
        self.assertEqual(list(definitions), sorted(expected))
        self.assertGreaterEqual(len(definitions), 120)
        for name, text in definitions.items():
            with self.subTest(name):
                error, pointers, mistakes = self.judge(name, text, True)
                self.assertIsNotNone(error)
                self.assertIn(expected[name], pointers)
                self.assertEqual([mistake["pointer"] for mistake in mistakes], [expected[name]], mistakes)
                self.assertGreater(mistakes[0]["line"], 0)

    def test_wrong_by_rule(self):
        """Nothing a schema could say."""
        folder = self.corpus / "wrong-by-rule"
        definitions, expected = read_folder(folder), read_expected(folder)
        self.assertEqual(list(definitions), sorted(expected))
        self.assertGreaterEqual(len(definitions), 40)
        for name, text in definitions.items():
            with self.subTest(name):
                error, pointers, mistakes = self.judge(name, text)
                self.assertEqual((error, pointers), (None, []))
                self.assertEqual([mistake["pointer"] for mistake in mistakes], [expected[name]["pointer"]], mistakes)
                self.assertIn(expected[name]["word"], mistakes[0]["reason"])
                self.assertGreater(mistakes[0]["line"], 0)

    def test_built_in(self):
        definitions = read_folder(self.providers)
        self.assertGreater(len(definitions), 0)
        for name, text in definitions.items():
            with self.subTest(name):
                self.assertEqual(self.judge(name, text, True), (None, [], []))

    def test_docs_are_the_vendors(self):
        """The page that a person is sent to, of the provider and of each method."""
        for name, text in read_folder(self.providers).items():
            definition = json.loads(text)
            for node in (definition, *definition["methods"]):
                host = urllib.parse.urlsplit(node.get("docs", definition["docs"])).hostname
                for catalogue, own in CATALOGUES.items():
                    with self.subTest(name, method=node["id"], host=host):
                        is_own = own is not None and name.startswith(own)
                        self.assertFalse(is_within(host, catalogue) and not is_own)

    def test_mutations(self):
        """Both schema validators agree on whatever chance makes of a definition, and the loader takes nothing that they
        refuse. It says nothing that only follows: of what was right but for one value, it tells what the schema tells."""
        definitions = {name: json.loads(text) for name, text in read_folder(self.corpus / "right").items()}
        chance = random.Random(SEED)
        n_refused = 0
        for _ in range(N_MUTATIONS // N_AT_ONCE):
            mutations = []
            for _ in range(N_AT_ONCE):
                name = chance.choice(list(definitions))
                definition = copy.deepcopy(definitions[name])
                what = mutate(definition, chance)
                self.judges.send(json.dumps(definition), f"{name}.json", True)
                mutations.append((definition, f"{name}, {what}"))
            errors = [self.judges.refuses(definition) for definition, _ in mutations]
            for error, (definition, what) in zip(errors, mutations):
                verdict = self.judges.receive()
                # The package takes longest for the text of its mistakes: only when something is wrong.
                if bool(error) != bool(verdict["schema"]) or (error and not verdict["mistakes"]):
                    self.fail(f"{what}: {json.dumps(definition)}: {error and error.message}, {verdict}")
                follows = [mistake for mistake in verdict["mistakes"] if mistake["pointer"] not in verdict["schema"]]
                if error and follows and not what.endswith(MAY_SAY_MORE):
                    self.fail(f"{what}: {json.dumps(definition)}: {follows} beside {verdict['schema']}")
                n_refused += error is not None
        self.assertGreater(n_refused, N_MUTATIONS / 4)
        self.assertLess(n_refused, N_MUTATIONS)


def main():
    program, schema, corpus, providers = sys.argv[1:5]
    Case.schema = json.loads(pathlib.Path(schema).read_text("utf-8"))
    Case.corpus = pathlib.Path(corpus)
    Case.providers = pathlib.Path(providers)
    Case.judges = Judges(program, Case.schema)
    try:
        tap.main(__name__)
    finally:
        Case.judges.close()


if __name__ == "__main__":
    main()
