"""Exports with dlt, as rows: dicts to gzipped JSON lines in S3. JSON columns stay the strings they are in ClickHouse."""

import os

from common import QUERY, clickhouse, export_with_dlt, parameters

# dlt normalizes in one process unless told otherwise, a file at a time: its guide to performance has as many processes as
# cores, and files of 100,000 rows for them.
os.environ["NORMALIZE__WORKERS"] = str(os.cpu_count())
os.environ["SOURCES__DATA_WRITER__FILE_MAX_ITEMS"] = "100000"


def pages():
    """Lists of rows, not single ones, as the same guide advises."""
    with clickhouse().query_row_block_stream(QUERY, parameters=parameters()) as blocks:
        names = blocks.source.column_names
        for block in blocks:
            yield [dict(zip(names, row)) for row in block]


if __name__ == "__main__":
    export_with_dlt(pages, "jsonl")
