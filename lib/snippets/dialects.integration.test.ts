import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { samples } from "@/testing/runs/snippets/samples";
import { pythonPrograms } from "@/testing/stack/python";
import { warehouseSnippets } from ".";

const DIALECTS = ["athena", "snowflake", "bigquery"] as const;

/** What the parser doesn't know: these were read in the documentation only. */
const UNKNOWN = /\nWITH CONNECTION `[^`]+`|MSCK REPAIR TABLE `[^`]+`;/g;

/** SQL for warehouses whose names need quotes. */
function warehouses(): [string, string, string][] {
  const times = { intervalStart: "2026-03-29T14:00:00.000Z", intervalEnd: "2026-03-29T15:00:00.000Z" };
  const run = { id: "5a0a5ec8-b6a5-4a2c-9a0c-6ad1a4b8f9f0", ...times, tables: [] };
  const exportId = "7b1a5ec8-b6a5-4a2c-9a0c-6ad1a4b8f9f1";
  const shared = { table: "x_{table_name}", commitMode: "replace", deletedPersons: "remove" } as const;
  const targets = [
    { destination: { type: "snowflake", names: "posthog", ...shared }, config: { database: '"my db"', schema: "S" } },
    {
      destination: { type: "bigquery", jsonType: "JSON", ...shared },
      config: { projectId: "example.com:my-project", dataset: "d" },
    },
    { destination: { type: "postgres", ...shared }, config: { schema: 'a "b"' } },
  ] as const;
  return targets.flatMap(({ destination, config }) =>
    [null, run].flatMap((one) =>
      warehouseSnippets({
        spec: { model: "persons", destination },
        config: config as unknown as ConnectionConfig,
        exportId,
        run: one,
      }).snippets.map(({ title, text }): [string, string, string] => [destination.type, title, text]),
    ),
  );
}

/** These can't run here. That a parser of their dialects takes them is less than that they work. */
it("SQL for Athena, Snowflake, BigQuery, and PostgreSQL is parsed in their dialects", {
  timeout: 300_000,
}, async () => {
  const texts = samples().flatMap(({ name, offers }) =>
    offers.flatMap(({ tool, snippets }) =>
      DIALECTS.some((dialect) => dialect === tool)
        ? snippets.map(({ text }) => [tool, `${tool}: ${name}`, text.replaceAll(UNKNOWN, "")])
        : [],
    ),
  );
  texts.push(...warehouses());
  const python = join(await pythonPrograms("testing/stack/requirements-reading.txt"), "python");
  const answer = execFileSync(python, [resolve("testing/runs/snippets/parse_sql.py")], {
    input: JSON.stringify(texts),
  });
  expect(JSON.parse(answer.toString())).toEqual([]);
  for (const dialect of DIALECTS) expect(texts.filter(([tool]) => tool === dialect).length).toBeGreaterThan(3);
});
