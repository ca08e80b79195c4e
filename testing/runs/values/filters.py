"""Property filters, and which documents pass them, by another language's parser and arbitrary-precision numbers."""

import re
from decimal import Decimal

from documents import WORDS, Number, Pairs, number, whole

OPERATORS = ["equals", "not_equals", "contains", "not_contains", "greater", "greater_or_equal", "less", "less_or_equal", "is_set", "is_not_set"]
NUMERIC = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


def make(r):
    operator = r.choice(OPERATORS)
    value = None
    if operator.startswith(("greater", "less")):
        value = number(r)
    elif operator.endswith("equals"):
        value = r.choice([number(r), r.choice(WORDS), "0", "1", "true", "-1.0"])
    elif operator.endswith("contains"):
        value = r.choice(["a", "1", "e", "\ufffd", " ", "0"])
    return {"column": "properties", "key": r.choice([word for word in WORDS if word]), "operator": operator, "value": value}


def text(value):
    """A value's text; None for objects and lists, whose text is unspecified, and for null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return whole(value) if isinstance(value, str) else None


def passes(document, one):
    """Whether a parsed document passes a filter; None if that depends on unspecified text."""
    found = None
    for key, value in document if isinstance(document, Pairs) else []:
        if whole(key) == one["key"]:
            found = value
    operator, value = one["operator"], one["value"]
    if operator in ("is_set", "is_not_set"):
        return (found is not None) == (operator == "is_set")
    said = None if found is None else text(found)
    if found is not None and said is None:
        return None
    if operator.endswith("equals"):
        if isinstance(found, Number) and NUMERIC.match(value):
            same = Decimal(found) == Decimal(value)
        else:
            same = said is not None and said == value
        return same == (operator == "equals")
    if operator.endswith("contains"):
        return (said is not None and value in said) == (operator == "contains")
    if said is None or not NUMERIC.match(said):
        return False
    a, b = Decimal(said), Decimal(value)
    return {"greater": a > b, "greater_or_equal": a >= b, "less": a < b, "less_or_equal": a <= b}[operator]
