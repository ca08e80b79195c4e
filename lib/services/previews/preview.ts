import { getDb } from "@/lib/db/client";
import { ExportError } from "@/lib/errors";
import { may } from "@/lib/permissions";
import type { Preview, PreviewExport, PreviewWindow } from "@/lib/schemas/export";
import { type Actor, loadProject } from "@/lib/services/access";
import { expectedCostOf } from "@/lib/services/connections";
import { saltOf } from "@/lib/services/projects";
import { loadSource } from "@/lib/services/source";
import { getSource } from "@/lib/source/client";
import { type Previewed, previewRows, previewWindow } from "@/lib/source/preview";
import { DAY } from "@/lib/units";
import { boundaryAtOrBefore, boundsOf, newestWindow, type Window } from "@/lib/windows";
import { speedOf } from "./speed";

/** Time limit in ms: a preview should not keep anyone waiting. */
const LIMIT = 20_000;
/** How many windows before the newest to show, time permitting. */
const EARLIER = 2;
const MONTH = 30 * DAY;
/** A run's fixed cost, in seconds. */
const OVERHEAD = 2;
/** Seconds per file on top of its bytes, with three files in parallel. */
const PER_FILE = 0.1;

/**
 * Previews what an export, saved or not, would write for its newest windows, and per month at their average. Omits sample
 * rows for actors who may not see data. Aborting `asked` cancels its queries.
 */
export async function previewExport(
  actor: Actor,
  input: PreviewExport & { projectId: string },
  asked: AbortSignal,
): Promise<Preview> {
  const { projectId, model, destination, columns, filters, schedule } = input;
  const { sourceProjectId } = await loadProject(actor, projectId);
  const { oneRowPerId } = await loadSource();
  const salt = columns?.some(({ hash }) => hash) ? await saltOf(getDb(), projectId) : "";
  const of: Previewed = { sourceProjectId, salt, spec: { model, destination, columns, filters, oneRowPerId } };
  const now = new Date();
  const window = newestWindow(schedule, boundsOf(input, now), now) ?? newestWindow(schedule, OPEN, now);
  const signal = AbortSignal.any([asked, AbortSignal.timeout(LIMIT)]);
  const { preview: newest, first } = await previewWindow(getSource(), of, window!, signal);
  const [rows, speed] = await Promise.all([
    previewRows(getSource(), of, window!, may(actor, "data.preview") ? first : null, signal),
    speedOf(projectId),
  ]);
  const earlier = schedule.every === "once" ? [] : await earlierWindows(of, input, window!, signal);
  const perMonth = schedule.every === "once" ? null : monthOf([newest, ...earlier], window!);
  const expected = perMonth
    ? { bytes: perMonth.bytes / perMonth.runs, runs: perMonth.runs }
    : { bytes: newest.bytes, runs: null };
  return {
    ...newest,
    ...rows,
    earlier,
    secondsPerRun: Math.ceil(newest.bytes / speed + newest.files * PER_FILE) + OVERHEAD,
    perMonth,
    cost: await expectedCostOf(actor, input, expected, asked),
  };
}

const OPEN = { startAt: null, endAt: null };

/** Previews the windows before the newest, as far as time allows: only the newest is required. */
async function earlierWindows(of: Previewed, { schedule }: PreviewExport, newest: Window, signal: AbortSignal) {
  const found: PreviewWindow[] = [];
  let end = newest.start;
  try {
    for (let n = 0; n < EARLIER; n += 1) {
      const start = boundaryAtOrBefore(schedule, new Date(end.getTime() - 1));
      found.push((await previewWindow(getSource(), of, { start, end }, signal)).preview);
      end = start;
    }
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
  }
  return found;
}

function monthOf(windows: PreviewWindow[], { start, end }: Window): Preview["perMonth"] {
  const perMonth = MONTH / (end.getTime() - start.getTime());
  const mean = (pick: (window: PreviewWindow) => number) =>
    Math.round((perMonth * windows.reduce((sum, window) => sum + pick(window), 0)) / windows.length);
  return {
    runs: Math.round(perMonth),
    rows: mean(({ rows }) => rows),
    bytes: mean(({ bytes }) => bytes),
    files: mean(({ files }) => files),
  };
}
