# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a display lets a person do: pointer, keys, windows, pictures. One class for X, one for a Wayland compositor."""
import json
import os
import subprocess

from wayland import Pointer


def run(*arguments, text=None):
    """The output of a program."""
    return subprocess.run(arguments, input=text, capture_output=True, text=True, check=False).stdout


class X11:
    """Under an X server with a window manager: see with-display."""

    # What GTK says of the display, not of the program.
    REMARKS = ()

    def key(self, *names):
        """Presses keys, one combination after the other."""
        subprocess.run(["xdotool", "key", "--delay", "25", *names], check=True)

    def write(self, text):
        """Types a text, with a real event a character."""
        subprocess.run(["xdotool", "type", "--delay", "4", "--file", "-"], input=text, text=True, check=True)

    def click(self, x, y):
        """Presses the pointer's first button there."""
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def screenshot(self, path):
        """The whole screen, as a PNG file."""
        subprocess.run(["import", "-silent", "-window", "root", path], check=True)

    def picture(self, window, path):
        """A window, as a PNG file."""
        subprocess.run(["import", "-silent", "-window", window, path], check=True)

    def window(self, title):
        """What stands for the visible window of that title in the other methods; None when there is none."""
        for number in run("xdotool", "search", "--onlyvisible", "--name", ".").split():
            if run("xdotool", "getwindowname", number).strip() == title:
                return number
        return None

    def is_active(self, window):
        """Whether it gets the keys."""
        return run("xdotool", "getactivewindow").strip() == window

    def activate(self, window):
        """To where it can be clicked."""
        subprocess.run(["xdotool", "windowactivate", window], check=False, stderr=subprocess.DEVNULL)

    def hide(self, window):
        """To where it is not seen."""
        subprocess.run(["xdotool", "windowminimize", "--sync", window], check=True)

    def position(self, window):
        """Its place on the screen."""
        lines = run("xdotool", "getwindowgeometry", "--shell", window).split()
        values = dict(line.split("=") for line in lines)
        return int(values["X"]), int(values["Y"])

    def resize(self, window, width, height):
        """To a size in pixels, in the screen's corner."""
        subprocess.run(["xdotool", "windowsize", "--sync", window, str(width), str(height)], check=True)
        subprocess.run(["xdotool", "windowmove", "--sync", window, "0", "0"], check=True)


class Wayland:
    """Under sway: see with-wayland. A virtual pointer clicks, and a virtual keyboard types."""

    # What GTK says of the compositor, not of the program: sway 1.7 cannot move a tip when the widget that has it moves.
    REMARKS = ("Compositor doesn't support moving popups, relying on remapping",)
    # Each wtype is a new keyboard: the program has to learn of its keys before the first, and of the last before it goes.
    PAUSE = ["-s", "40"]

    def __init__(self):
        screen = self._tell("-t", "get_outputs")[0]["rect"]
        self.pointer = Pointer(screen["width"], screen["height"])

    def _tell(self, *command):
        return json.loads(run("swaymsg", "--raw", *command) or "null")

    def key(self, *names):
        """Presses keys, one combination after the other."""
        for name in names:
            *modifiers, last = name.split("+")
            arguments = []
            for modifier in modifiers:
                arguments += ["-M", modifier]
            arguments += ["-k", last]
            for modifier in reversed(modifiers):
                arguments += ["-m", modifier]
            subprocess.run(["wtype", *self.PAUSE, *arguments, *self.PAUSE], check=True)

    def write(self, text):
        """Types a text, with a real event a character."""
        subprocess.run(["wtype", *self.PAUSE, "-d", "4", "-", *self.PAUSE], input=text, text=True, check=True)

    def click(self, x, y):
        """Presses the pointer's first button there."""
        self.pointer.click(x, y)

    def screenshot(self, path):
        """The whole screen, as a PNG file."""
        subprocess.run(["grim", path], check=True)

    def _nodes(self, node):
        yield node
        for child in node["nodes"] + node["floating_nodes"]:
            yield from self._nodes(child)

    def _node(self, window):
        return next((node for node in self._nodes(self._tell("-t", "get_tree")) if node["id"] == window), None)

    def _box(self, window):
        """Of what is drawn: without what sway puts around it."""
        node = self._node(window)
        outer, inner = node["rect"], node["window_rect"]
        return outer["x"] + inner["x"], outer["y"] + inner["y"], inner["width"], inner["height"]

    def picture(self, window, path):
        """A window, as a PNG file."""
        x, y, width, height = self._box(window)
        subprocess.run(["grim", "-g", f"{x},{y} {width}x{height}", path], check=True)

    def window(self, title):
        """What stands for the visible window of that title in the other methods; None when there is none."""
        return next((node["id"] for node in self._nodes(self._tell("-t", "get_tree"))
                     if node["name"] == title and node.get("pid") and node.get("visible")), None)

    def is_active(self, window):
        """Whether it gets the keys."""
        node = self._node(window)
        return node is not None and node["focused"]

    def activate(self, window):
        """To where it can be clicked."""
        self._tell(f"[con_id={window}]", "focus")

    def position(self, window):
        """Its place on the screen."""
        return self._box(window)[:2]

    def resize(self, window, width, height):
        """To a size in pixels, in the screen's corner."""
        self._tell(f"[con_id={window}]", f"resize set {width} {height}, move position 0 0")


SCREEN = Wayland() if "SWAYSOCK" in os.environ else X11()
