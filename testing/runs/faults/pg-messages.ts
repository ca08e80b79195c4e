/** Messages of a PostgreSQL client that belong together: the server answers them as a whole. */
export interface Unit {
  bytes: Buffer;
  /** The statement; empty if there is none, as in COPY rows. */
  sql: string;
  /** All of it as text, with parameter values. */
  text: string;
}

/** Messages that end a unit. Source: PostgreSQL's documentation, "Message Formats". */
const ENDS = new Set(["Q", "S", "c", "d", "f", "H", "X", "p"]);
const SSL_REQUEST = 80_877_103;

const textAt = (body: Buffer, from: number) => body.subarray(from, body.indexOf(0, from)).toString();

function sqlOf(type: string, body: Buffer): string {
  if (type === "Q") return textAt(body, 0);
  if (type === "P") return textAt(body, body.indexOf(0) + 1);
  return type === "c" ? "COPY END" : "";
}

/** Splits what a client sends over one connection into units; keeps state between chunks. */
export function unitReader(): (chunk: Buffer) => Unit[] {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let parts: Buffer[] = [];
  let sql = "";
  return (chunk) => {
    const units: Unit[] = [];
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // A connection's first message has no type.
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

/** Whether a server's bytes end an answer: it is ready for the next statement, or for COPY rows. */
export function endsAnswer(bytes: Buffer): boolean {
  const tail = bytes.subarray(-6);
  return (tail.length === 6 && tail[0] === 0x5a && tail.readUInt32BE(1) === 5) || bytes[0] === 0x47;
}

const KINDS = /^(?:BEGIN|COMMIT|ROLLBACK|COPY END|COPY|(?:CREATE|DROP|ALTER)(?: UNLOGGED| UNIQUE)? \w+|\w+)/i;

/** Names a statement by what it does, where tables have their own names. */
export const statementKind = (sql: string): string => KINDS.exec(sql.trim())?.[0].toUpperCase() ?? "";

const CHANGE = /(?:insert into|update|delete from) "(\w+)"/i;

/** Names a ledger statement by what it does, and to which table; several changes in one by the first. */
export function ledgerStatement(sql: string): string {
  const statement = sql.trim();
  const from = /^with /i.test(statement) ? Math.max(0, statement.search(CHANGE)) : 0;
  const first = statement.slice(from);
  const table = first.search(CHANGE) === 0 ? (CHANGE.exec(first)?.[1] ?? "") : "";
  return `${statementKind(first)} ${table}`.trim();
}
