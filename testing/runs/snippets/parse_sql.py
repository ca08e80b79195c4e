"""Parses SQL in the dialect of a warehouse. Takes a JSON list of [dialect, name, SQL] and prints what can't be parsed."""

import json, sys

import sqlglot

problems = []
for dialect, name, text in json.load(sys.stdin):
    try:
        statements = sqlglot.parse(text, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        # What sqlglot doesn't know becomes a command, which is not checked.
        commands = [str(each)[:80] for each in statements if isinstance(each, sqlglot.exp.Command)]
        problems += [f"{name}: not parsed: {command}" for command in commands]
    except sqlglot.errors.SqlglotError as error:
        problems.append(f"{name}: {error}"[:600])
print(json.dumps(problems))
