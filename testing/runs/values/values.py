"""Makes hostile documents, and compares what Penstock wrote with what another language's parser reads.

    values.py generate FOLDER SEED DOCUMENTS FILTERS    writes documents.jsonl and filters.json
    values.py compare FOLDER CASES                      reads them again, and prints what it compared for each case

A case is {"name", "format", "path"}: an uncompressed file that Penstock wrote, or lines of [number, text] from a table.
Documents are identified by number, which is each row's distinct_id.
"""

import csv
import json
import os
import random
import re
import sys
import threading
from collections import Counter
from decimal import Decimal

import filters
from documents import Number, Pairs, decode, generate, parse, shape, whole

BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(data):
    """A document's text, parsed value or None, and whether it's JSON."""
    text = decode(data)
    try:
        return text, parse(text), True
    except ValueError:
        return text, None, False


def make(folder, seed, count, tests):
    r = random.Random(seed)
    documents = [generate(r) for _ in range(count)]
    with open(os.path.join(folder, "documents.jsonl"), "w") as file:
        for data in documents:
            file.write(json.dumps(data.hex()) + "\n")
    parsed = [read(data)[1] for data in documents]
    with open(os.path.join(folder, "filters.json"), "w") as file:
        cases = []
        for _ in range(tests):
            asked = [filters.make(r) for _ in range(r.randint(1, 2))]
            found = [[filters.passes(document, one) for one in asked] for document in parsed]
            cases.append({
                "filters": asked,
                "passing": [i for i, each in enumerate(found) if all(each)],
                "open": [i for i, each in enumerate(found) if None in each],
            })
        json.dump(cases, file)


def rows(case):
    """Pairs of a document's number and what was written."""
    path, kind = case["path"], case["format"]
    if kind == "parquet":
        import pyarrow
        import pyarrow.parquet

        with open(path, "rb") as file:
            data = pyarrow.BufferReader(file.read())
        for row in pyarrow.parquet.ParquetFile(data).read(use_threads=False).to_pylist():
            yield int(row["distinct_id"]), row["properties"]
    elif kind == "csv":
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield int(row["distinct_id"]), row["properties"]
    elif kind == "xml":
        from lxml import etree

        with open(path, "rb") as file:
            root = etree.fromstring(file.read(), etree.XMLParser(huge_tree=True))
        for row in root:
            entries = [(e.findtext("key"), e.findtext("value")) for e in row.find("eventProps")]
            yield int(row.findtext("profile/all_identities")), entries
    elif kind == "jsonl":
        with open(path, encoding="utf-8", newline="\n") as file:
            for line in file:
                row = dict(parse(line))
                yield int(row["distinct_id"]), row["properties"]
    else:
        with open(path, encoding="utf-8") as file:
            for line in file:
                n, text = json.loads(line)
                yield n, text


def unbarred(text):
    return BARRED.sub("\ufffd", text)


def numbers_as_text(got, wanted, reasons):
    """Whether two values are equal, except for numbers written as strings with the same digits, which it reports."""
    a, b = shape(got), shape(wanted)
    if len(a) != len(b):
        return False
    for x, y in zip(a, b):
        if x != y:
            if y[:1] != "#" or x != "$" + y[1:]:
                return False
            reasons.add("number_as_string")
    return True


def canonical(value, nul):
    """A value as jsonb stores it: the last of duplicate keys, unordered keys, numbers by value."""
    if isinstance(value, Pairs):
        return {nul(whole(key)): canonical(each, nul) for key, each in value}
    if isinstance(value, list):
        return [canonical(each, nul) for each in value]
    if isinstance(value, Number):
        return Decimal(value)
    return nul(whole(value)) if isinstance(value, str) else value


def same_jsonb(got, wanted, nul, reasons):
    if isinstance(got, str) and isinstance(wanted, Decimal) and got == str(got) and Decimal(got) == wanted:
        reasons.add("number_as_string")
        return True
    if type(got) is not type(wanted):
        return False
    if isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(same_jsonb(got[key], wanted[key], nul, reasons) for key in wanted)
    if isinstance(wanted, list):
        return len(got) == len(wanted) and all(same_jsonb(a, b, nul, reasons) for a, b in zip(got, wanted))
    return got == wanted


