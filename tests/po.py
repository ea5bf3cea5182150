# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes gettext's files, and extracts our texts as the build does."""
import re
import subprocess

# What meson's preset "glib" gives xgettext.
KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=g_dcgettext:2",
            "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3", "--flag=N_:1:pass-c-format",
            "--flag=C_:2:pass-c-format", "--flag=NC_:2:pass-c-format", "--flag=g_dngettext:2:pass-c-format",
            "--flag=g_strdup_printf:1:c-format"]
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class Message:
    """A message and its translations."""

    def __init__(self):
        self.context = None
        self.plural = None
        self.text = ""
        self.translations = {}
        self.flags = set()
        self.files = []

    def key(self):
        """What gettext looks it up by."""
        return self.context, self.text

    def is_translated(self):
        """Whether every form is."""
        return all(self.translations.values())


def unquote(literal):
    """The text of a string literal."""
    return re.sub(r"\\(.)", lambda match: ESCAPES[match[1]], literal[1:-1])


def quote(text):
    """A string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def read(path):
    """The messages of a file, its header first; obsolete ones are left out."""
    messages, message, put = [], Message(), None
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if not line:
            if message.translations:
                messages.append(message)
            message, put = Message(), None
        elif line.startswith("#,"):
            message.flags.update(flag.strip() for flag in line[2:].split(","))
        elif line.startswith("#:"):
            message.files += [re.sub(r":\d+$", "", file) for file in line[2:].split()]
        elif line.startswith("msg"):
            word, literal = line.split(" ", 1)
            put = word
            store(message, word, unquote(literal))
        elif line.startswith('"'):
            store(message, put, unquote(line))
    return messages


def store(message, word, text):
    """Puts a text, or what continues it, into its member."""
    if word == "msgctxt":
        message.context = (message.context or "") + text
    elif word == "msgid":
        message.text += text
    elif word == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        index = int(word[7:-1]) if "[" in word else 0
        message.translations[index] = message.translations.get(index, "") + text


def write(path, messages):
    """Writes messages so that gettext's tools can read them."""
    lines = []
    for message in messages:
        if message.flags:
            lines.append("#, " + ", ".join(sorted(message.flags)))
        if message.context is not None:
            lines.append("msgctxt " + quote(message.context))
        lines.append("msgid " + quote(message.text))
        if message.plural is not None:
            lines.append("msgid_plural " + quote(message.plural))
        for index, text in sorted(message.translations.items()):
            lines.append((f"msgstr[{index}] " if message.plural is not None else "msgstr ") + quote(text))
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def extract(top, template):
    """Makes the template of all texts that po/POTFILES names."""
    subprocess.run(["xgettext", "--from-code=UTF-8", "--add-comments", "--package-name=plugboard", f"--directory={top}",
                    f"--files-from={top}/po/POTFILES", f"--output={template}", *KEYWORDS], check=True)
