import { and, eq } from "drizzle-orm";
import { runs } from "@/lib/db/schema";
import type { Export } from "@/lib/schemas/export";
import { patchExport } from "@/lib/services/exports/patch";
import { databaseUrl, postgresHarness } from "../destinations/postgres";
import { makeExportTo } from "../destinations/steps";
import { fillWindow } from "../events";
import { completeWindow, pastHour, startWindow } from "../exports";
import { recordsWhere } from "../ledger";
import type { TestProject } from "../project";
import type { Armed, Fault } from "./armed";
import type { Cell, Step } from "./cells";
import { statementKind } from "./pg-messages";
import { PgProxy } from "./pg-proxy";
import type { TroubledWindow } from "./quick";
import { compareRows, type Problems } from "./reader";
import { type Scenario, uuidsOf } from "./scenario";

/** Reads change nothing, so only writes are steps. */
const stepOf = (sql: string) => statementKind(sql).replace(/^(?:SELECT|SHOW|SET|ROLLBACK)$/, "");

const STRANGER = "00000000-0000-4000-8000-000000000000";

/** Each changes one setting, as a person does by the API. */
const SETTINGS: Record<string, (project: TestProject, exported: Export) => Promise<unknown>> = {
  schedule: (project, { id }) =>
    patchExport(project.actor, {
      id,
      schedule: { every: "day", timezone: "Europe/Berlin", atHour: 2, atWeekday: 0 },
    }),
  filters: (project, { id }) =>
    patchExport(project.actor, {
      id,
      filters: { includeEvents: [], excludeEvents: ["an event that nobody sends"], properties: [] },
    }),
};

/** An export to a PostgreSQL table and its window, right before the troubled run. */
export class TableCell implements TroubledWindow {
  private constructor(
    readonly project: TestProject,
    readonly proxy: PgProxy,
    readonly exported: Export,
    readonly n: number,
    private readonly table: string,
    private readonly hasStranger: boolean,
  ) {}

  static async open(project: TestProject, scenario: Scenario, n: number): Promise<TableCell> {
    const proxy = await PgProxy.open(databaseUrl(), stepOf);
    const table = `cell_${n}`;
    const config = { port: proxy.port };
    const exported = await makeExportTo(project, postgresHarness, { config, table, commitMode: "replace" });
    await fillWindow(project.sourceProjectId, pastHour(n), scenario);
    if (scenario.committed) {
      await completeWindow(project, exported.id, pastHour(n));
      await postgresHarness.sql(
        `INSERT INTO ${table} (uuid, _export_id, _interval_start) SELECT uuid, '${STRANGER}', _interval_start FROM ${table} LIMIT 1`,
      );
    }
    const cell = new TableCell(project, proxy, exported, n, table, scenario.committed);
    if (scenario.late > 0) await cell.addRows(scenario.late);
    proxy.restart();
    return cell;
  }

  get connectionId(): string {
    return this.exported.connectionId;
  }

  get window() {
    return pastHour(this.n);
  }

  async addRows(count: number): Promise<void> {
    await fillWindow(this.project.sourceProjectId, this.window, { rows: count, bytes: 20 });
  }

  arm({ step }: Cell, fault: Fault): Armed {
    return this.proxy.arm(step.name, step.nth, fault);
  }

  start(taskQueue?: string): Promise<string> {
    return startWindow(this.project, this.exported.id, this.window, taskQueue);
  }

  change(setting: string): Promise<unknown> {
    const change = SETTINGS[setting];
    if (!change) throw new Error(`There is no setting ${setting} to change.`);
    return change(this.project, this.exported);
  }

  /** Statements that a run has sent since the window was prepared, except reads. */
  steps(): Step[] {
    return this.proxy.recorded.map(({ name }, at, all) => ({
      name,
      nth: all.slice(0, at + 1).filter((it) => it.name === name).length,
      hasBody: true,
    }));
  }

  /** What is wrong: in the table, in the ledger, and with what runs leave behind. */
  async problems(): Promise<Problems> {
    const problems: Problems = [];
    const all = await postgresHarness.rows(this.table);
    const own = all.filter((row) => row._export_id === this.exported.id);
    const uuids = await uuidsOf(this.project.sourceProjectId, this.window);
    compareRows(
      own.map((row) => row.uuid ?? ""),
      uuids,
      problems,
    );
    const strangers = all.filter((row) => row._export_id === STRANGER).length;
    if (this.hasStranger && strangers !== 1) problems.push("The row of another export is gone.");
    const mine = await recordsWhere(
      and(eq(runs.exportId, this.exported.id), eq(runs.intervalStart, this.window.start)),
    );
    const [last] = mine
      .filter(({ state, supersededBy }) => state === "Completed" && supersededBy === null)
      .toSorted((a, b) => Number(b.finishedAt) - Number(a.finishedAt));
    if (!last) problems.push("The ledger has no current receipt of the window.");
    if (last && own.some((row) => row._run_id !== last.id)) problems.push("Rows are of another run than the receipt.");
    if (last && last.receipt?.rows !== uuids.length)
      problems.push(`The receipt says ${last.receipt?.rows} rows, not ${uuids.length}.`);
    const marks = mine.map(({ id }) => id.replaceAll("-", ""));
    const left = (await postgresHarness.leftovers()).filter((name) => marks.some((mark) => name.includes(mark)));
    if (left.length > 0) problems.push(`Staging tables are left: ${left.join(", ")}.`);
    return problems;
  }

  close(): Promise<void> {
    return this.proxy.close();
  }
}
