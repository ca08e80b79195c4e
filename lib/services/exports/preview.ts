import { ExportError } from "@/lib/errors";
import { may } from "@/lib/permissions";
import type { Preview, PreviewExport, PreviewWindow } from "@/lib/schemas/export";
import { type Actor, loadProject } from "@/lib/services/access";
import { saltOf } from "@/lib/services/projects";
import { loadSource } from "@/lib/services/source";
import { type Previewed, previewRows, previewWindow } from "@/lib/source/preview";
import { DAY } from "@/lib/units";
import { boundaryAtOrBefore, boundsOf, newestWindow, type Window } from "@/lib/windows";
import { speedOf } from "./speed";

/** In ms: a preview is a help, not a reason to wait. */
const LIMIT = 20_000;
/** How many windows before the newest are shown too, while there is time. */
const EARLIER = 2;
const MONTH = 30 * DAY;
/** A run's fixed cost, in seconds. */
const OVERHEAD = 2;
/** What each file takes besides its bytes, three of them at once. */
const PER_FILE = 0.1;

/**
 * What an export that may not be saved yet would write for its newest windows, and in a month at that rate; without its rows for those who
 * may not see any. Its queries end with `asked`.
 */
export async function previewExport(
  actor: Actor,
  input: PreviewExport & { projectId: string },
  asked: AbortSignal,
): Promise<Preview> {
  const { projectId, model, destination, columns, filters, schedule } = input;
  const { sourceProjectId } = await loadProject(actor, projectId);
  const { oneRowPerId } = await loadSource();
  const salt = columns?.some(({ hash }) => hash) ? await saltOf(projectId) : "";
  const of: Previewed = { sourceProjectId, salt, spec: { model, destination, columns, filters, oneRowPerId } };
  const now = new Date();
  const window = newestWindow(schedule, boundsOf(input, now), now) ?? newestWindow(schedule, OPEN, now);
  const signal = AbortSignal.any([asked, AbortSignal.timeout(LIMIT)]);
  const { preview: newest, first } = await previewWindow(of, window!, signal);
  const [rows, speed] = await Promise.all([
    previewRows(of, window!, may(actor, "data.preview") ? first : null, signal),
    speedOf(projectId),
  ]);
  const earlier = schedule.every === "once" ? [] : await earlierWindows(of, input, window!, signal);
  return {
    ...newest,
    ...rows,
    earlier,
    secondsPerRun: Math.ceil(newest.bytes / speed + newest.files * PER_FILE) + OVERHEAD,
    perMonth: schedule.every === "once" ? null : monthOf([newest, ...earlier], window!),
  };
}

const OPEN = { startAt: null, endAt: null };

/** The windows before the newest, as many as the time allows: it is the newest that must be known. */
async function earlierWindows(of: Previewed, { schedule }: PreviewExport, newest: Window, signal: AbortSignal) {
  const found: PreviewWindow[] = [];
  let end = newest.start;
  try {
    for (let n = 0; n < EARLIER; n += 1) {
      const start = boundaryAtOrBefore(schedule, new Date(end.getTime() - 1));
      found.push((await previewWindow(of, { start, end }, signal)).preview);
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
