"""Hostile JSON documents, and how another language's parser reads them."""

import json
import re

WORDS = ["plan", "a", "b", "$set", "$set_once", "", "price", "x y", "caf\u00e9", "\U0001f600", 'q"t', "back\\slash", "n1", "s"]


def number(r):
    digits = lambda low, high: "".join(r.choice("0123456789") for _ in range(r.randint(low, high)))
    whole = r.choice(["0", "1", str(r.randint(1, 99)), r.choice("123456789") + digits(0, 25), r.choice("12") + digits(17, 20)])
    part = r.choice(["", "", "." + digits(1, 3), "." + digits(1, 30), ".10", ".0"])
    power = r.choice(["", "", "", "e5", "E+2", "e-3", "e999", "e-20000", "E0010", "e" + digits(1, 7)])
    return r.choice(["", "", "-"]) + whole + part + power


def escaped(r, text):
    """Escapes some of a string's characters."""
    out = []
    for c in text:
        if c in '"\\' or ord(c) < 32:
            out.append("\\" + c if c in '"\\' else "\\u%04x" % ord(c))
        elif r.random() < 0.1:
            for unit in re.findall("....", c.encode("utf-16-be").hex()):
                out.append("\\u" + (unit.upper() if r.random() < 0.5 else unit))
        else:
            out.append(c)
    return "".join(out)


def string(r, hostile):
    text = r.choice(WORDS) + "".join(r.choice("ab:,{}[]0 1.5e\n\t\u2028\u00e9\U0001f600'/\\\"u\u0000\x7f") for _ in range(r.randint(0, 6)))
    body = escaped(r, r.choice(WORDS) if r.random() < 0.6 else text)
    if hostile and r.random() < 0.08:
        body += r.choice(["\\ud83d", "\\uDE00", "\\ud83d\\ud83d\\ude00", "\\\\ud83d", "\\udc00\\ud800", "\\u0000", "\\u0001", "\\/", "\\ud83dx", "\\\\\\ud800"])
    return '"' + body + '"'


def blank(r):
    return r.choice(["", "", "", " ", "\n", "\t\r\n "])


def value(r, depth, hostile):
    kind = r.random()
    if depth > 0 and kind < 0.15:
        return "[" + blank(r) + ("," + blank(r)).join(value(r, depth - 1, hostile) for _ in range(r.randint(0, 4))) + blank(r) + "]"
    if depth > 0 and kind < 0.3:
        return document(r, depth - 1, hostile)
    if kind < 0.6:
        return number(r)
    if kind < 0.9:
        return string(r, hostile)
    return r.choice(["true", "false", "null"])


def document(r, depth, hostile):
    pairs = [string(r, hostile) + blank(r) + ":" + blank(r) + value(r, depth, hostile) for _ in range(r.randint(0, 6))]
    if pairs and r.random() < 0.2:
        pairs.append(r.choice(pairs).split(":")[0] + ":" + value(r, depth, hostile))
    return "{" + blank(r) + ("," + blank(r)).join(pairs) + blank(r) + "}"


def deep(r):
    depth = r.choice([400, 1000, 1023, 1024, 1025, 1500, 3000])
    kind = r.random()
    inner = value(r, 0, True)
    if kind < 0.4:
        nested = "[" * depth + inner + "]" * depth
    elif kind < 0.8:
        nested = '{"a":' * depth + inner + "}" * depth
    else:
        nested = '{"a":[' * (depth // 2) + inner + "]}" * (depth // 2) + r.choice(["", "", "]"])
    return '{"plan":"pro",' + string(r, True) + ":" + nested + ',"n":' + number(r) + "}"


def damage(r, data):
    """Damages a document: invalid UTF-8, deleted or inserted characters, truncation."""
    if not data:
        return data
    at = r.randrange(len(data))
    kind = r.random()
    if kind < 0.5:
        return data[:at] + r.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\xff\xfe\xff", b"\x80"]) + data[at:]
    if kind < 0.65:
        return data[:at] + data[at + 1 :]
    if kind < 0.9:
        return data[:at] + bytes([r.choice(b'{}[]",:0123.eE+-\\ \n\x00\x01\x02au')]) + data[at:]
    return data[:at]


def generate(r):
    kind = r.random()
    if kind < 0.02:
        text = deep(r)
    elif kind < 0.05:
        text = r.choice(["", " ", "{}", "[]", "NaN", '{"a":NaN}', '{"a":-Infinity}', "\ufeff{}", '{"a":01}', "{1:2}", '{"a":1}{}', '"s"', "12", '{"a":.5}', '{"a":"\x01"}', "{'a':1}", '{"a":1,}', '{"a":+1}', '{"a":tru}', '{"a":1 2}', '{"a" "b"}'])
    elif kind < 0.1:
        text = blank(r) + value(r, 3, True) + blank(r)
    else:
        text = blank(r) + document(r, 3, kind < 0.6) + blank(r)
    data = text.encode()
    return damage(r, data) if r.random() < 0.15 else data


class Number(str):
    pass


class Pairs(list):
    pass


def refuse(constant):
    raise ValueError(constant)


def whole(text):
    """Lone surrogates are not characters."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def parse(text):
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=refuse, object_pairs_hook=Pairs)


def shape(v):
    """A parsed value as a list that is equal only for equal values."""
    out, stack = [], [v]
    while stack:
        v = stack.pop()
        if isinstance(v, Pairs):
            out.append("{%d" % len(v))
            for key, each in reversed(v):
                stack.append(each)
                stack.append(key)
        elif isinstance(v, list):
            out.append("[%d" % len(v))
            stack.extend(reversed(v))
        elif isinstance(v, Number):
            out.append("#" + v)
        elif isinstance(v, str):
            out.append("$" + whole(v))
        else:
            out.append(str(v))
    return out


def decode(data):
    """Like ClickHouse's toValidUTF8: a run of invalid bytes becomes one U+FFFD."""
    return re.sub("[\udc80-\udcff]+", "\ufffd", data.decode("utf-8", "surrogateescape"))
