"""Exports rows with dlt: dicts to gzipped JSON lines in S3. JSON columns remain strings, as in ClickHouse."""

import os

from common import QUERY, clickhouse, export_with_dlt, parameters

# By default dlt normalizes one file at a time in one process. Its performance guide uses one process per core and files
# of 100,000 rows.
os.environ["NORMALIZE__WORKERS"] = str(os.cpu_count())
os.environ["SOURCES__DATA_WRITER__FILE_MAX_ITEMS"] = "100000"


def pages():
    """Lists of rows rather than single rows, as the same guide advises."""
    with clickhouse().query_row_block_stream(QUERY, parameters=parameters()) as blocks:
        names = blocks.source.column_names
        for block in blocks:
            yield [dict(zip(names, row)) for row in block]


if __name__ == "__main__":
    export_with_dlt(pages, "jsonl")
