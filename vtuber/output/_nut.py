"""Writes NUT around raw RGBA: what a stream begins with, and what stands before each picture. Pure.

The NUT Open Container Format, version 3 (FFmpeg's nut.txt). By hand, because FFmpeg's own writer
copies a picture three times where its pixels can go to the socket as they lie: see
`benchmarks/outputs.py`. Every picture is a keyframe with a syncpoint of its own.
"""

from __future__ import annotations

import struct

FILE_ID = b"nut/multimedia container\0"
MAIN, STREAM, SYNCPOINT = 0x4E4D7A561F5F04AD, 0x4E5311405BF2F9DB, 0x4E4BE4ADEECA4569
VERSION, MAX_DISTANCE = 3, 65536
KEY, CODED_PTS, SIZE_MSB, CHECKSUM, INVALID = 1, 8, 32, 64, 8192
CODE = 1  # of the one kind of frame that is written
PTS_SHIFT = 7  # coded times from here on, 1 << PTS_SHIFT, are whole and not the low bits of one


def head(size_px: tuple[int, int], fps: int) -> bytes:
    """Begin a stream of straight RGBA whose times count intervals of 1/fps."""
    # Fields of a run of frame codes: flags, how many follow, pts, size_mul, stream, size_lsb,
    # reserved, count. The code "N" begins start codes; it is left out of every count.
    unused, frame = (
        [INVALID, 6, 0, 1, 0, 0, 0],
        [KEY | CODED_PTS | SIZE_MSB | CHECKSUM, 6, 0, 1, 0, 0, 0],
    )
    codes = [*unused, 1, *frame, 1, *unused, 256 - 2 - 1]
    no_elision = 0
    main = _numbers(VERSION, 1, MAX_DISTANCE, 1, 1, fps, *codes, no_elision)
    max_pts_distance, fixed_fps = fps, 1
    stream = (
        _numbers(0, 0, 4) + b"RGBA"
        + _numbers(0, PTS_SHIFT, max_pts_distance, 0, fixed_fps, 0, *size_px, 1, 1, 0)
    )  # fmt: skip
    return FILE_ID + _packet(MAIN, main) + _packet(STREAM, stream)


def before(picture_bytes: int, pts: int) -> bytes:
    """Give what stands before a picture: when it is, and how long."""
    to_itself = 0  # how far back a reader has to go to have a keyframe
    frame = bytes([CODE]) + _numbers(pts + (1 << PTS_SHIFT), picture_bytes)
    return _packet(SYNCPOINT, _numbers(pts, to_itself)) + frame + _crc(frame)


def _packet(startcode: int, body: bytes) -> bytes:
    crc = _crc(body)
    return struct.pack(">Q", startcode) + _numbers(len(body) + len(crc)) + body + crc


def _numbers(*values: int) -> bytes:
    """Write numbers of 7 bits a byte, the highest first; all but the last byte have the top bit."""
    written = bytearray()
    for value in values:
        low = [value & 0x7F]
        while value := value >> 7:
            low.append(value & 0x7F | 0x80)
        written += bytes(reversed(low))
    return bytes(written)


def _crc(data: bytes) -> bytes:
    """Compute the CRC of ISO/IEC 13818-1 (0x04C11DB7), begun with 0: zlib's is another."""
    crc = 0
    for byte in data:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _TABLE[crc >> 24 ^ byte]
    return struct.pack(">I", crc)


def _table() -> list[int]:
    table = []
    for byte in range(256):
        crc = byte << 24
        for _ in range(8):
            crc = crc << 1 ^ (0x104C11DB7 if crc & 0x80000000 else 0)
        table.append(crc)
    return table


_TABLE = _table()
