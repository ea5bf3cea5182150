#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes translations into languages that do not exist, for tests, and runs what needs them: pseudo-locale.py TOP FOLDER
COMMAND….

In "zxx" every text is longer by 40 %, has accents, and stands in brackets: whatever shows up without them was not
translated, and whatever has no closing one was cut off. In "he" every letter is a Hebrew one. Formats stay."""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import po  # noqa: E402

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçđéƒĝħíĵķļɱñóþɋřšŧúṽŵẋýžÁƁÇĐÉƑĜĦÍĴĶĻṀÑÓÞɊŘŠŦÚṼŴẊÝŽ"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשתכלמנ"
LONGER = 1.4
# What printf replaces.
FORMAT = re.compile(r"(%(?:\d+\$)?[-+ 0#']*\d*(?:\.\d+)?(?:[hlzjt]*)[diouxXeEfgGcs%])")
ALPHABETS = {"zxx": str.maketrans(LATIN, ACCENTED), "he": str.maketrans(LATIN, HEBREW * 2)}
WORDS = "longer than it was written yet again "


def pad(text):
    """Words that make a text longer by 40 %; a short text gets at least one letter, and one of formats alone none."""
    length = len(FORMAT.sub("", text))
    if not any(character.isalpha() for character in FORMAT.sub("", text)):
        return ""
    wanted = max(round(length * (LONGER - 1)), 1)
    words = WORDS.replace(" ", "") if " " not in text else WORDS
    filling = (words * (wanted // len(words) + 1))[:wanted]
    return (" " + filling[1:] if " " in text and wanted > 1 else filling).rstrip()


def translate(language, text):
    """A text in that language."""
    parts = FORMAT.split(text)
    letters = [part if index % 2 else part.translate(ALPHABETS[language]) for index, part in enumerate(parts)]
    return f"⟦{''.join(letters)}{pad(text).translate(ALPHABETS[language])}⟧"


def make(top, folder):
    """Both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / "plugboard.pot"
    po.extract(top, template)
    for language in ALPHABETS:
        messages = po.read(template)
        for message in messages[1:]:
            forms = [message.text] if message.plural is None else [message.text, message.plural]
            message.translations = {index: translate(language, text) for index, text in enumerate(forms)}
        messages[0].flags.clear()
        messages[0].translations = {0: f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\n"
                                       "MIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"
                                       "Plural-Forms: nplurals=2; plural=(n != 1);\n"}
        path = folder / f"{language}.po"
        po.write(path, messages)
        messages_folder = folder / language / "LC_MESSAGES"
        messages_folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["msgfmt", "--check-format", f"--output-file={messages_folder}/plugboard.mo", path], check=True)


def main():
    """Makes them, and becomes the command."""
    folder = pathlib.Path(sys.argv[2]).resolve()
    make(pathlib.Path(sys.argv[1]), folder)
    os.environ["PLUGBOARD_LOCALE_DIR"] = str(folder)
    os.execvp(sys.argv[3], sys.argv[3:])


if __name__ == "__main__":
    main()
