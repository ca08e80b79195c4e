import { and, eq, gte, lt } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import type { Coverage } from "@/lib/schemas/run";
import type { Trends } from "@/lib/schemas/trends";
import type { Actor } from "@/lib/services/access";
import { coverageOf } from "@/lib/services/coverage";
import { loadExport } from "@/lib/services/exports";
import { SECOND } from "@/lib/units";
import { type MeasuredWindow, trendsOf } from "./points";

interface Input {
  id: string;
  from: string;
  to: string;
  points: number;
}

/** What an export's windows of a range measured, over time. Throws a 422 above 10,000 windows. */
export async function getTrends(actor: Actor, { id, points, ...range }: Input): Promise<Trends> {
  const exported = await loadExport(actor, id);
  const windows = await coverageOf(exported, range);
  return trendsOf(await measured(exported, windows), points);
}

const secondsBetween = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / SECOND);

async function measured(exported: ExportRow, windows: readonly Coverage[]): Promise<MeasuredWindow[]> {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const done = await completedRuns(exported, new Date(first.start), new Date(last.end));
  const byId = new Map(done.map((run) => [run.id, run]));
  const byStart = Map.groupBy(done, ({ intervalStart }) => intervalStart.getTime());
  return windows.map(({ start, end, state, runId, rows }) => {
    const run = state === "committed" || state === "broken" ? byId.get(runId ?? "") : undefined;
    const sameWindow = byStart.get(Date.parse(start))?.filter(({ intervalEnd }) => +intervalEnd === Date.parse(end));
    return {
      ...{ start, end, state, runId: runId ?? null, rows: rows ?? null, bytes: run?.bytes ?? null },
      seconds: run?.startedAt && run.finishedAt ? secondsBetween(run.startedAt, run.finishedAt) : null,
      lagSeconds: run ? lagOf(sameWindow ?? []) : null,
    };
  });
}

type Done = Awaited<ReturnType<typeof completedRuns>>[number];

/** A retry comes later, but doesn't make the window late. */
function lagOf(sameWindow: readonly Done[]): number | null {
  const [first] = sameWindow.toSorted((a, b) => Number(a.finishedAt) - Number(b.finishedAt));
  if (!first?.finishedAt || first.historicExportId !== null) return null;
  return secondsBetween(first.intervalEnd, first.finishedAt);
}

const completedRuns = ({ organizationId, id }: ExportRow, start: Date, end: Date) =>
  getDb()
    .select({
      id: runs.id,
      historicExportId: runs.historicExportId,
      intervalStart: runs.intervalStart,
      intervalEnd: runs.intervalEnd,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      bytes: runs.bytes,
    })
    .from(runs)
    .where(
      and(
        ...[eq(runs.organizationId, organizationId), eq(runs.exportId, id), eq(runs.state, "Completed")],
        ...[gte(runs.intervalStart, start), lt(runs.intervalStart, end)],
      ),
    );
