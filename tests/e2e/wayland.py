# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pointer of one's own in a Wayland compositor that knows wlr-virtual-pointer-unstable-v1. It stays as long as this does:
a seat whose last pointer goes takes the focus along."""
import os
import socket
import struct
import time

DISPLAY, REGISTRY, CALLBACK, MANAGER, POINTER = range(1, 6)  # our numbers of the objects
MANAGER_NAME = "zwlr_virtual_pointer_manager_v1"
BUTTON_LEFT = 0x110


def _string(text):
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


class Pointer:
    """Moves and presses; places are pixels of a screen of that size."""

    def __init__(self, width, height):
        self.size = width, height
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], os.environ["WAYLAND_DISPLAY"]))
        self._send(DISPLAY, 1, struct.pack("=I", REGISTRY))
        self._send(DISPLAY, 0, struct.pack("=I", CALLBACK))
        name = self._find(MANAGER_NAME)
        self._send(REGISTRY, 0, struct.pack("=I", name) + _string(MANAGER_NAME) + struct.pack("=II", 1, MANAGER))
        self._send(MANAGER, 0, struct.pack("=II", 0, POINTER))

    def _send(self, target, request, arguments=b""):
        self.socket.sendall(struct.pack("=II", target, (8 + len(arguments)) << 16 | request) + arguments)

    def _receive(self, length):
        data = b""
        while len(data) < length:
            part = self.socket.recv(length - len(data))
            if not part:
                raise ConnectionError("the compositor is gone")
            data += part
        return data

    def _find(self, interface):
        """The number of a global; the registry tells of all before the callback."""
        found = None
        while True:
            sender, word = struct.unpack("=II", self._receive(8))
            body = self._receive((word >> 16) - 8)
            if sender == CALLBACK:
                if found is None:
                    raise LookupError(interface)
                return found
            if sender == REGISTRY and word & 0xffff == 0:
                name, length = struct.unpack_from("=II", body)
                if body[8:8 + length - 1].decode() == interface:
                    found = name

    def _now(self):
        return int(time.monotonic() * 1000) & 0xffffffff

    def click(self, x, y):
        """Presses the first button there."""
        self._send(POINTER, 1, struct.pack("=IIIII", self._now(), x, y, *self.size))
        self._send(POINTER, 4)
        for state in (1, 0):
            time.sleep(0.03)
            self._send(POINTER, 2, struct.pack("=III", self._now(), BUTTON_LEFT, state))
            self._send(POINTER, 4)
