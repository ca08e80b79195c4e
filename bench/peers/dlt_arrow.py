"""Exports Arrow record batches with dlt to Parquet in S3, with dlt's default settings."""

from common import clickhouse, export_with_dlt, record_batches


def batches():
    yield from record_batches(clickhouse())


if __name__ == "__main__":
    export_with_dlt(batches, "parquet")
