#!/usr/bin/env python3
"""Stands in for `clickhouse local` and `clickhouse-client`: takes their options and asks the tests' server over HTTP."""

import os, sys, urllib.error, urllib.parse, urllib.request

fields, query = {"default_format": "TSV"}, ""
arguments = iter(sys.argv[1:])
for argument in arguments:
    if argument.startswith("--param_"):
        name, value = argument[2:].split("=", 1)
        fields[name] = value
    elif argument == "--query":
        query = next(arguments)
    elif argument == "--format":
        fields["default_format"] = next(arguments)
    elif argument == "--database":
        fields["database"] = next(arguments)
    elif argument in ("--host", "--user", "--password", "--readonly"):
        next(arguments)
    else:
        assert argument == "local", argument

request = urllib.request.Request(f"{os.environ['CLICKHOUSE_URL']}/?{urllib.parse.urlencode(fields)}", query.encode())
request.add_header("X-ClickHouse-User", os.environ["CLICKHOUSE_USER"])
request.add_header("X-ClickHouse-Key", os.environ["CLICKHOUSE_PASSWORD"])
try:
    sys.stdout.write(urllib.request.urlopen(request).read().decode())
except urllib.error.HTTPError as error:
    sys.exit(error.read().decode())
