/** What a client of PostgreSQL sends that belongs together: the server answers it as a whole. */
export interface Unit {
  bytes: Buffer;
  /** The statement; empty where there is none, like in rows of a COPY. */
  sql: string;
  /** All of it as text, with the values of parameters. */
  text: string;
}

/** Messages that end what belongs together. Source: PostgreSQL's documentation, "Message Formats". */
const ENDS = new Set(["Q", "S", "c", "d", "f", "H", "X", "p"]);
const SSL_REQUEST = 80_877_103;

const textAt = (body: Buffer, from: number) => body.subarray(from, body.indexOf(0, from)).toString();

function sqlOf(type: string, body: Buffer): string {
  if (type === "Q") return textAt(body, 0);
  if (type === "P") return textAt(body, body.indexOf(0) + 1);
  return type === "c" ? "COPY END" : "";
}

/** Parts what a client sends over one connection into units; keeps what it needs from one chunk to the next. */
export function unitReader(): (chunk: Buffer) => Unit[] {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let parts: Buffer[] = [];
  let sql = "";
  return (chunk) => {
    const units: Unit[] = [];
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // The first message of a connection has no type.
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return units;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return units;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      const type = started ? String.fromCharCode(message[0]!) : "";
      started ||= message.readUInt32BE(4) !== SSL_REQUEST;
      sql ||= sqlOf(type, message.subarray(5));
      parts.push(message);
      if (type !== "" && !ENDS.has(type)) continue;
      const bytes = Buffer.concat(parts);
      units.push({ bytes, sql, text: type === "d" ? "" : bytes.toString("latin1") });
      parts = [];
      sql = "";
    }
  };
}

/** Whether what a server has sent ends an answer: it is ready for the next statement, or for the rows of a COPY. */
export function endsAnswer(bytes: Buffer): boolean {
  const tail = bytes.subarray(-6);
  return (tail.length === 6 && tail[0] === 0x5a && tail.readUInt32BE(1) === 5) || bytes[0] === 0x47;
}

const KINDS = /^(?:BEGIN|COMMIT|ROLLBACK|COPY END|COPY|(?:CREATE|DROP|ALTER)(?: UNLOGGED| UNIQUE)? \w+|\w+)/i;

/** How a statement is called where tables have names of their own: by what it does. */
export const statementKind = (sql: string): string => KINDS.exec(sql.trim())?.[0].toUpperCase() ?? "";

const CHANGE = /(?:insert into|update|delete from) "(\w+)"/i;

/** How a statement of the ledger's is called: by what it does, and to which table; several changes in one by the first of them. */
export function ledgerStatement(sql: string): string {
  const statement = sql.trim();
  const from = /^with /i.test(statement) ? Math.max(0, statement.search(CHANGE)) : 0;
  const first = statement.slice(from);
  const table = first.search(CHANGE) === 0 ? (CHANGE.exec(first)?.[1] ?? "") : "";
  return `${statementKind(first)} ${table}`.trim();
}
