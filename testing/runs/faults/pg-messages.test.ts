import { describe, expect, it } from "vitest";
import { endsAnswer, ledgerStatement, statementKind, unitReader } from "./pg-messages";

function message(type: string, body: string): Buffer {
  const bytes = Buffer.alloc(type.length + 4 + body.length);
  bytes.write(type, 0, "latin1");
  bytes.writeUInt32BE(4 + body.length, type.length);
  bytes.write(body, type.length + 4, "latin1");
  return bytes;
}

const startup = message("", "\0\x03\0\0user\0me\0\0");

describe("what a client of PostgreSQL sends", () => {
  it("is parted into units, however it is cut into chunks", () => {
    const sent = Buffer.concat([
      startup,
      message("Q", "BEGIN\0"),
      message("P", '\0insert into "runs" values ($1)\0\0\0'),
      message("B", "\0\0\0\0\0\x01\0\0\0\x02ab\0\0"),
      message("E", "\0\0\0\0\0"),
      message("S", ""),
      message("d", "rows"),
      message("c", ""),
    ]);
    const read = unitReader();
    const units = Array.from(sent, (byte) => read(Buffer.from([byte]))).flat();
    expect(units.map(({ sql }) => sql)).toEqual(["", "BEGIN", 'insert into "runs" values ($1)', "", "COPY END"]);
    expect(units[2]?.text).toContain("ab");
    expect(Buffer.concat(units.map(({ bytes }) => bytes))).toEqual(sent);
    expect(unitReader()(sent)).toEqual(units);
  });

  it("waits for the connection's own first message after a question about TLS", () => {
    const question = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
    const units = unitReader()(Buffer.concat([question, startup, message("Q", "SELECT 1\0")]));
    expect(units.map(({ sql }) => sql)).toEqual(["", "", "SELECT 1"]);
  });
});

describe("statements", () => {
  it.each([
    ["  create unlogged table x ()", "CREATE UNLOGGED TABLE"],
    ["COPY x FROM STDIN", "COPY"],
    ["COPY END", "COPY END"],
    ["DROP TABLE IF EXISTS x", "DROP TABLE"],
    ["commit", "COMMIT"],
  ])("are called by what they do: %s", (sql, kind) => {
    expect(statementKind(sql)).toBe(kind);
  });

  it("of the ledger also by their table", () => {
    expect(ledgerStatement('update "run_files" set "state" = $1')).toBe("UPDATE run_files");
    expect(ledgerStatement("commit")).toBe("COMMIT");
    const several = `with "lines" as (insert into "run_logs" ("id") values ($1)) update "runs" set "state" = $2`;
    expect(ledgerStatement(several)).toBe("INSERT run_logs");
    expect(ledgerStatement('with "a" as (select 1) select 1')).toBe("WITH");
  });

  it("have an answer that ends when the server is ready, for another one or for rows", () => {
    expect(endsAnswer(message("Z", "I"))).toBe(true);
    expect(endsAnswer(message("G", "\x01\0\0"))).toBe(true);
    expect(endsAnswer(message("C", "BEGIN\0"))).toBe(false);
  });
});
