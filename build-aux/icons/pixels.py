# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what rsvg-convert draws, and measures it: what is inked, and how well that is seen."""
import functools
import struct
import zlib

# The grounds of a tile. Of the dark one, plug-provider-picture.c has a copy.
LIGHT_PLATE = (0xff, 0xff, 0xff)
DARK_PLATE = (0x26, 0x26, 0x2b)
# From this coverage on, of 255, a pixel belongs to a mark; fainter ones are its smooth edge.
INK = 128


class Picture:
    """A PNG of 8 bits a channel, as rsvg-convert writes it: RGBA, or RGB where nothing is transparent."""

    def __init__(self, data):
        self.width, self.height, depth, kind = struct.unpack(">IIBB", data[16:26])
        if depth != 8 or kind not in (2, 6):
            raise ValueError("not an RGB or RGBA picture")
        packed, at = b"", 8
        while at < len(data):
            length, name = struct.unpack(">I4s", data[at:at + 8])
            if name == b"IDAT":
                packed += data[at + 8:at + 8 + length]
            at += 12 + length
        rows = unfilter(zlib.decompress(packed), self.width, 4 if kind == 6 else 3)
        self.rows = list(rows if kind == 6 else map(add_alpha, rows))

    def get_box(self, least=1):
        """Left, top, right, bottom (these two exclusive) of what has at least this coverage; None if nothing has."""
        rows = [y for y, row in enumerate(self.rows) if max(row[3::4]) >= least]
        if not rows:
            return None
        columns = [x for x in range(self.width) if max(row[4 * x + 3] for row in self.rows) >= least]
        return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1

    def get_colours(self):
        """The colour of each inked pixel."""
        return [tuple(row[x:x + 3]) for row in self.rows for x in range(0, len(row), 4) if row[x + 3] >= INK]

    def get_contrast(self, plate):
        """The contrast to a plate that at least half of the mark has."""
        contrasts = sorted(contrast(colour, plate) for colour in self.get_colours())
        return contrasts[len(contrasts) // 2]


def add_alpha(row):
    """A row of RGB as one of opaque RGBA."""
    return b"".join(bytes(row[i:i + 3]) + b"\xff" for i in range(0, len(row), 3))


def nearest(left, above, corner):
    """PNG's Paeth predictor."""
    to_left, to_above, to_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
    if to_left <= to_above and to_left <= to_corner:
        return left
    return above if to_above <= to_corner else corner


def unfilter(raw, width, channels):
    """The rows, without the differences that PNG stores (its specification, section 9)."""
    stride = channels * width
    above = bytearray(channels + stride)
    for start in range(0, len(raw), stride + 1):
        kind = raw[start]
        # A pixel of nothing to the left of the first.
        row = bytearray(channels) + raw[start + 1:start + 1 + stride]
        if kind and (any(row) or any(above)):
            for i in range(channels, channels + stride):
                left, up = row[i - channels], above[i]
                if kind == 1:
                    guess = left
                elif kind == 2:
                    guess = up
                elif kind == 3:
                    guess = (left + up) // 2
                else:
                    guess = nearest(left, up, above[i - channels])
                row[i] = (row[i] + guess) & 0xff
        yield row[channels:]
        above = row


@functools.lru_cache(maxsize=None)
def luminance(colour):
    """WCAG 2.1, relative luminance."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.1, contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
