# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window as a person does: finds things by their accessible names, and sends real pointer and key events."""
import json
import os
import signal
import subprocess
import threading
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  pylint: disable=wrong-import-position

from screen import SCREEN  # noqa: E402  pylint: disable=wrong-import-position

PATIENCE = float(os.environ.get("PLUG_PATIENCE", "10"))
# Each question to the program costs a millisecond: so many children are only looked at when one of them may be meant.
MANY = 20
SANDBOXED = os.environ.get("PLUG_SANDBOXED")  # the name of the application, when what is started is `flatpak run`
SLOW = 2  # seconds; what takes longer is told
NEWER_ROLES = {"push button": "button", "text": "password text"}  # as newer at-spi2-core and GTK say
PRESSED_ROLES = ("button", "push button", "toggle button", "check box", "radio button")
SHEET_ROLES = ("dialog", "alert")
SHEET_DEPTH = 6


# Newer toolkits tell of states that an older library of assistive technology does not know.
GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None)


class Missing(Exception):
    """Something that should be there is not, or not in time."""


def wait_for(what, condition, patience=PATIENCE):
    """Asks again and again until the condition gives something."""
    begin = time.monotonic()
    end = begin + patience
    while True:
        try:
            found = condition()
        except GLib.Error:
            found = None  # what is going away while one looks at it
        if found:
            if time.monotonic() - begin > SLOW:
                print(f"# {time.monotonic() - begin:.1f} s for {what}", flush=True)
            return found
        if time.monotonic() > end:
            raise Missing(what)
        time.sleep(0.03)


def key(*names):
    """Presses keys, one combination after the other."""
    SCREEN.key(*names)


def write(text):
    """Types a text, with a real event a character."""
    SCREEN.write(text)


def screenshot(path):
    """The whole screen, as a PNG file."""
    time.sleep(0.35)
    SCREEN.screenshot(path)


