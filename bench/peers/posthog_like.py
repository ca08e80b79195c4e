"""Exports like PostHog's batch exports: Arrow record batches to dicts, to JSON lines by orjson, gzipped, to one S3 object.

Like PostHog, uses two processes to build lines and uploads parts of 50 MB, at most five at a time. Omits PostHog's
staging of Arrow files in S3 between ClickHouse and the export.

GZIP=lines (default) matches PostHog: gzip.compress of each line separately, at its default level of 9. GZIP=stream
compresses all lines in one gzip stream of level 6 in the main process; PostHog does that for Brotli only.
"""

import gzip
import multiprocessing
import os
import zlib
from collections import deque
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import orjson

from common import BUCKET, PREFIX, clickhouse, measure, record_batches, s3

KEY = f"{PREFIX}/posthog.jsonl.gz"
BY_LINE = {"lines": True, "stream": False}[os.environ.get("GZIP", "lines")]
WORKERS = 2
UPLOADS = 5
PART_BYTES = 50 * 1024 * 1024
JSON_COLUMNS = ("properties", "person_properties")


def export():
    rows = 0

    def counted():
        nonlocal rows
        for batch in record_batches(clickhouse()):
            rows += batch.num_rows
            yield batch

    upload(gzipped(lines(counted())))
    return rows, KEY


def lines(batches):
    """The lines of each batch, in order, from a pool that holds at most one batch per process."""
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("fork")) as pool:
        pending = deque()
        for batch in batches:
            if len(pending) == WORKERS:
                yield pending.popleft().result()
            pending.append(pool.submit(lines_of, batch))
        while pending:
            yield pending.popleft().result()


def lines_of(batch):
    made = map(line_of, batch.to_pylist())
    return b"".join(map(gzip.compress, made) if BY_LINE else made)


def line_of(row):
    for column in JSON_COLUMNS:
        row[column] = orjson.loads(row[column]) if row[column] else None
    return orjson.dumps(row, default=str) + b"\n"


def gzipped(chunks):
    if BY_LINE:
        yield from chunks
        return
    compressor = zlib.compressobj(level=6, wbits=31)
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()


def upload(chunks):
    """Uploads the chunks as one object in a multipart upload."""
    client = s3()
    target = {"Bucket": BUCKET, "Key": KEY}
    target["UploadId"] = client.create_multipart_upload(**target)["UploadId"]

    def send(number, body):
        answer = client.upload_part(**target, PartNumber=number, Body=body)
        return {"PartNumber": number, "ETag": answer["ETag"]}

    try:
        sent, under_way = [], deque()
        with ThreadPoolExecutor(UPLOADS) as pool:
            for number, body in enumerate(parts(chunks), start=1):
                if len(under_way) == UPLOADS:
                    sent.append(under_way.popleft().result())
                under_way.append(pool.submit(send, number, body))
            sent += [upload.result() for upload in under_way]
        client.complete_multipart_upload(**target, MultipartUpload={"Parts": sent})
    except BaseException:
        client.abort_multipart_upload(**target)
        raise


def parts(chunks):
    buffer = bytearray()
    for chunk in chunks:
        buffer += chunk
        while len(buffer) >= PART_BYTES:
            yield bytes(buffer[:PART_BYTES])
            del buffer[:PART_BYTES]
    if buffer:
        yield bytes(buffer)


if __name__ == "__main__":
    measure(export)
