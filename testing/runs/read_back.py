"""Reads files that Penstock wrote with third-party readers, and compares every value with what was inserted.

Takes a file with a JSON list of cases, and prints for each how many rows and values it compared.
"""

import csv, gzip, io, json, re, sys

import pyarrow.parquet
import zstandard
from lxml import etree

sys.setrecursionlimit(20000)
csv.field_size_limit(2**31 - 1)
BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ENTRIES = ("eventProps", "profileProps")


def one_mark(text):
    """How many marks replace a run of invalid UTF-8 is unspecified."""
    return re.sub("\ufffd+", "\ufffd", text)


def flat(value, prefix=""):
    """Flattens the shape's nested objects in a JSON line to dotted paths, but never those of a JSON column."""
    for name, inner in value.items():
        if name == "profile" and isinstance(inner, dict):
            yield from flat(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", inner


def elements(row):
    found = {}
    for field in row:
        if field.tag in ENTRIES:
            found[field.tag] = [(e.findtext("key"), e.findtext("value")) for e in field]
        elif field.tag in ("profile", "deviceInfo"):
            for inner in field:
                found.setdefault(f"{field.tag}.{inner.tag}", []).append(inner.text or "")
        else:
            found.setdefault(field.tag, []).append(field.text or "")
    return found


def raw(path, codec):
    with open(path, "rb") as file:
        data = file.read()
    if codec == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().stream_reader(data).read() if codec == "zstd" else data


def read(path, case, first_line):
    data = raw(path, case["codec"])
    if case["format"] == "parquet":
        # No Python file and no threads: one that releases a file while Python exits aborts it (apache/arrow#33975).
        return pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data)).read(use_threads=False).to_pylist()
    if case["format"] == "xml":
        return [elements(row) for row in etree.fromstring(data, etree.XMLParser(huge_tree=True))]
    text = data.decode("utf-8", "strict")
    if case["format"] == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    lines = text.split("\n")
    assert lines.pop() == "", "the last line has no end"
    if first_line is not None:
        assert one_mark(lines.pop(0)) == one_mark(first_line), f"the first line of {path}"
    return [dict(flat(json.loads(line))) for line in lines]


def entry_matches(value, text):
    if isinstance(value, str):
        return one_mark(BARRED.sub("\ufffd", value)) == one_mark(text)
    got = json.loads(text)
    return got == value or repr(got) == repr(value)


def wide(value):
    """Whether ClickHouse's parser may refuse it: integers beyond 64 bits, or floats near a double's range."""
    if isinstance(value, dict):
        return any(wide(each) for each in value.values())
    if isinstance(value, list):
        return any(wide(each) for each in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) >= 2**63
    return isinstance(value, float) and abs(value) > 1e300


def same_entries(pairs, text, is_json):
    """Returns whether they are the same, and whether they were compared one by one."""
    if len(pairs) == 1 and pairs[0][0] == "" and one_mark(pairs[0][1]) == one_mark(BARRED.sub("\ufffd", text)):
        value = json.loads(text) if is_json else None
        whole = not isinstance(value, dict) or wide(value) or text.count("{") > 100 or len(value) == 1 and "" in value
        return whole, False
    wanted = json.loads(text, object_pairs_hook=Pairs) if is_json else None
    if wanted is None or len(wanted) != len(pairs):
        return False, True
    return all(
        one_mark(BARRED.sub("\ufffd", key)) == one_mark(got_key) and entry_matches(as_value(value), got)
        for (key, value), (got_key, got) in zip(wanted, pairs)
    ), True


class Pairs(list):
    """A JSON object as written, with duplicate keys."""


def as_value(value):
    """Converts pairs to a Python dict."""
    if isinstance(value, Pairs):
        return {key: as_value(inner) for key, inner in value}
    return [as_value(each) for each in value] if isinstance(value, list) else value


def same(form, path, got, kind, *wanted):
    if kind == "null":
        return got is None or (form == "csv" and got == "")
    text = wanted[0]
    if form == "xml":
        if path in ENTRIES:
            return same_entries(got, *wanted)[0]
        if kind == "strings":
            return [one_mark(each) for each in got or []] == [one_mark(BARRED.sub("\ufffd", each)) for each in text]
        return one_mark(got[0]) == one_mark(BARRED.sub("\ufffd", text))
    if kind == "strings":
        values = json.loads(got) if form == "csv" else got
        return [one_mark(each) for each in values] == [one_mark(each) for each in text]
    if kind == "json" and form == "jsonl":
        if wanted[1]:
            return repr(got) == repr(json.loads(text))
        return one_mark(got) == one_mark(text)
    if kind == "time" and form == "parquet":
        return got.strftime("%Y-%m-%dT%H:%M:%S.%fZ") == text
    if kind == "int":
        return (got == text) if form == "csv" else (got == int(text) and not isinstance(got, str))
    return one_mark(got) == one_mark(text)


def key_of(form, value):
    if form == "xml":
        return value[0]
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if hasattr(value, "strftime") else str(value)


def check(case):
    form = case["format"]
    wanted = {row["key"]: row["fields"] for row in case["rows"]}
    total, rows, values, differences = len(wanted), 0, 0, []
    for file in case["files"]:
        for row in read(file["path"], case, file["firstLine"]):
            rows += 1
            fields = wanted.pop(key_of(form, row[case["keyField"]]), None)
            if fields is None:
                differences.append("a row that was never inserted, or came twice")
                continue
            if case["names"] is not None and list(row) != case["names"]:
                differences.append(f"other fields: {list(row)}")
            for path, expected in fields.items():
                values += 1
                if not same(form, path, row.get(path), *expected):
                    differences.append(f"{path}: {row.get(path)!r} is not {expected!r}")
    if wanted:
        differences.append(f"{len(wanted)} of {total} rows are missing")
    return {"name": case["name"], "rows": rows, "values": values, "differences": differences[:3]}


for each in json.load(open(sys.argv[1], encoding="utf-8")):
    print(json.dumps(check(json.load(open(each, encoding="utf-8")))), flush=True)
