"""Files of all formats and codecs, written without any library."""

import gzip


def zstd(data):
    """A frame of raw blocks: valid zstd that compresses nothing."""
    size = 65536
    blocks = [data[at : at + size] for at in range(0, len(data), size)] or [b""]
    frame = b"\x28\xb5\x2f\xfd\x00\x58"
    for index, block in enumerate(blocks):
        frame += (len(block) << 3 | (index == len(blocks) - 1)).to_bytes(3, "little") + block
    return frame


CODECS = {"none": lambda data: data, "gzip": lambda data: gzip.compress(data, mtime=0), "zstd": zstd}
SUFFIXES = {"none": "", "gzip": ".gz", "zstd": ".zst"}


def jsonl(rows, tag):
    return "".join(f'{{"uuid":"{tag}-{row}","text":"a\\nb ☃"}}\n' for row in range(rows)).encode()


def clevertap(rows, tag):
    return b"Signed Up\n" + jsonl(rows, tag)


def csv(rows, tag):
    lines = "".join(f'{tag}-{row},"with ""quotes"",\r\na line, and , commas",,""\r\n' for row in range(rows))
    return ("uuid,text,none,empty\r\n" + lines).encode()


def xml(rows, tag):
    lines = "".join(f"<event><uuid>{tag}-{row}</uuid></event>\n" for row in range(rows))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<events>\n{lines}</events>\n'.encode()


def varint(value):
    out = b""
    while value >= 128:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def field(delta, kind, value):
    return bytes([delta << 4 | kind]) + value


def number(delta, value, kind=6):
    return field(delta, kind, varint(value << 1 ^ (value >> 63)))


def binary(delta, text):
    return field(delta, 8, varint(len(text)) + text)


def structs(delta, items):
    return field(delta, 9, bytes([len(items) << 4 | 12]) + b"".join(item + b"\0" for item in items))


def parquet(rows, tag, groups=(3,)):
    """A footer in Thrift's compact protocol, and pages that nobody can read: only the footer counts rows."""
    sizes = [*groups, rows - sum(groups)] if rows > sum(groups) else [rows]
    schema = structs(1, [binary(4, b"root") + number(1, 1, 5), number(1, 6, 5) + number(2, 0, 5) + binary(1, b"uuid")])
    footer = number(1, 1, 5) + schema + number(1, rows)
    footer += structs(1, [structs(1, []) + number(1, 9 * size) + number(1, size) for size in sizes])
    footer += b"\0"
    return b"PAR1" + tag.encode() * rows + footer + len(footer).to_bytes(4, "little") + b"PAR1"


WRITERS = {"jsonl": jsonl, "csv": csv, "xml": xml, "parquet": parquet}
