"""What a Snowflake account refuses, or does by its settings, that fakesnow doesn't.

- Its TIMESTAMP_INPUT_FORMAT is not the default, so text is a time only for statements that set the parameter:
  https://docs.snowflake.com/en/sql-reference/parameters#timestamp-input-format
- A stage is usable by the role that created it, and by roles that READ and WRITE are granted to. CREATE STAGE IF NOT
  EXISTS succeeds all the same: https://docs.snowflake.com/en/user-guide/security-access-control-privileges#stage-privileges
- Databases and schemas have the spelling in which they were made, here at the first sign-in that names them, where a name
  without quotes is in upper case: https://docs.snowflake.com/en/sql-reference/identifiers-syntax#identifier-resolution
  So do columns, checked where rows are inserted, deleted, and counted.
"""

import gzip
import json
import re

from starlette.responses import JSONResponse

TEXT_AS_TIME = re.compile(r"CAST\((?:\?|'[^']*') AS TIMESTAMP_NTZ\)")
CREATE_STAGE = re.compile(r"^CREATE STAGE IF NOT EXISTS (\w+)")
USE_STAGE = re.compile(r"^(?:LIST|REMOVE|PUT|COPY)\b[^@]*@(\w+)")
PLACE = re.compile(r'(?<!\.)"([^"]+)"\."([^"]+)"\.')
CREATE_TABLE = re.compile(r'^CREATE TABLE (?:IF NOT EXISTS )?(\S+) \((.*)\)$', re.DOTALL)
ADD_COLUMN = re.compile(r'^ALTER TABLE (\S+) ADD COLUMN IF NOT EXISTS ("[^"]+")')
INSERT = re.compile(r"^INSERT INTO (\S+) \(([^)]*)\)")
WHERE = re.compile(r"^(?:DELETE|SELECT COUNT\(\*\).*?) FROM (\S+) WHERE (.*)$")
NAME = re.compile(r'"[^"]+"')
GRANT_STAGE = re.compile(r'^GRANT READ, WRITE ON STAGE (?:"?\w+"?\.){2}"(\w+)" TO ROLE "(\w+)"')


def failed(code, state, message):
    data = {"errorCode": code, "sqlState": state}
    return JSONResponse({"data": data, "code": code, "message": message, "success": False})


class Rules:
    def __init__(self, server):
        self.server = server
        # By session token.
        self.roles = {}
        # Roles that may use a stage, by database, schema, and name.
        self.stages = {}
        # By their name in any spelling.
        self.places = {}
        # Names of columns, in quotes, by their table's.
        self.columns = {}

    async def login(self, request):
        response = await self.server.login_request(request)
        token = json.loads(response.body)["data"]["token"]
        # The session's own are in upper case.
        place = tuple(self.server.normalise_ident(request.query_params[part]) for part in ("databaseName", "schemaName"))
        self.places.setdefault(tuple(name.casefold() for name in place), place)
        self.roles[token] = request.query_params.get("roleName", "PUBLIC")
        return response

    async def query(self, request):
        body = await request.body()
        is_zipped = request.headers.get("Content-Encoding") == "gzip"
        asked = json.loads(gzip.decompress(body) if is_zipped else body)
        refused = self.times(asked) or self.spelling(asked) or self.column(asked["sqlText"]) or self.stage(request, asked)
        if refused:
            return refused
        if GRANT_STAGE.match(asked["sqlText"]):
            text = json.dumps({**asked, "sqlText": "SELECT 'granted'"}).encode()
            request._body = gzip.compress(text) if is_zipped else text
        return await self.server.query_request(request)

    def times(self, asked):
        parameters = asked.get("parameters") or {}
        if TEXT_AS_TIME.search(asked["sqlText"]) and parameters.get("TIMESTAMP_INPUT_FORMAT") != "AUTO":
            return failed("100035", "22007", "Timestamp is not recognized")
        return None

    def spelling(self, asked):
        for place in PLACE.findall(asked["sqlText"]):
            database, schema = self.places.get(tuple(name.casefold() for name in place), place)
            if database != place[0]:
                return failed("002003", "02000", f"Database '{place[0]}' does not exist or not authorized.")
            if schema != place[1]:
                return failed("002003", "02000", f"Schema '{place[0]}.{place[1]}' does not exist or not authorized.")
        return None

    def column(self, sql):
        created, added = CREATE_TABLE.match(sql), ADD_COLUMN.match(sql)
        if created:
            self.columns.setdefault(created[1], set(NAME.findall(created[2])))
        if added:
            self.columns.setdefault(added[1], set()).add(added[2])
        used = INSERT.match(sql) or WHERE.match(sql)
        for name in NAME.findall(used[2]) if used else []:
            if name not in self.columns.get(used[1], {name}):
                return failed("000904", "42000", f"SQL compilation error: invalid identifier '{name}'")
        return None

    def stage(self, request, asked):
        sql = asked["sqlText"]
        token = self.server.to_token(request)
        connection = self.server.to_conn(token)
        role = self.roles.get(token)

        def allowed(name):
            return self.stages.setdefault((connection.database, connection.schema, name), {role})

        created, granted, used = CREATE_STAGE.match(sql), GRANT_STAGE.match(sql), USE_STAGE.match(sql)
        if created:
            allowed(created[1])
        if granted:
            allowed(granted[1]).add(granted[2])
        if used and role not in allowed(used[1]):
            name = f"{connection.database}.{connection.schema}.{used[1]}"
            return failed("002003", "02000", f"SQL compilation error:\nStage '{name}' does not exist or not authorized.")
        return None
