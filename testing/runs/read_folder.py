"""Reads Parquet files in folders named `column=value` with third-party readers.

Takes the root folder, and a JSON file with each row's event name by uuid. Prints each reader's result as JSON: its
number of rows and how many have another `event_name`, or the start of its error.
"""

import json, pathlib, sys

import duckdb
import pandas
import pyarrow.dataset
import pyarrow.parquet

folder, names = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
files = sorted(str(path) for path in pathlib.Path(folder).rglob("*.parquet"))


def compare(pairs):
    pairs = list(pairs)
    return {"rows": len(pairs), "others": sum(names[str(uuid)] != name for uuid, name in pairs)}


def of_table(table):
    return compare(zip(table["uuid"].to_pylist(), table["event_name"].to_pylist()))


def of_pandas():
    frame = pandas.read_parquet(folder)
    missing = {"event", "date", "hour"} - set(frame.columns)
    assert not missing, f"no columns {missing} of the path"
    return compare(zip(frame["uuid"], frame["event_name"]))


def of_duckdb():
    query = "select uuid, event_name, event, date, hour from read_parquet(?, hive_partitioning = true)"
    return compare(row[:2] for row in duckdb.execute(query, [files]).fetchall())


def spark_refuses(schema, path):
    """What Spark refuses, even before 3.2: https://spark.apache.org/docs/3.1.3/sql-data-sources-parquet.html."""
    inside = [name.lower() for name in schema.names]
    if len(set(inside)) < len(inside):
        return "names that differ by case only"
    twice = set(inside) & {part.split("=")[0].lower() for part in pathlib.Path(path).parts if "=" in part}
    if twice:
        return f"partition columns in the data: {sorted(twice)}"
    for field in schema:
        if str(field.type).startswith("uint"):
            return f"Parquet type not supported: {field.name} {field.type}"
    return None


def by_spark():
    refusals = [spark_refuses(pyarrow.parquet.read_schema(path), path) for path in files]
    assert not any(refusals), next(filter(None, refusals))
    return {"rows": sum(pyarrow.parquet.read_metadata(path).num_rows for path in files), "others": 0}


READERS = {
    "pandas": of_pandas,
    "pyarrow.parquet": lambda: of_table(pyarrow.parquet.read_table(folder, use_threads=False)),
    "pyarrow.dataset": lambda: of_table(
        pyarrow.dataset.dataset(folder, format="parquet", partitioning="hive").to_table(use_threads=False)
    ),
    "DuckDB": of_duckdb,
    "Spark's rules": by_spark,
}

found = {}
for name, read in READERS.items():
    try:
        found[name] = read()
    except Exception as error:
        found[name] = str(error)[:120]
print(json.dumps(found))
