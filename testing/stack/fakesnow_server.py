"""Serves fakesnow, a stand-in for Snowflake, to clients that read result sets as JSON.

Changes to fakesnow: returns result sets as JSON, as the Node driver requests, supports COPY with FILES=(...) from an
internal stage into a temporary table and REMOVE of internal stage files, and requires the private half of the given key
for key-pair logins: it checks the token as Snowflake's documentation describes. Accepts no password, and no programmatic
access token but the given one. Fails an INSERT into a table while a table with the same name and the suffix _FAILS
exists. What else it refuses: fakesnow_rules.py.
Usage: fakesnow_server.py <port> <file of a public key in PEM> <programmatic access token>
"""

import base64
import gzip
import hashlib
import importlib
import json
import os
import re
import shutil
import sys
import time

import uvicorn
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from fakesnow.transforms import stage
from snowflake.connector.errors import ProgrammingError
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from fakesnow_rules import Rules

# Functions in the package shadow these modules.
server = importlib.import_module("fakesnow.server")
copy_into = importlib.import_module("fakesnow.copy_into")
info_schema = importlib.import_module("fakesnow.info_schema")

INSERT = re.compile(r'^INSERT INTO "\w+"\."\w+"\."(\w+)"')
REMOVE = re.compile(r"^\s*(?:REMOVE|RM)\s+@(\S+)\s*$", re.IGNORECASE)


def value(cell, kind):
    """A cell in Snowflake's JSON: all values are text, and times count from the epoch."""
    if cell is None or kind.startswith("timestamp") and cell["epoch"] is None:
        return None
    if kind == "boolean":
        return "1" if cell else "0"
    if kind == "timestamp_ntz":
        return f"{cell['epoch']}.{cell['fraction']:09d}"
    if kind == "timestamp_tz":
        return f"{cell['epoch']}.{cell['fraction']:09d} {cell['timezone']}"
    return str(cell)


def rowset(table, rowtype):
    columns = [[value(cell, column["type"]) for cell in cells.to_pylist()] for cells, column in zip(table.columns, rowtype)]
    return [list(row) for row in zip(*columns)]


class Rows:
    """Holds the table that fakesnow is about to encode, for the JSON response."""

    def __init__(self, table, rowtype):
        self.rows = rowset(table, rowtype)


def json_response(content, *args, **kwargs):
    data = content.get("data") if isinstance(content, dict) else None
    if isinstance(data, dict) and data.get("queryResultFormat") == "arrow":
        encoded = data.pop("rowsetBase64")
        data["queryResultFormat"] = "json"
        data["rowset"] = encoded.rows if isinstance(encoded, Rows) else []
    if isinstance(data, dict) and "rowset" in data:
        data["returned"] = len(data["rowset"])
    return JSONResponse(content, *args, **kwargs)


class Kept:
    def __init__(self, rows):
        self.rows = rows

    def decode(self, _):
        return self.rows


def to_sf(table, rowtype):
    return Rows(original_to_sf(table, rowtype), rowtype)


original_to_sf = server.to_sf
server.to_sf = to_sf
server.to_ipc = lambda rows: rows
server.b64encode = Kept
server.JSONResponse = json_response


original_source_urls = copy_into._source_urls


def source_urls(source, files):
    if not stage.is_internal(source):
        return original_source_urls(source, files)
    return [os.path.join(source, file) for file in files]


copy_into._source_urls = source_urls


original_describe_table = copy_into._describe_table


def describe_table(table, duck_conn, catalog, schema):
    """Temporary tables are in a separate database, which fakesnow does not search."""
    found = duck_conn.execute("SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = ?", [table.name]).fetchone()
    if not found:
        return original_describe_table(table, duck_conn, catalog, schema)
    return [(row[0], row[1]) for row in duck_conn.execute(f'DESCRIBE "{table.name}"').fetchall()]


copy_into._describe_table = describe_table


# For the table that a MERGE creates, this would write to another database: DuckDB transactions cover only one.
info_schema.insert_table_comment_sql = lambda *_: "SELECT 1"

original_execute = server.FakeSnowflakeCursor.execute


def execute(self, command, *args, **kwargs):
    insert = INSERT.match(command)
    if insert and original_execute(self, f"SHOW TABLES LIKE '{insert[1]}_FAILS'").fetchall():
        raise ProgrammingError(msg="SQL execution canceled", errno=604, sqlstate="57014")
    found = REMOVE.match(command)
    if not found:
        return original_execute(self, command, *args, **kwargs)
    name, _, path = found[1].partition("/")
    fqname = ".".join(stage.parts_from_var(name, self._conn.database, self._conn.schema))
    remove(stage.internal_dir(fqname), path)
    return original_execute(self, "SELECT 'removed' AS result", server=True)


def remove(folder, prefix):
    """Like Snowflake, removes everything with this prefix."""
    for parent, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(parent, name)
            if os.path.relpath(file, folder).startswith(prefix):
                os.remove(file)


server.FakeSnowflakeCursor.execute = execute


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_token(token, account, user, key):
    """Raises unless the key signed the token, and it names the user and expires within an hour."""
    header, payload, signature = token.split(".")
    key.verify(unpadded(signature), f"{header}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256())
    assert json.loads(unpadded(header))["alg"] == "RS256"
    claims = json.loads(unpadded(payload))
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    print_ = base64.b64encode(hashlib.sha256(der).digest()).decode()
    who = f"{account.upper()}.{user.upper()}"
    assert claims["sub"] == who and claims["iss"] == f"{who}.SHA256:{print_}"
    # The Node driver uses milliseconds; other clients use seconds, as the standard says.
    expires = claims["exp"] / 1000 if claims["exp"] > 1e11 else claims["exp"]
    assert 0 < expires - time.time() <= 3600


def refused(code, message):
    return JSONResponse({"data": None, "code": code, "message": message, "success": False})


def login_with(key, access_token, rules):
    async def login(request):
        body = await request.body()
        if request.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        data = json.loads(body)["data"]
        if data.get("AUTHENTICATOR") == "PROGRAMMATIC_ACCESS_TOKEN":
            if data.get("TOKEN") != access_token:
                return refused("394400", "Programmatic access token is invalid.")
        elif data.get("AUTHENTICATOR") == "SNOWFLAKE_JWT":
            try:
                check_token(data["TOKEN"], data["ACCOUNT_NAME"], data["LOGIN_NAME"], key)
            except Exception:
                return refused("390144", "JWT token is invalid.")
        else:
            return refused("394507", "MFA authentication is required.")
        return await rules.login(request)

    return login


def main(port, key_file, access_token):
    with open(key_file, "rb") as file:
        key = serialization.load_pem_public_key(file.read())
    rules = Rules(server)
    changed = {
        "/session/v1/login-request": login_with(key, access_token, rules),
        "/queries/v1/query-request": rules.query,
    }
    others = [route for route in server.routes if route.path not in changed]
    app = Starlette(routes=[*(Route(path, to, methods=["POST"]) for path, to in changed.items()), *others])
    try:
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
    finally:
        shutil.rmtree(stage.LOCAL_BUCKET_PATH, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