def strings(value):
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, Pairs):
            stack.extend(part for pair in one for part in (str(pair[0]), pair[1]))
        elif isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, str) and not isinstance(one, Number):
            yield one


BEYOND = re.compile("[eE][-+]?0*[1-9][0-9]{4}")


def numbers(value):
    return [one[1:] for one in shape(value) if one[:1] == "#"]


def check(kind, data, got):
    """What is wrong with the written document, or None; and the reasons why it differs from the original."""
    text, document, is_json = read(data)
    reasons = set()
    if text.encode("utf-8", "surrogatepass") != data:
        reasons.add("invalid_utf8")
    if kind in ("csv", "parquet"):
        return None if got == text else "text", reasons
    if is_json and any(whole(one) != one for one in strings(document)):
        reasons.add("lone_surrogate")
    if not is_json:
        reasons.add("not_json")
    if kind == "jsonl":
        return None if (shape(got) == shape(document) if is_json else got == text) else "value", reasons
    if kind == "xml":
        return check_entries(text, document, got, reasons)
    nul = lambda said: said.replace("\0", "\ufffd")
    said = parse(got)
    if not is_json:
        if "\0" in text:
            reasons.add("nul")
        return None if said == nul(text) else "text", reasons
    if any("\0" in one for one in strings(document)):
        reasons.add("nul")
    if isinstance(said, str) and not isinstance(said, Number) and not isinstance(document, str):
        reasons.add("depth_as_string")
        reasons.discard("nul") if "\\u0000" not in said else None
        return None if shape(parse(said)) == shape(parse(text)) or "nul" in reasons else "deep", reasons
    same = same_jsonb(canonical(said, str), canonical(document, nul), nul, reasons)
    # Numbers under a key that a later duplicate replaces are strings too, though nobody sees them.
    if any(BEYOND.search(one) or len(one) >= 1000 for one in numbers(document)):
        reasons.add("number_as_string")
    return None if same else "jsonb", reasons


def check_entries(text, document, got, reasons):
    if not isinstance(document, Pairs):
        if BARRED.search(text):
            reasons.add("control_character")
        return None if got == [("", unbarred(text))] else "whole", reasons
    if len(got) != len(document):
        return "entries", reasons
    for (key, value), (wanted_key, wanted) in zip(got, document):
        if key != unbarred(whole(wanted_key)):
            return "key", reasons
        if BARRED.search(whole(wanted_key)):
            reasons.add("control_character")
        said = filters.text(wanted) if wanted is not None else "null"
        if said is not None:
            if BARRED.search(said):
                reasons.add("control_character")
            if value != unbarred(said):
                return "value", reasons
        elif shape(parse(value)) != shape(wanted):
            return "nested value", reasons
    return None, reasons


def compare(folder, path):
    with open(os.path.join(folder, "documents.jsonl")) as file:
        documents = [bytes.fromhex(json.loads(line)) for line in file]
    with open(path) as file:
        cases = json.load(file)
    for case in cases:
        seen, counted, wrong = set(), Counter(), []
        for n, got in rows(case):
            seen.add(n)
            why, reasons = check(case["format"], documents[n], got)
            counted.update(reasons)
            if why:
                wrong.append([n, why, documents[n][:300].decode("latin1"), str(got)[:300]])
        wrong += [[n, "missing"] for n in range(len(documents)) if n not in seen]
        print(json.dumps({"name": case["name"], "documents": len(seen), "reasons": counted, "differences": wrong[:5], "wrong": len(wrong)}))


def main():
    csv.field_size_limit(2**31 - 1)
    command, folder = sys.argv[1:3]
    if command == "generate":
        make(folder, *map(int, sys.argv[3:6]))
    else:
        compare(folder, sys.argv[3])


failed = []


def run():
    try:
        main()
    except BaseException:
        failed.append(True)
        raise


# Deep documents need a deep stack.
sys.setrecursionlimit(100_000)
threading.stack_size(512 * 1024 * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
sys.exit(1 if failed else 0)
