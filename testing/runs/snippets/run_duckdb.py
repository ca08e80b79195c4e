"""Runs SQL from its input in DuckDB and prints the first value of the last answer.

The extensions that the SQL installs are there before, from packages: installing them then downloads nothing.
"""

import pathlib, sys

import duckdb
import duckdb_extension_aws, duckdb_extension_httpfs

connection = duckdb.connect(config={"extension_directory": sys.argv[1]})
for package in (duckdb_extension_httpfs, duckdb_extension_aws):
    [extension] = pathlib.Path(package.__file__).parent.rglob("*.duckdb_extension")
    connection.execute(f"INSTALL '{extension}'")
print(connection.execute(sys.stdin.read()).fetchone()[0])
