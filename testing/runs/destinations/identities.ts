import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { insertPersons, type PersonRow, personRow } from "../persons";
import { nameOf } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

/** A person's version in one of the suite's hours, with these ids. */
const version = (id: string, number: number, n: number, ids: string[], values: Partial<PersonRow> = {}) =>
  personRow(id, number, at(n, number), { distinct_ids: ids.map((name) => Buffer.from(name)), ...values });

/** Drops digits that a driver may add. */
const gone = (text: string | null | undefined) => (text == null ? null : text.slice(0, 19));

/** The part of the contract about whose an id is, with merged rows. */
export function identitiesContract(suite: Suite): void {
  movesContract(suite);
  deletionsContract(suite);
  legacyContract(suite);
}

/** The source may have merged away versions of persons that changed after a window: the window shrinks. */
const MERGED = { allowShrink: true };

const FILES = "files hold persons as each window found them";

/** A table's rows as pairs of id and person name. */
async function owners({ harness }: Suite, table: string, names: Record<string, string>) {
  const rows = await harness.rows(table);
  return rows.map((row) => [row.distinct_id, names[row.person_id ?? ""]]).toSorted();
}

function movesContract(suite: Suite): void {
  const { tables, project, make, run } = suite;
  specify(
    "gives an id to the person that it is of now, whatever the versions of the two",
    tables ? null : FILES,
    async () => {
      const [a, b] = [randomUUID(), randomUUID()];
      const put = (...rows: PersonRow[]) => insertPersons(project().sourceProjectId, rows);
      const exported = await make({ model: "persons" });
      const now = () => owners(suite, nameOf(exported, "persons"), { [a]: "A", [b]: "B" });
      await put(version(a, 5, 30, ["x", "z"]));
      await run(exported, hour(30));
      expect(await now()).toEqual([
        ["x", "A"],
        ["z", "A"],
      ]);
      await put(version(b, 2, 31, ["y", "x"]), version(a, 6, 31, ["x", "z"], { is_deleted: true }));
      const merged = [
        ["x", "B"],
        ["y", "B"],
      ];
      // The earlier window runs late and brings nothing back.
      for (const n of [31, 31, 30]) {
        await run(exported, hour(n), MERGED);
        expect(await now()).toEqual(merged);
      }
    },
  );

  specify("lets go of ids that a person has no longer", tables ? null : FILES, async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const exported = await make({ model: "persons" });
    const now = () => owners(suite, nameOf(exported, "persons"), { [a]: "A", [b]: "B" });
    await insertPersons(project().sourceProjectId, [version(a, 1, 32, ["k", "l"]), version(b, 1, 32, ["m"])]);
    await run(exported, hour(32));
    await insertPersons(project().sourceProjectId, [version(a, 2, 33, ["l"])]);
    for (const n of [33, 32]) {
      await run(exported, hour(n), MERGED);
      expect(await now()).toEqual([
        ["l", "A"],
        ["m", "B"],
      ]);
    }
  });
}

function deletionsContract(suite: Suite): void {
  const { harness, tables, project, make, run } = suite;
  const deleteOne = async (start: number, settings: object, commitMode: "replace" | "append") => {
    const [a, b] = [randomUUID(), randomUUID()];
    const exported = await make({ model: "persons", commitMode, settings });
    await insertPersons(project().sourceProjectId, [version(a, 1, start, ["one"]), version(b, 1, start, ["other"])]);
    await run(exported, hour(start));
    // A deleted person's last row may lack its ids and the properties that a filter needs.
    await insertPersons(project().sourceProjectId, [version(a, 2, start + 1, [], { is_deleted: true })]);
    const last = await run(exported, hour(start + 1));
    const rows = await harness.rows(nameOf(exported, "persons"));
    return { last, rows: rows.map((row) => [row.distinct_id, gone(row._deleted_at)]).toSorted() };
  };

  specify("removes persons that were deleted, and says so in the receipt's rows", tables ? null : FILES, async () => {
    const { last, rows } = await deleteOne(34, {}, "replace");
    expect(rows).toEqual([["other", null]]);
    expect(last.receipt).toMatchObject({ rows: 1, tables: [{ rows: 0 }] });
  });

  specify("marks persons that were deleted where that was chosen", tables ? null : FILES, async () => {
    const { rows } = await deleteOne(36, { deletedPersons: "mark" }, "replace");
    expect(rows).toEqual([
      ["one", "2025-06-02T13:00:00"],
      ["other", null],
    ]);
  });

  specify("appends no persons that were deleted, unless they are marked", tables ? null : FILES, async () => {
    expect((await deleteOne(38, {}, "append")).rows).toEqual([
      ["one", null],
      ["other", null],
    ]);
    expect((await deleteOne(40, { deletedPersons: "mark" }, "append")).rows).toEqual([
      ["", "2025-06-02T17:00:00"],
      ["one", null],
      ["other", null],
    ]);
  });

  specify(
    "removes persons that were deleted, whatever the filters say of what is left of them",
    tables ? null : FILES,
    async () => {
      const a = randomUUID();
      const properties = [{ column: "properties" as const, key: "plan", operator: "equals" as const, value: "pro" }];
      const exported = await make({ model: "persons", filters: { includeEvents: [], excludeEvents: [], properties } });
      await insertPersons(project().sourceProjectId, [
        version(a, 1, 42, ["one"], { properties: Buffer.from('{"plan":"pro"}') }),
      ]);
      await run(exported, hour(42));
      expect(await harness.rows(nameOf(exported, "persons"))).toHaveLength(1);
      const emptied = { properties: Buffer.from("{}"), is_deleted: true };
      await insertPersons(project().sourceProjectId, [version(a, 2, 43, ["one"], emptied)]);
      await run(exported, hour(43));
      expect(await harness.rows(nameOf(exported, "persons"))).toEqual([]);
    },
  );
}

function legacyContract({ harness, tables, project, make, run }: Suite): void {
  specify(
    "takes rows without an ingestion time for the oldest, whatever their version",
    tables ? null : FILES,
    async () => {
      const who = randomUUID();
      const exported = await make({ model: "persons" });
      const table = nameOf(exported, "persons");
      await insertPersons(project().sourceProjectId, [version(who, 1, 44, ["p"])]);
      await run(exported, hour(44));
      await tables!.sql(`UPDATE ${tables!.quoted(table)} SET _inserted_at = NULL, version = 9 WHERE true`);
      await insertPersons(project().sourceProjectId, [version(who, 2, 45, ["p"])]);
      await run(exported, hour(45));
      expect(await harness.rows(table)).toMatchObject([
        { distinct_id: "p", version: "2", _inserted_at: expect.any(String) },
      ]);
    },
  );
}
