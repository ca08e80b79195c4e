import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { micros } from "@/lib/source/time";
import { encodeAll, type Wanted } from "@/testing/runs/extracts";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";

const hour = (n: number) => ({ start: new Date(Date.UTC(2025, 0, 1, n)), end: new Date(Date.UTC(2025, 0, 1, n + 1)) });
const at = (n: number, offset = 0) => micros(hour(n).start) + offset;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

async function textOf(wanted: Omit<Wanted, "sourceProjectId">): Promise<string[]> {
  const { sourceProjectId } = project;
  const files = await encodeAll({ ...wanted, sourceProjectId, destination: { compression: "none" } });
  return files.map(({ body }) => body.toString());
}

describe("persons", () => {
  const [changed, gone, untouched] = [randomUUID(), randomUUID(), randomUUID()];

  const versions = async (window: Wanted["window"]) => {
    const lines = (await textOf({ window, model: "persons" })).flatMap((text) => text.split("\n").slice(0, -1));
    return lines.map((line) => {
      const { person_id, version } = JSON.parse(line) as { person_id: string; version: number };
      return [person_id, version];
    });
  };

  // A merge keeps only the latest version, and so loses the past.
  const merges = (verb: "START" | "STOP") => sourceOwner().command({ query: `SYSTEM ${verb} MERGES persons` });
  afterAll(() => merges("START"));
  beforeAll(async () => {
    await merges("STOP");
    await insertPersons(project.sourceProjectId, [
      personRow(untouched, 1, at(3)),
      personRow(changed, 1, at(3)),
      personRow(changed, 2, at(4)),
      personRow(changed, 3, at(4, 5)),
      personRow(changed, 3, at(4, 5)),
      personRow(changed, 4, at(5)),
      personRow(gone, 1, at(4)),
      personRow(gone, 2, at(4, 9), { is_deleted: true }),
    ]);
  });

  it("are those that changed in the window, in the latest version at its end, without the deleted", async () => {
    expect(await versions(hour(4))).toEqual([[changed, 3]]);
    expect(await versions(hour(5))).toEqual([[changed, 4]]);
    expect(await versions(hour(6))).toEqual([]);
  });

  it("are all of them in a window that begins with the beginning", async () => {
    const all = await versions({ start: new Date(0), end: hour(9).start });
    expect(all.toSorted()).toEqual(
      [
        [changed, 4],
        [untouched, 1],
      ].toSorted(),
    );
  });
});
