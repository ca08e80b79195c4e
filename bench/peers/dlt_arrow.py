"""Exports with dlt, as Arrow record batches: to Parquet in S3, all of dlt's settings at their defaults."""

from common import clickhouse, export_with_dlt, record_batches


def batches():
    yield from record_batches(clickhouse())


if __name__ == "__main__":
    export_with_dlt(batches, "parquet")