class Thing:
    """Something on the screen."""

    def __init__(self, accessible, frame):
        self.accessible = accessible
        self.frame = frame

    def bounds(self):
        """Place and size inside its window."""
        return self.accessible.get_extents(Atspi.CoordType.WINDOW)

    def rest(self):
        """Its bounds, once it has stopped to move."""
        before = None
        while True:
            bounds = self.bounds()
            now = (bounds.x, bounds.y, bounds.width, bounds.height)
            if now == before:
                return bounds
            before = now
            time.sleep(0.04)

    def text(self):
        """What an entry holds, or what a label says."""
        interface = self.accessible.get_text_iface()
        if interface is None:
            return self.accessible.get_name()
        return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface))

    def has(self, state):
        """Whether it is in a state of Atspi.StateType."""
        return self.accessible.get_state_set().contains(state)

    def is_marked(self):
        """Whether it is shown as wrong; GTK 4.8 says INVALID for it."""
        return self.has(Atspi.StateType.INVALID_ENTRY) or self.has(Atspi.StateType.INVALID)

    def click(self):
        """Presses the pointer's first button in its middle."""
        if self.frame.is_sheet() and self.accessible.get_role_name() in PRESSED_ROLES:
            self.go_there()
            key("space")
            return
        self.frame.raise_up()
        bounds = self.rest()
        x, y = self.frame.position()
        x, y = x + bounds.x + bounds.width // 2, y + bounds.y + bounds.height // 2
        if self.frame.is_sheet():
            # GTK 4.18 leaves the padding of what is around it out: it is further right and further below than it says.
            x, y = x + min(bounds.width // 4, 10), y + min(bounds.height // 4, 10)
        SCREEN.click(x, y)

    def go_there(self):
        """Gives it the focus: by pointer, or by Tab where a sheet may have scrolled it away."""
        if not self.frame.is_sheet():
            self.click()
        wait_for("the focus", lambda: self.has(Atspi.StateType.FOCUSED) or (self.frame.is_sheet() and key("Tab")))

    def put(self, text):
        """Goes there and puts a text in place of what is there at once, as pasting does."""
        self.go_there()
        Atspi.EditableText.set_text_contents(self.accessible.get_editable_text_iface(), text)

    def fill(self, text):
        """Goes there, empties it and types."""
        self.go_there()
        key("ctrl+a", "Delete")
        write(text)
        wait_for(f"{len(text)} characters typed", lambda: len(self.text()) == len(text))


class Frame:
    """A window of the program, or a sheet inside one."""

    def __init__(self, accessible, toplevel=None):
        self.accessible = accessible
        self.toplevel = toplevel or accessible

    def name(self):
        """Its accessible name."""
        return self.accessible.get_name()

    def is_sheet(self):
        """Whether it is inside a window. There GTK forgets paddings when it tells where a thing is, and a thing may have to
        be scrolled to: it is reached by keys."""
        return self.accessible is not self.toplevel

    def window(self):
        """What stands for it on the screen."""
        return SCREEN.window(self.toplevel.get_name())

    def raise_up(self):
        """To where it can be clicked."""
        window = wait_for(f"the window {self.name()}", self.window)
        if SCREEN.is_active(window):
            return
        SCREEN.activate(window)
        wait_for(f"{self.name()} to be active", lambda: SCREEN.is_active(window))

    def position(self):
        """Its place on the screen."""
        return SCREEN.position(wait_for(f"the window {self.name()}", self.window))

    def resize(self, width, height):
        """To a size in pixels."""
        SCREEN.resize(self.window(), width, height)

    def picture(self, path):
        """Saves it as it is now, as a PNG file."""
        SCREEN.picture(self.window(), path)

    def _walk(self, accessible, with_cells=True, depth=0):
        """Every thing, from above; without the picker's hundreds of tiles when none of them can be meant."""
        if accessible is None or depth > 60:
            return
        yield accessible
        count = accessible.get_child_count()
        if not with_cells and count >= MANY and accessible.get_role_name() == "table":
            return
        for index in range(count):
            yield from self._walk(accessible.get_child_at_index(index), with_cells, depth + 1)

    def _matches(self, name, role):
        for accessible in self._walk(self.accessible, role in (None, "table cell", "label")):
            try:
                wanted = name is None or (name(accessible.get_name()) if callable(name) else accessible.get_name() == name)
                if wanted and (role is None or accessible.get_role_name() in (role, NEWER_ROLES.get(role))):
                    thing = Thing(accessible, self)
                    bounds = thing.bounds()
                    if bounds.width > 0 and bounds.height > 0:
                        yield thing
            except GLib.Error:
                continue

    def every(self, name=None, role=None):
        """All visible things of that name, or whose name a function likes."""
        return list(self._matches(name, role))

    def find(self, name, role=None, patience=PATIENCE):
        """The first of them; waits for it."""
        return wait_for(f"{role or 'something'} named {name} in {self.name()}",
                        lambda: next(self._matches(name, role), None), patience)

    def says(self, text, patience=PATIENCE):
        """Waits for a label with that text inside."""
        return self.find(lambda name: name is not None and text in name, "label", patience)

    def is_saying(self, text):
        """Whether such a label is there now."""
        return next(self._matches(lambda name: name is not None and text in name, "label"), None) is not None

    def button(self, name):
        """A button."""
        return self.find(name, "push button")

    def entry(self, name):
        """A field, by its label."""
        return self.find(name, "text")

    def dump(self):
        """Everything, for a person who looks for a mistake."""
        return [f"{a.get_role_name()} {a.get_name()!r}" for a in self._walk(self.accessible)]


class Running:
    """The window's program, whoever started it."""

    def __init__(self, pid):
        self.pid = pid

    def _is_ours(self, application):
        # In a sandbox a proxy speaks for the program; then its name has to do.
        if SANDBOXED:
            return application.get_name() == SANDBOXED
        return application.get_process_id() == self.pid

    def _application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and self._is_ours(application):
                return application
        return None

    def _sheets(self, accessible, toplevel, depth=0):
        for index in range(accessible.get_child_count() if depth < SHEET_DEPTH else 0):
            child = accessible.get_child_at_index(index)
            if child is None:
                continue
            if child.get_role_name() in SHEET_ROLES:
                yield Frame(child, toplevel)
            yield from self._sheets(child, toplevel, depth + 1)

    def _frames(self):
        """The windows, and then the sheets that newer platforms show inside them."""
        application = self._application()
        if application is None:
            return
        toplevels = [application.get_child_at_index(index) for index in range(application.get_child_count())]
        for toplevel in toplevels:
            yield Frame(toplevel)
        for toplevel in toplevels:
            yield from self._sheets(toplevel, toplevel)

    def frame(self, name, patience=PATIENCE):
        """The window of that name; waits for it."""
        return wait_for(f"a window named {name}",
                        lambda: next((frame for frame in self._frames() if frame.name() == name and frame.window()), None),
                        patience)

    def frames(self):
        """The names of all."""
        return [frame.name() for frame in self._frames()]

    def has_frame(self, name):
        """Whether it is there now."""
        return any(frame.name() == name for frame in self._frames())

    def gone(self, name):
        """Waits until it is not."""
        wait_for(f"the end of the window {name}", lambda: not self.has_frame(name))


class Program(Running):
    """The window's program, started here."""

    def __init__(self, path, *arguments, environment=None):
        self.process = subprocess.Popen([path, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        super().__init__(self.process.pid)
        self.complaints = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.complaints.append(line.decode("utf-8", "replace").rstrip())

    def stop(self):
        """Ends it, and returns what it complained of."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join(2)
        return [line for line in self.complaints if line and not line.endswith(SCREEN.REMARKS)]


class Simulator:
    """A HaloPSA on loopback."""

    def __init__(self, path, *arguments):
        self.process = subprocess.Popen([path, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.values = json.loads(self.process.stdout.readline())

    def _ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def fault(self, name):
        """From now on it misbehaves so."""
        assert self._ask(f"fault {name}")["fault"] == name, name

    def log(self):
        """What was asked since the last time."""
        return self._ask("log")["log"]

    def stop(self):
        """Ends it."""
        self.process.stdin.close()
        self.process.wait(5)
