"""Writes good and bad buckets into a folder, and `cases.json`: what a verifier has to say about each."""

import json, pathlib, sys

from bucket import Bucket, Export, Key, at, base64url, canonical, hash_of, sha256
import formats

OUT = pathlib.Path(sys.argv[1])
CASES = []


def save(name, bucket, exit, *what, args=(), below=""):
    """`what`: the checks that are not true, each as `check` or `check:status`."""
    folder = OUT / name
    for key, data in bucket.objects.items():
        if key.startswith(below):
            path = folder / key[len(below) :]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    CASES.append({"name": name, "exit": exit, "what": sorted(set(what)), "args": list(args)})


def text(name, data):
    (OUT / name).write_bytes(data)
    return str(OUT / name)


def good(prefix="prod/"):
    """A chain with a window that was written again, and a receipt that never reached the bucket."""
    bucket = Bucket(prefix)
    export = Export(bucket)
    export.commit(0)
    old, _ = export.commit(1)
    export.commit(2, rows=(7,))
    export.commit(1, rows=(6,), revision=2, supersedes=old)
    lost, _ = export.commit(3, stored=False)
    export.void(lost)
    export.commit(3, revision=2)
    return bucket, export


def manifest_of(bucket, hour=0):
    return next(key for key in bucket.objects if key.endswith(f"{at(hour * 3600 + 3600, True)}_manifest.json"))


def data_of(bucket):
    return next(key for key in bucket.objects if key.endswith("-0.jsonl.gz"))


def replace(bucket, export, sequence, document):
    """Stores a link anew, in the chain and as its manifest."""
    before = canonical(export.links[sequence - 1])
    for key, data in list(bucket.objects.items()):
        if data == before:
            bucket.objects[key] = canonical(document)


# Good ones.
bucket, export = good()
save("good", bucket, 0)
save("good-below-prefix", bucket, 0, below="prod/")
save("good-root", bucket, 0, args=["--root", "prod/"], below="prod/")
save("good-below-chain", bucket, 2, "signature:unknown", "chain:unknown", "chain object:unknown", "supersedes:unknown",
     below="prod/e1/")
head = export.links[-1]
save("good-head", bucket, 0, args=["--head", f"{head['sequence']}:{hash_of(head)}"])
statement = {"exportId": export.id, "sequence": 7, "sha256": hash_of(head), "signedAt": at(100000)}
save("good-head-file", bucket, 0, args=["--head", text("head.json", canonical(bucket.key.sign(statement)))])
forged = canonical({**Key(b"o").sign(statement), "sequence": 6})
save("forged-head-file", bucket, 1, "head", "signature", args=["--head", text("forged.json", forged)])
keys = text("keys.json", bucket.objects["prod/_penstock/keys.json"])
save("good-keys", bucket, 0, args=["--keys", keys])
save("good-key", bucket, 0, args=["--key", bucket.key.jwk["x"]])
save("good-kid", bucket, 0, args=["--kid", bucket.key.kid])
save("good-no-prefix", good("")[0], 0)
bucket.objects["prod/.penstock/claim-1"] = b"claim"
bucket.objects["prod/e1/date=2026-03-29/hour=00/_SUCCESS"] = b""
save("good-markers", bucket, 0)
bucket.objects["prod/e1/other.csv"] = b"x\n"
save("good-allow-extra", bucket, 0, args=["--allow-extra"])

bucket = Bucket()
for number, (layout, format, compression) in enumerate(
    [("template", format, codec) for format in ("jsonl", "csv", "xml") for codec in ("none", "gzip", "zstd")]
    + [("template", "parquet", codec) for codec in ("none", "zstd", "snappy", "gzip", "lz4")]
    + [("hive", "jsonl", "gzip"), ("hive", "parquet", "zstd")], 1
):
    export = Export(bucket, number, layout, format, compression)
    export.commit(0, rows=(5,))
    export.commit(1, rows=(0,))
    export.commit(2, rows=(1, 30000 if format == "jsonl" else 40))
    export.commit(3, rows=())
save("good-formats", bucket, 0)

