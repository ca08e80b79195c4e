import type { Client } from "pg";
import { MODEL_NAMES } from "@/lib/rows/tables/registry";
import type { Asked } from "../types";
import { columnsOf, warehouseTables } from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { Mendable, type WarehouseStep } from "../warehouse/verify";
import { type PostgresConnection, withPostgres } from "./client";
import { type Hidden, hiddenFrom, hiddenRows, showRows, writesOf } from "./row-security";
import { type PostgresConfig, type PostgresSettings, postgresSettingsSchema } from "./schema";
import { quote } from "./sql";
import { type TargetFacts, targetFacts } from "./target-facts";
import { type TargetProblem, targetProblems } from "./target-problems";
import { targetOf } from "./targets";

interface Written {
  target: Target;
  commands: ReturnType<typeof writesOf>;
}

/** The tables that exports fill; without exports, the tables that default settings fill. */
function writtenBy(config: PostgresConfig, asked: readonly Asked<PostgresSettings>[]): Written[] {
  const usual = { model: null, destination: postgresSettingsSchema.parse({ type: "postgres" }) };
  const all = (asked.length > 0 ? asked : [usual]).flatMap(({ model, destination }) =>
    (model === null ? MODEL_NAMES : [model]).flatMap(warehouseTables).map((table) => ({
      target: targetOf(config, destination, table.model.table),
      commands: writesOf(table, destination),
    })),
  );
  // Of exports that fill one table, the one that does most to its rows counts.
  const byCommands = all.toSorted((a, b) => a.commands.length - b.commands.length);
  return [...new Map(byCommands.map((one) => [`${one.target.name} ${one.target.table.model.table}`, one])).values()];
}

/** A step for each table that exports fill: an existing one must be able to take their rows. */
export const targetSteps = (
  connection: PostgresConnection,
  asked: readonly Asked<PostgresSettings>[],
): WarehouseStep[] =>
  writtenBy(connection.config, asked).map(({ target, commands }) => ({
    name: `Table ${target.bare}`,
    needs: ["Schema"],
    statement: `GRANT SELECT, INSERT, DELETE ON ${target.name} TO ${quote(connection.config.username)};`,
    run: () => withPostgres(connection, (client) => tryTarget(client, target, commands)),
  }));

async function tryTarget(client: Client, target: Target, commands: Written["commands"]): Promise<string> {
  const facts = await targetFacts(client, target);
  if (!facts) return `${target.bare} doesn't exist yet. The first run creates it.`;
  const problems = targetProblems(target, facts);
  const hidden = await hiddenRows(client, target.name, commands);
  if (hidden) problems.push(rowSecurity(target, hidden));
  if (problems.length > 0) throw unfit(problems, facts);
  await tryRights(client, target, facts);
  return `${target.bare} exists, can be read and changed, and its columns fit the export's rows.`;
}

const rowSecurity = ({ name, bare }: Target, hidden: Hidden): TargetProblem => ({
  message: `${hiddenFrom(bare, hidden)}, so a run might not see or replace all rows of its window.`,
  statement: `${showRows(name, hidden)};`,
});

function unfit(problems: ReturnType<typeof targetProblems>, { owner }: TargetFacts): Mendable {
  const statement = problems.flatMap((problem) => problem.statement ?? []).join("\n");
  const fix = statement
    ? `Run the statement as ${owner}, or choose another table in the export`
    : "Choose another table in the export";
  const message = problems.map((problem) => problem.message).join(" ");
  return new Mendable(
    { code: "schema_mismatch", message, fix: `${fix}; then retry the run.`, retryable: false },
    statement || null,
  );
}

/** Tests SELECT, DELETE, and INSERT on no rows. */
async function tryRights(client: Client, { name, table }: Target, facts: TargetFacts): Promise<void> {
  const found = new Set(facts.columns.map((column) => column.name));
  const columns = columnsOf(table).flatMap((column) => (found.has(column.name) ? [quote(column.name)] : []));
  const list = columns.join(", ");
  await client.query(`SELECT 1 FROM ${name} LIMIT 0`);
  await client.query(`DELETE FROM ${name} WHERE false`);
  if (list) await client.query(`INSERT INTO ${name} (${list}) SELECT ${list} FROM ${name} WHERE false`);
}
