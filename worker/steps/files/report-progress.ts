import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { SoFar } from "@/lib/meter/meter";
import { getLogger, loggable } from "@/lib/services/logger";
import type { FileToSend } from "../plan/draft-files";

/** Time in ms between a worker's statements about progress. A file that takes less is in none. */
const PAUSE = 2_000;

interface InFlight {
  file: Pick<FileToSend, "runId" | "planVersion" | "index">;
  attempt: number;
  /** Of the file's partition. */
  month: string;
  soFar: () => SoFar;
}

/** The files that a process sends at present. One statement is about all of them. */
class Reports {
  readonly #files = new Set<InFlight>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Db) {}

  add(file: InFlight): () => void {
    this.#files.add(file);
    this.#wait();
    return () => {
      this.#files.delete(file);
    };
  }

  /** The next statement comes a while after the last one has ended, so that they never pile up. */
  #wait(): void {
    this.#timer ??= setTimeout(() => void this.#write(), PAUSE).unref();
  }

  async #write(): Promise<void> {
    const files = [...this.#files].map(({ file: { runId, planVersion, index }, attempt, month, soFar }) => ({
      ...{ runId, month, planVersion, index, attempt },
      ...soFar(),
    }));
    if (files.length > 0)
      await writeProgress(this.db, files).catch((error: unknown) =>
        getLogger().debug({ error: loggable(error) }, "The progress of files was not recorded."),
      );
    this.#timer = undefined;
    if (this.#files.size > 0) this.#wait();
  }
}

/** Never waits for a row that another statement holds: the fence and the end of a file matter more. */
const writeProgress = (db: Db, files: readonly object[]) =>
  db.execute(sql`
    with held as (
      select f.run_id, f.month, f.plan_version, f."index", t.rows, t.bytes
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as t("runId" uuid, month date, "planVersion" int,
        "index" int, attempt int, rows bigint, bytes bigint)
      join run_files f on f.run_id = t."runId" and f.month = t.month and f.plan_version = t."planVersion"
        and f."index" = t."index"
      where f.state = 'Running' and f.attempt = t.attempt
      for no key update of f skip locked)
    update run_files f set passed_rows = h.rows, passed_bytes = h.bytes, passed_at = now()
    from held h
    where f.run_id = h.run_id and f.month = h.month and f.plan_version = h.plan_version and f."index" = h."index"`);

const reports = new WeakMap<Db, Reports>();

/** Records how far a file is, every 2 s until the returned function is called. A failure to do so is not the file's. */
export function reportProgress(db: Db, file: InFlight): () => void {
  const found = reports.get(db) ?? new Reports(db);
  reports.set(db, found);
  return found.add(file);
}