api = Bucket()
clevertap = Export(api, 1, "clevertap", chain="api")
clevertap.commit(0)
clevertap.commit(1)
save("api-chain", api, 2, "chain:unknown")
save("api-chain-given", api, 0, args=["--chain", text("chain.json", json.dumps(clevertap.links).encode())])
save("api-chain-given-short", api, 0, args=["--chain", text("short.json", json.dumps(clevertap.links[:1]).encode())])

# Version 1.
bucket = Bucket()
export = Export(bucket)
runs = sorted(export.first(hour) for hour in (0, 1))
lines = "".join(f"{run} {sha256(bucket.objects[key])}\n" for run, key in runs)
save("first-only", bucket, 2, "signature:unknown")
export.genesis = {"receipts": 2, "sha256": sha256(lines.encode())}
export.commit(2)
save("genesis", bucket, 0)
manifest = manifest_of(bucket)
whole = bucket.objects[manifest]
bucket.objects[manifest] = whole.replace(b'"requestId": "req', b'"requestId": "res')
save("genesis-edited", bucket, 1, "genesis")
bucket.objects[manifest] = whole.replace(b"\n", b"\r\n", 1)
save("first-other-bytes", bucket, 1, "form", "genesis:unknown", "signature:unknown", "extra")
del bucket.objects[manifest]
for key in [key for key in bucket.objects if key.startswith(f"prod/e1/{at(0, True)}")]:
    del bucket.objects[key]
save("genesis-gone", bucket, 2, "genesis:unknown", "signature:unknown")


# Objects.
def bad(name, *what, exit=1, args=(), edit=lambda bucket, export: None):
    bucket, export = good()
    edit(bucket, export)
    save(name, bucket, exit, *what, args=args)


def move(bucket, first, second):
    bucket.objects[first], bucket.objects[second] = bucket.objects[second], bucket.objects[first]


def set_data(change):
    def edit(bucket, export):
        key = data_of(bucket)
        bucket.objects[key] = change(bucket.objects[key])

    return edit


bad("object-deleted", "file", edit=lambda bucket, _: bucket.objects.pop(data_of(bucket)))
bad("object-truncated", "size", edit=set_data(lambda data: data[:-1]))
bad("object-longer", "size", edit=set_data(lambda data: data + b"x"))
bad("object-empty", "size", edit=set_data(lambda data: b""))
bad("object-flipped", "sha256", "rows", edit=set_data(lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:]))
bad("object-header-flipped", "sha256", edit=set_data(lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:]))
bad("objects-swapped", "size", edit=lambda bucket, _: move(bucket, data_of(bucket), "prod/e1/20260329T000000Z-20260329T010000Z-1.jsonl.gz"))
bad("object-added", "extra", edit=lambda bucket, _: bucket.objects.update({"prod/e1/more.jsonl": b"{}\n"}))
bad("success-with-bytes", "extra", edit=lambda bucket, _: bucket.objects.update({"prod/e1/_SUCCESS": b"1"}))
bad("old-file-left", "extra", edit=lambda bucket, export: bucket.objects.update({export.links[1]["files"][0]["key"]: b"old"}))


# Manifests.
def rewrite(change):
    def edit(bucket, export):
        key = manifest_of(bucket)
        bucket.objects[key] = change(bucket.objects[key])

    return edit


