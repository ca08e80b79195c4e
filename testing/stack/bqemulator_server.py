"""Serves bqemulator, a stand-in for BigQuery, offline. Usage: bqemulator_server.py <port> <public key of the only account>

Changes to bqemulator: does not download DuckDB's spatial extension, checks tokens against the account's key, accepts
query parameters in scripts, splits an ALTER TABLE that adds several columns, which DuckDB adds one by one, reports what
a script RAISEs as the error of its job, and fails an INSERT in a script while a table with the target's name and the
suffix `_fails` exists.
"""

import re
import sys

import jwt
from bqemulator import server
from bqemulator.config import Settings
from bqemulator.domain.errors import InvalidQueryError
from bqemulator.jobs import executor
from bqemulator.scripting.exceptions import ScriptRaise
from bqemulator.scripting.interpreter import ScriptInterpreter
from bqemulator.storage.engine import DuckDBEngine
from starlette.responses import JSONResponse

PARAMETER = re.compile(r"@([A-Za-z_]\w*)")
SEVERAL = re.compile(r"^\s*ALTER TABLE (\S+) (ADD COLUMN .*,\s*ADD COLUMN .*?);?\s*$", re.IGNORECASE | re.DOTALL)
INSERT = re.compile(r"^\s*INSERT INTO `([\w-]+)`\.`(\w+)`\.`(\w+)`", re.IGNORECASE)
SCOPE = "https://www.googleapis.com/auth/bigquery"

create_app = server.create_app
run_query_body = executor._run_query_body
execute = DuckDBEngine.execute
exec_sql = ScriptInterpreter._exec_sql
run_script = ScriptInterpreter.run


def is_known(authorization, key):
    try:
        claims = jwt.decode(
            authorization.removeprefix("Bearer "), key, algorithms=["RS256"], options={"require": ["exp", "iat", "iss", "sub"]}
        )
    except jwt.PyJWTError:
        return False
    return claims["iss"] == claims["sub"] and claims.get("scope") == SCOPE and claims["exp"] - claims["iat"] <= 3600


def app_with_tokens(context):
    app = create_app(context)
    with open(sys.argv[2]) as file:
        key = file.read()

    @app.middleware("http")
    async def check(request, call_next):
        if request.url.path == "/healthz" or is_known(request.headers.get("authorization", ""), key):
            return await call_next(request)
        errors = [{"reason": "authError", "message": "Invalid Credentials"}]
        return JSONResponse({"error": {"code": 401, "errors": errors, "status": "UNAUTHENTICATED"}}, 401)

    return app


def literal(parameter):
    value = parameter["parameterValue"]["value"]
    if parameter["parameterType"]["type"] == "INT64":
        return str(int(value))
    text = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"TIMESTAMP {text}" if parameter["parameterType"]["type"] == "TIMESTAMP" else text


async def with_parameters(*, bq_sql, query_params, is_scripted, **rest):
    if is_scripted and query_params:
        values = {parameter["name"]: literal(parameter) for parameter in query_params}
        bq_sql = PARAMETER.sub(lambda found: values.get(found[1], found[0]), bq_sql)
    return await run_query_body(bq_sql=bq_sql, query_params=query_params, is_scripted=is_scripted, **rest)


def one_by_one(self, sql, parameters=None):
    several = SEVERAL.match(sql)
    if not several:
        return execute(self, sql, parameters)
    for column in re.split(r",\s*(?=ADD COLUMN)", several[2], flags=re.IGNORECASE):
        result = execute(self, f"ALTER TABLE {several[1]} {column}")
    return result


async def unless_failing(self, sql):
    insert = INSERT.match(sql)
    if insert and self._ctx.catalog.get_table(insert[1], insert[2], f"{insert[3]}_fails"):
        raise InvalidQueryError("This table fails.")
    await exec_sql(self, sql)


async def with_raised(self, source):
    try:
        return await run_script(self, source)
    except ScriptRaise as raised:
        raise InvalidQueryError(raised.message) from raised


server.create_app = app_with_tokens
executor._run_query_body = with_parameters
DuckDBEngine.execute = one_by_one
DuckDBEngine._load_spatial = lambda self: None
ScriptInterpreter._exec_sql = unless_failing
ScriptInterpreter.run = with_raised
server.run_forever(Settings(rest_port=int(sys.argv[1]), grpc_port=0, enable_format_extensions=False))
