#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""painted.py COMMAND…: runs a program on an X display with nothing on it, and prints as JSON how long it takes until the
middle of the screen is painted. Ends the program then."""
import ctypes
import json
import subprocess
import sys
import time

PATIENCE = 120
ALL_PLANES = ctypes.c_ulong(-1)
Z_PIXMAP = 2
WIDTH = 200  # of the row that is looked at
HEIGHT = 9


class Screen:
    """The middle of the display's screen."""

    def __init__(self):
        self.xlib = ctypes.CDLL("libX11.so.6")
        self.xlib.XOpenDisplay.restype = self.xlib.XGetImage.restype = ctypes.c_void_p
        self.xlib.XGetPixel.restype = self.xlib.XDefaultRootWindow.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.xlib.XOpenDisplay(None))
        if not self.display:
            sys.exit("painted.py needs an X display")
        self.root = ctypes.c_ulong(self.xlib.XDefaultRootWindow(self.display))
        self.x = (self.xlib.XDisplayWidth(self.display, 0) - WIDTH) // 2
        self.y = (self.xlib.XDisplayHeight(self.display, 0) - HEIGHT) // 2

    def look(self):
        """The colours that are there."""
        image = ctypes.c_void_p(self.xlib.XGetImage(self.display, self.root, self.x, self.y, WIDTH, HEIGHT, ALL_PLANES, Z_PIXMAP))
        colours = {self.xlib.XGetPixel(image, x, y) for x in range(0, WIDTH, 8) for y in range(0, HEIGHT, 4)}
        self.xlib.XDestroyImage(image)
        return colours


def wait_until(condition, process=None):
    """Looks again and again."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end or (process is not None and process.poll() is not None):
            sys.exit("painted.py: nothing was painted")
        time.sleep(0.002)


def main():
    """Starts it, watches, ends it."""
    screen = Screen()
    empty = screen.look()
    begin = time.monotonic()
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: screen.look() != empty, process)
        painted = time.monotonic() - begin
        process.terminate()
    wait_until(lambda: screen.look() == empty)
    print(json.dumps({"painted_ms": round(painted * 1000, 1)}))


if __name__ == "__main__":
    main()