FORM = ("form", "extra", "manifest")
bad("manifest-deleted", "manifest", "extra", edit=lambda bucket, _: bucket.objects.pop(manifest_of(bucket)))
bad("manifest-newline", *FORM, edit=rewrite(lambda data: data + b"\n"))
bad("manifest-space", *FORM, edit=rewrite(lambda data: data.replace(b',"bytes"', b', "bytes"', 1)))
bad("manifest-bom", *FORM, edit=rewrite(lambda data: b"\xef\xbb\xbf" + data))
bad("manifest-float", *FORM, edit=rewrite(lambda data: data.replace(b'"rows":9', b'"rows":9.0', 1)))
bad("manifest-exponent", *FORM, edit=rewrite(lambda data: data.replace(b'"rows":9', b'"rows":9e0', 1)))
bad("manifest-escape", *FORM, edit=rewrite(lambda data: data.replace(b'"table":"events"', b'"table":"\\u0065vents"', 1)))
bad("manifest-duplicate", *FORM, edit=rewrite(lambda data: data[:-1] + b',"version":2}'))
bad("manifest-duplicate-first", *FORM, edit=rewrite(lambda data: b'{"rows":8,' + data[1:]))
bad("manifest-order", *FORM, edit=rewrite(lambda data: json.dumps(dict(reversed(json.loads(data).items())), separators=(",", ":"), ensure_ascii=False).encode()))
bad("manifest-not-utf8", *FORM, edit=rewrite(lambda data: data.replace("é".encode(), b"\xe9", 1)))
bad("manifest-truncated", *FORM, edit=rewrite(lambda data: data[:-1]))
bad("manifest-version-3", *FORM, edit=rewrite(lambda data: data.replace(b'"version":2', b'"version":3')))
bad("manifest-edited", "signature", "chain object", "sequence", "sum of rows", "source rows", "accounting",
    edit=rewrite(lambda data: data.replace(b'"rows":9,"runId"', b'"rows":8,"runId"', 1)))
bad("manifest-member-in-signature", *FORM, edit=rewrite(lambda data: data.replace(b'"signature":{"alg"', b'"signature":{"a":1,"alg"')))
bad("manifest-twice", "name", "manifest", "file",
    edit=lambda bucket, _: bucket.objects.update({"prod/e1/20260401T000000Z-20260401T010000Z_manifest.json": bucket.objects[manifest_of(bucket)]}))
bad("manifests-swapped", "name", edit=lambda bucket, _: move(bucket, manifest_of(bucket), manifest_of(bucket, 2)))
bad("manifest-of-superseded", "manifest", "extra",
    edit=lambda bucket, export: bucket.objects.update({manifest_of(bucket, 1): canonical(export.links[1])}))


