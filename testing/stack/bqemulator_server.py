"""Serves bqemulator, a stand-in for BigQuery, offline. Usage: bqemulator_server.py <port> <public key of the only account>

Changes to bqemulator: does not download DuckDB's spatial extension, checks tokens against the account's key, accepts
query parameters in scripts, splits an ALTER TABLE that adds several columns, which DuckDB adds one by one, reports what
a script RAISEs as the error of its job, and fails an INSERT in a script while a table with the target's name and the
suffix `_fails` exists. As BigQuery does, it refuses Parquet files whose columns have another mode or type than the
load's schema says, and lists the statements of scripts as jobs with the number of rows that they wrote. As BigQuery does
for tables that require a partition filter, it refuses queries with parameters that would read a whole clustered table.
"""

import contextvars
import re
import sys

import jwt
import pyarrow
import pyarrow.parquet
from bqemulator import server
from bqemulator.api.routes import jobs
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
CHILD = re.compile(r"\s*(INSERT|MERGE|DELETE|UPDATE)\b", re.IGNORECASE)
READ = re.compile(r"(?:DELETE FROM|MERGE INTO|FROM|JOIN) `([\w:.-]+)`\.`(\w+)`\.`(\w+)`", re.IGNORECASE)
SCOPE = "https://www.googleapis.com/auth/bigquery"

create_app = server.create_app
run_query_body = executor._run_query_body
execute = DuckDBEngine.execute
exec_sql = ScriptInterpreter._exec_sql
run_script = ScriptInterpreter.run
run_statement = ScriptInterpreter._run_query
execute_query_job = jobs.execute_query_job
load_path = executor._load_path_into_target
job_of_script = contextvars.ContextVar("job_of_script")
children = {}


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
            parent = request.query_params.get("parentJobId")
            if parent and request.method == "GET" and request.url.path.endswith("/jobs"):
                return JSONResponse({"jobs": children.get(parent, [])})
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
    elif query_params:
        require_filters(bq_sql, rest["ctx"])
    return await run_query_body(bq_sql=bq_sql, query_params=query_params, is_scripted=is_scripted, **rest)


def one_by_one(self, sql, parameters=None):
    several = SEVERAL.match(sql)
    if not several:
        return execute(self, sql, parameters)
    for column in re.split(r",\s*(?=ADD COLUMN)", several[2], flags=re.IGNORECASE):
        result = execute(self, f"ALTER TABLE {several[1]} {column}")
    return result


def mode_and_type(column, type_of):
    kind = type_of(column.path)
    if pyarrow.types.is_timestamp(kind):
        name = "TIMESTAMP" if kind.tz else "DATETIME"
    elif pyarrow.types.is_integer(kind):
        name = "INTEGER"
    else:
        name = "STRING" if pyarrow.types.is_string(kind) else "BYTES"
    return ("REQUIRED" if column.max_definition_level == 0 else "NULLABLE"), name


def checked_load(path, job, ctx):
    """Source of the message: googleapis/python-bigquery#10."""
    if job.source_format == "PARQUET":
        file = pyarrow.parquet.ParquetFile(path)
        fields = {field["name"]: field for field in job.raw_config.get("schema", {}).get("fields", [])}
        for index in range(len(file.schema)):
            column = file.schema.column(index)
            mode, kind = mode_and_type(column, lambda name: file.schema_arrow.field(name).type)
            said = fields.get(column.name, {})
            told = said.get("mode", "NULLABLE")
            if said and (told, said["type"]) != (mode, kind):
                raise InvalidQueryError(
                    f"Provided schema is not compatible with the file. Field '{column.name}' is specified as {told} {said['type']} "
                    f"in provided schema which does not match {mode} {kind} as specified in the file."
                )
    load_path(path, job, ctx)


def require_filters(sql, ctx):
    """Each table in a statement needs a comparison of its first clustering column with a constant."""
    for project, dataset, name in set(READ.findall(sql)):
        table = ctx.catalog.get_table(project, dataset, name)
        if not table or not table.clustering:
            continue
        column = table.clustering.fields[0]
        reads = sum(found == (project, dataset, name) for found in READ.findall(sql))
        filters = re.findall(rf"\b{column}`? = (?:@|'|\d)", sql)
        if len(filters) < reads:
            raise InvalidQueryError(
                f"Cannot query over table '{dataset}.{name}' without a filter over column(s) '{column}' that can be used for "
                "partition elimination"
            )


async def as_job(project_id, job_id, bq_sql, *rest, **more):
    job_of_script.set(job_id)
    return await execute_query_job(project_id, job_id, bq_sql, *rest, **more)


async def counted_statement(self, sql):
    require_filters(sql, self._ctx)
    result = await run_statement(self, sql)
    kind = CHILD.match(sql)
    if kind:
        parent = job_of_script.get(None)
        rows = {"INSERT": "inserted", "MERGE": "inserted", "DELETE": "deleted", "UPDATE": "updated"}[kind[1].upper()]
        count = str(result.column(0)[0].as_py()) if result.num_rows else "0"
        statistics = {"query": {"dmlStats": {f"{rows}RowCount": count}}}
        children.setdefault(parent, []).append({"configuration": {"query": {"query": sql}}, "statistics": statistics})
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
ScriptInterpreter._run_query = counted_statement
executor._load_path_into_target = checked_load
jobs.execute_query_job = as_job
server.run_forever(Settings(rest_port=int(sys.argv[1]), grpc_port=0, enable_format_extensions=False))
