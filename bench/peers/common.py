"""Shared by the exporters: settings, rows to read, and measurement."""

import json
import os
import resource
import tempfile
import time
from datetime import datetime

import boto3
import clickhouse_connect
from botocore.config import Config

BUCKET = os.environ["S3_BUCKET"]
# Without a trailing slash.
PREFIX = os.environ["PREFIX"].rstrip("/")

# In Arrow, ClickHouse would send each UUID as 16 bytes.
QUERY = """
SELECT toString(uuid) AS uuid, event, distinct_id, toString(person_id) AS person_id, timestamp, created_at, inserted_at,
       properties, person_properties, elements_chain, ip
FROM events
WHERE project_id = {project:UInt32}
  AND inserted_at >= {start:DateTime64(6, 'UTC')} AND inserted_at < {end:DateTime64(6, 'UTC')}
"""


def parameters():
    return {
        "project": int(os.environ["PROJECT"]),
        "start": datetime.fromisoformat(os.environ["START"]),
        "end": datetime.fromisoformat(os.environ["END"]),
    }


def clickhouse():
    return clickhouse_connect.get_client(
        dsn=os.environ["CH_URL"],
        username=os.environ["CH_USERNAME"],
        password=os.environ["CH_PASSWORD"],
        database=os.environ["CH_DATABASE"],
        # Server and exporter share a machine, where compression costs more than it saves.
        compress=False,
    )


def record_batches(client):
    """The rows as Arrow record batches, one per ClickHouse block."""
    with client.query_arrow_stream(QUERY, parameters=parameters(), use_strings=True) as batches:
        yield from batches


def s3():
    return boto3.client(
        "s3",
        endpoint_url=os.environ["S3_ENDPOINT"],
        region_name=os.environ["S3_REGION"],
        aws_access_key_id=os.environ["S3_ACCESS_KEY_ID"],
        aws_secret_access_key=os.environ["S3_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}),
    )


def measure(export):
    """Runs `export`, which returns its number of rows and key prefix, and prints one line of JSON."""
    cpu_before, started = cpu_seconds(), time.perf_counter()
    rows, keys = export()
    seconds, cpu = time.perf_counter() - started, cpu_seconds() - cpu_before
    line = {
        "rows": rows,
        "bytes": stored_bytes(keys),
        "seconds": round(seconds, 3),
        "cpu": round(cpu, 3),
        "peakMb": round(peak_bytes() / 1e6, 1),
    }
    print(json.dumps(line), flush=True)


def cpu_seconds():
    """Of this process and its terminated children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def peak_bytes():
    """Peak memory of this process or of its largest child, whichever is larger."""
    # The process's own ru_maxrss starts at its parent's memory; the kernel's high-water mark does not.
    with open("/proc/self/status") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024


def stored_bytes(keys):
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=keys)
    return sum(item["Size"] for page in pages for item in page.get("Contents", []))


def export_with_dlt(items, file_format):
    """Measures dlt loading what `items()` yields as the table `events`, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="peers-dlt-") as folder:
        # Before the import: dlt reads some environment settings only once.
        os.environ.update(RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="ERROR", DLT_DATA_DIR=folder)
        # dlt reads config.toml and secrets.toml from the current folder.
        os.chdir(folder)
        import dlt
        from dlt.common.configuration.specs import AwsCredentials
        from dlt.destinations import filesystem

        def export():
            destination = filesystem(
                bucket_url=f"s3://{BUCKET}/{PREFIX}",
                credentials=AwsCredentials(
                    aws_access_key_id=os.environ["S3_ACCESS_KEY_ID"],
                    aws_secret_access_key=os.environ["S3_SECRET_ACCESS_KEY"],
                    region_name=os.environ["S3_REGION"],
                    endpoint_url=os.environ["S3_ENDPOINT"],
                ),
            )
            pipeline = dlt.pipeline("peers", destination=destination, dataset_name="peers", pipelines_dir=folder)
            info = pipeline.run(dlt.resource(items, name="events"), loader_file_format=file_format)
            info.raise_on_failed_jobs()
            rows = pipeline.last_trace.last_normalize_info.row_counts.get("events", 0)
            # Without dlt's own tables in the same folder: file names of this load start with its id.
            return rows, f"{PREFIX}/peers/events/{info.loads_ids[0]}."

        measure(export)
        os.chdir("/")