def last_character(data):
    """Another text of the same 64 bytes: two bits of the last character are not used."""
    value = json.loads(data)["signature"]["value"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return data.replace(value.encode(), (value[:-1] + alphabet[alphabet.index(value[-1]) | 1]).encode())


def in_both(change):
    def edit(bucket, export):
        before = bucket.objects[manifest_of(bucket)]
        for key in [key for key, data in bucket.objects.items() if data == before]:
            bucket.objects[key] = change(before)

    return edit


def resign(key, sequence=1, change=lambda document: document):
    return lambda bucket, export: replace(bucket, export, sequence, key.sign(change(export.links[sequence - 1])))


bad("signature-not-canonical", "signature", edit=in_both(last_character))
bad("signature-padded", "signature", edit=in_both(lambda data: data.replace(b'"},"source":', b'=="},"source":')))
bad("signature-flipped", "signature", edit=in_both(lambda data: data.replace(b'"value":"', b'"value":"A', 1)))
bad("signed-by-another", "signature", edit=resign(Key(b"other")))
bad("signed-by-another-same-kid", "signature",
    edit=lambda bucket, export: replace(bucket, export, 1, {**export.links[0], "signature": {**Key(b"o").sign(export.links[0])["signature"], "kid": bucket.key.kid}}))
bad("resigned-with-changes", "previous", "source rows", "accounting", edit=lambda bucket, export: resign(bucket.key, 1, lambda it: {**it, "source": {**it["source"], "rows": 9 + 1}, "accounting": []})(bucket, export))


def accounting(change):
    def edit(bucket, export):
        first = export.links[-1]
        document = {**first, "accounting": [change(first["accounting"][0])]}
        replace(bucket, export, len(export.links), bucket.key.sign(document))

    return edit


bad("accounting-open", "accounting of events", edit=accounting(lambda it: {**it, "inWindow": it["inWindow"] + 1}))
bad("accounting-rows", "accounting", "accounting of events", edit=accounting(lambda it: {**it, "expandedTo": 1}))


def all_by(key):
    """The whole bucket, signed again by another key, with other keys beside it."""
    bucket, export = Bucket(key=key), None
    export = Export(bucket)
    export.commit(0)
    export.commit(1)
    return bucket


forged = all_by(Key(b"forger"))
save("forged-keys-beside", forged, 0)
save("forged-keys-given", forged, 1, "signature", args=["--keys", keys])
save("forged-kid", forged, 1, "signature", args=["--kid", Key().kid])
save("forged-key", forged, 1, "signature", args=["--key", Key().jwk["x"]])
save("key-too-late", all_by(Key(b"k", first=at(90002))), 1, "signature")
save("key-expired", all_by(Key(b"k", last=at(90001))), 1, "signature")
bucket = all_by(Key())
bucket.objects["prod/_penstock/keys.json"] = bucket.objects["prod/_penstock/keys.json"].replace(Key().kid.encode(), Key(b"o").kid.encode())
save("key-with-another-kid", bucket, 1, "public key", "signature:unknown")


# The chain.
def chain(sequence):
    return f"prod/_penstock/{good_id}/chain/{sequence}.json"


good_id = export.id
bad("link-removed", "chain object", edit=lambda bucket, _: bucket.objects.pop(chain(3)))
bad("superseded-link-removed", "chain", "supersedes", edit=lambda bucket, _: bucket.objects.pop(chain(2)))
bad("void-removed", "chain", "manifest", "window", edit=lambda bucket, _: bucket.objects.pop(chain(6)))
bad("link-with-a-huge-number", "sequence", "chain", edit=resign(Key(), 7, lambda it: {**it, "sequence": 2**53 - 1}))
bad("links-swapped", "sequence", edit=lambda bucket, _: move(bucket, chain(1), chain(3)))
bad("link-renamed", "sequence", edit=lambda bucket, _: bucket.objects.update({chain(8): bucket.objects.pop(chain(7))}))
bad("link-twice", "sequence", edit=lambda bucket, _: bucket.objects.update({chain("07"): bucket.objects[chain(7)]}))
bad("link-not-canonical", "form", "chain object", edit=lambda bucket, _: bucket.objects.update({chain(1): bucket.objects[chain(1)] + b" "}))
bad("chain-removed", "chain object", "chain", "supersedes", edit=lambda bucket, _: [bucket.objects.pop(chain(n)) for n in range(1, 8)])
bad("receipt-removed-everywhere", "chain", "extra",
    edit=lambda bucket, _: [bucket.objects.pop(key) for key in (chain(3), manifest_of(bucket, 2))])


def cut(bucket, export):
    last = export.links[-1]
    for key in [key for key, data in bucket.objects.items() if data == canonical(last)] + [file["key"] for file in last["files"]]:
        del bucket.objects[key]


bad("end-cut-off", exit=0, edit=cut)
bad("end-cut-off-head", "head", args=["--head", f"7:{hash_of(good()[1].links[-1])}"], edit=cut)
bad("head-of-another", "head", args=["--head", f"7:{sha256(b'x')}"])


def with_link(change, *more):
    bucket, export = good()
    change(bucket, export)
    return bucket


def supersede(target):
    def change(bucket, export):
        export.commit(5, edit=lambda it: {**it, "supersedes": {"runId": target(export)["runId"], "sha256": hash_of(target(export)), "reason": "retry"}})

    return change


save("supersedes-nothing", with_link(lambda b, e: e.commit(5, edit=lambda it: {**it, "supersedes": {"runId": it["runId"], "sha256": sha256(b"?"), "reason": "retry"}})), 1, "supersedes")
save("supersedes-another-window", with_link(supersede(lambda e: e.links[2])), 1, "supersedes", "manifest", "extra")
save("window-twice", with_link(lambda b, e: e.commit(0, rows=(3,), revision=2)), 1, "window", "manifest", "extra")
save("voids-another", with_link(lambda b, e: e.link({"version": 2, "type": "void", "exportId": e.id, "runId": e.links[0]["runId"], "voids": {"sequence": 2, "sha256": hash_of(e.links[0]), "reason": "x"}})), 1, "voids", "manifest", "extra")
save("previous-of-another", with_link(lambda b, e: e.links.__setitem__(-1, e.links[0]) or e.commit(5)), 1, "previous")

(OUT / "cases.json").write_text(json.dumps(CASES))
