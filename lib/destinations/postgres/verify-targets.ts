import type { Client } from "pg";
import { MODEL_NAMES } from "@/lib/rows/tables/registry";
import type { Asked } from "../types";
import { columnsOf, warehouseTables } from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { Mendable, type WarehouseStep } from "../warehouse/verify";
import { type PostgresConnection, withPostgres } from "./client";
import { type PostgresConfig, type PostgresSettings, postgresSettingsSchema } from "./schema";
import { quote } from "./sql";
import { type TargetFacts, targetFacts } from "./target-facts";
import { type TargetProblem, targetProblems } from "./target-problems";
import { hidesRows, targetOf } from "./targets";

/** The tables that exports fill; without exports, the tables that default settings fill. */
function targetsOf(config: PostgresConfig, asked: readonly Asked<PostgresSettings>[]): Target[] {
  const usual = { model: null, destination: postgresSettingsSchema.parse({ type: "postgres" }) };
  const all = (asked.length > 0 ? asked : [usual]).flatMap(({ model, destination }) =>
    (model === null ? MODEL_NAMES : [model])
      .flatMap(warehouseTables)
      .map((table) => targetOf(config, destination, table.model.table)),
  );
  return [...new Map(all.map((target) => [`${target.name} ${target.table.model.table}`, target])).values()];
}

/** A step for each table that exports fill: an existing one must be able to take their rows. */
export const targetSteps = (
  connection: PostgresConnection,
  asked: readonly Asked<PostgresSettings>[],
): WarehouseStep[] =>
  targetsOf(connection.config, asked).map((target) => ({
    name: `Table ${target.bare}`,
    needs: ["Schema"],
    statement: `GRANT SELECT, INSERT, DELETE ON ${target.name} TO ${quote(connection.config.username)};`,
    run: () => withPostgres(connection, (client) => tryTarget(client, target)),
  }));

async function tryTarget(client: Client, target: Target): Promise<string> {
  const facts = await targetFacts(client, target);
  if (!facts) return `${target.bare} is not there yet: the first run makes it.`;
  const problems = targetProblems(target, facts);
  if (await hidesRows(client, target.name)) problems.push(rowSecurity(target));
  if (problems.length > 0) throw unfit(problems, facts);
  await tryRights(client, target, facts);
  return `${target.bare} is there, can be read and changed, and has columns that take an export's rows.`;
}

const rowSecurity = ({ name, bare }: Target): TargetProblem => ({
  message: `Row-level security of ${bare} applies to this user: a run could neither see nor replace all rows of its window.`,
  statement: `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY;`,
});

function unfit(problems: ReturnType<typeof targetProblems>, { owner }: TargetFacts): Mendable {
  const statement = problems.flatMap((problem) => problem.statement ?? []).join("\n");
  const other = "let the export write another table";
  const fix = statement ? `Run the statement as ${owner}, or ${other}` : other.replace("let", "Let");
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
