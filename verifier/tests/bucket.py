"""Buckets as Penstock writes them, from docs/receipts.md and without any of its code."""

import base64, hashlib, json

import ed25519
import formats

START = 1_774_742_400  # 2026-03-29T00:00:00Z


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def canonical(value):
    """RFC 8785 for what receipts have: whole numbers, and members in ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012x}"


def at(seconds, basic=False):
    import datetime

    moment = datetime.datetime.fromtimestamp(START + seconds, datetime.timezone.utc)
    return moment.strftime("%Y%m%dT%H%M%SZ" if basic else "%Y-%m-%dT%H:%M:%S.000Z")


class Key:
    def __init__(self, seed=b"k", first=at(-86400), last=None):
        self.secret = hashlib.sha256(seed).digest()
        x = base64url(ed25519.public_key(self.secret))
        thumb = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": x}, separators=(",", ":")).encode()
        self.kid = base64url(hashlib.sha256(thumb).digest())
        self.jwk = {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.kid, "notBefore": first, "notAfter": last}

    def sign(self, document):
        rest = {name: value for name, value in document.items() if name != "signature"}
        value = base64url(ed25519.sign(self.secret, canonical(rest)))
        return {**rest, "signature": {"alg": "EdDSA", "kid": self.kid, "value": value}}


def hash_of(document):
    return sha256(canonical({name: value for name, value in document.items() if name != "signature"}))


class Bucket:
    """Objects by key. One connection with a prefix, and any number of exports."""

    def __init__(self, prefix="prod/", key=None):
        self.objects, self.prefix, self.key = {}, prefix, key or Key()
        self.publish([self.key])

    def publish(self, keys):
        self.objects[f"{self.prefix}_penstock/keys.json"] = json.dumps({"keys": [key.jwk for key in keys]}).encode()

    def chain_key(self, export, sequence):
        return f"{self.prefix}_penstock/{export.id}/chain/{sequence}.json"


class Export:
    """Writes windows of one hour, and their receipts."""

    def __init__(self, bucket, number=1, layout="template", format="jsonl", compression="gzip", chain="objects"):
        self.bucket, self.id, self.number = bucket, uuid(number), number
        self.layout, self.format, self.compression, self.chain = layout, format, compression, chain
        self.links, self.runs, self.genesis = [], 0, None
        self.folder = f"{bucket.prefix}e{number}/"

    def extension(self):
        codec = self.compression if self.format != "parquet" else "none"
        return f"{self.format}{formats.SUFFIXES[codec]}"

    def keys(self, hour, files, revision, request):
        bounds = f"{at(hour * 3600, True)}-{at(hour * 3600 + 3600, True)}"
        if self.layout == "clevertap":
            run = f"{self.folder}{request}-20260330010203"
            return [f"{run}-Signed%20Up-20260329-{i + 1}-9.json.gz" for i in range(files)], f"{run}-manifest-9.json"
        end = f"-r{revision}" if revision > 1 else ""
        index = lambda i: f"-{i}" if files > 1 else ""
        date = "date=2026-03-29/hour=%02d/" % hour if self.layout == "hive" else ""
        names = [f"{self.folder}{date}{bounds}{index(i)}{end}.{self.extension()}" for i in range(files)]
        if self.layout == "hive":
            return names, f"{self.folder}_manifests/{bounds}.json"
        return names, f"{self.folder}{bounds}_manifest.json"

    def content(self, rows, tag):
        if self.layout == "clevertap":
            return formats.CODECS["gzip"](formats.clevertap(rows, tag))
        data = formats.WRITERS[self.format](rows, tag)
        return data if self.format == "parquet" else formats.CODECS[self.compression](data)

    def write(self, hour, rows=(5, 4), revision=1):
        self.runs += 1
        request = f"req{self.number}{self.runs}"
        keys, manifest = self.keys(hour, len(rows), revision, request)
        files = []
        for key, count in zip(keys, rows):
            data = self.content(count, f"{self.number}-{hour}-{revision}")
            self.bucket.objects[key] = data
            files.append({"key": key, "rows": count, "bytes": len(data), "sha256": sha256(data), "etag": '"e"'})
        common = {
            "exportId": self.id,
            "runId": uuid(self.number * 1000 + self.runs),
            "requestId": request,
            "intervalStart": at(hour * 3600),
            "intervalEnd": at(hour * 3600 + 3600),
            "rows": sum(rows),
            "bytes": sum(file["bytes"] for file in files),
            "files": files,
        }
        return common, manifest

    def first(self, hour, rows=(5, 4)):
        """A receipt of version 1."""
        common, manifest = self.write(hour, rows)
        source = {"rows": common["rows"], "fingerprint": "7", "query": "SELECT 1", "params": {"from": 1}}
        text = json.dumps({"version": 1, **common, "source": source}, indent=2, ensure_ascii=False) + "\n"
        self.bucket.objects[manifest] = text.encode()
        return common["runId"], manifest

    def statement(self, common):
        """Everything of a receipt but its place in the chain."""
        rows = common["rows"]
        account = {"table": "events", "inWindow": rows + 6, "olderVersions": 0, "deleted": 0, "duplicates": 1}
        account |= {"excludedByEvent": 2, "excludedByProperty": 3, "selected": rows, "expandedTo": rows}
        source = {"rows": rows, "fingerprint": "12345678901234567890", "query": "SELECT …", "params": {"from": 1}}
        source |= {"formula": "sum", "host": "ch", "version": "25", "askedAt": common["intervalEnd"]}
        source["accounting"] = {"query": "SELECT 2", "params": {}}
        location = {"type": "s3", "endpoint": "https://s3", "bucket": "b", "prefix": self.bucket.prefix}
        return {
            "version": 2,
            "type": "receipt",
            **common,
            "export": {"name": "Events “é”", "configurationHash": sha256(b"c")},
            "location": location,
            "layout": self.layout,
            "format": self.format,
            "compression": self.compression,
            "source": source,
            "accounting": [account],
            "replaced": 0,
            "replacements": [],
            "compared": "listing",
            "chain": self.chain,
        }

    def link(self, document):
        previous = hash_of(self.links[-1]) if self.links else None
        sequence = len(self.links) + 1
        place = {"sequence": sequence, "previous": previous, "committedAt": at(90000 + sequence)}
        signed = self.bucket.key.sign({**document, **place})
        self.links.append(signed)
        if self.chain == "objects":
            self.bucket.objects[self.bucket.chain_key(self, sequence)] = canonical(signed)
        return signed

    def commit(self, hour, rows=(5, 4), revision=1, supersedes=None, stored=True, edit=lambda document: document):
        common, manifest = self.write(hour, rows, revision)
        document = {**self.statement(common), "supersedes": None}
        if supersedes:
            reason = {"runId": supersedes["runId"], "sha256": hash_of(supersedes), "reason": "retry"}
            document["supersedes"] = reason
            for file in supersedes["files"]:
                self.bucket.objects.pop(file["key"], None)
        if not self.links and self.genesis:
            document["genesis"] = self.genesis
        signed = self.link(edit(document))
        if stored:
            self.bucket.objects[manifest] = canonical(signed)
        return signed, manifest

    def void(self, receipt, remove=True):
        if remove:
            for file in receipt["files"]:
                self.bucket.objects.pop(file["key"], None)
        voids = {"sequence": receipt["sequence"], "sha256": hash_of(receipt), "reason": "not_stored"}
        return self.link({"version": 2, "type": "void", "exportId": self.id, "runId": receipt["runId"], "voids": voids})
