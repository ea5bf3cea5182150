# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a display lets a person do: pointer, keys, windows, pictures."""
import subprocess


def run(*arguments, text=None):
    """The output of a program."""
    return subprocess.run(arguments, input=text, capture_output=True, text=True, check=False).stdout


class X11:
    """Under an X server with a window manager: see with-display."""

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


SCREEN = X11()
