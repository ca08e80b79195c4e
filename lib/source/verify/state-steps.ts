import { ExportError } from "../../errors";
import { queryRows, type Source } from "../client";
import { sourceNow } from "../clock";
import { replicaProblem, replicas } from "../replicas";
import { replicasStatement } from "./grants";
import { passed, type Seen, type SourceStep } from "./step";

/** Allowed difference between the source's clock and the database's, in ms. */
const TOLERANCE = 5_000;

interface Asked {
  settleSeconds: number;
  /** The database's current time. */
  now(): Promise<Date>;
  signal: AbortSignal;
}

export const clockStep = (source: Source, { now, settleSeconds, signal }: Asked): SourceStep => ({
  name: "Clock",
  needs: ["Reach"],
  async run() {
    const before = await now();
    const there = await sourceNow(source, signal);
    const after = await now();
    const difference = there.getTime() - (before.getTime() + after.getTime()) / 2;
    const seconds = (Math.abs(difference) / 1000).toFixed(1);
    if (Math.abs(difference) <= TOLERANCE)
      return passed(
        `The clocks of ClickHouse and PostgreSQL agree to within ${seconds} s. The settle time is ${settleSeconds} s.`,
      );
    return {
      status: "failed",
      message: `ClickHouse's clock is ${seconds} s ${difference > 0 ? "ahead of" : "behind"} PostgreSQL's: rows get times of a window that has settled, or runs wait longer than they should.`,
      fix: "Synchronize the clocks of all machines, for example with NTP.",
    };
  },
});

export const replicasStep = (source: Source, { settleSeconds, signal }: Asked): SourceStep => ({
  name: "Replicas",
  needs: ["Reach"],
  async run(): Promise<Seen> {
    const found = await replicas(source, signal);
    if (found === null)
      return {
        status: "skipped",
        message: "Penstock's user can't read system.replicas, so Penstock can't detect servers that lag behind.",
        fix: "Grant it if the source is replicated.",
        statement: replicasStatement(),
      };
    const problem = replicaProblem(found, settleSeconds);
    if (problem !== null)
      return {
        status: "failed",
        message: `The server that responded might be missing rows: ${problem}.`,
        fix: "Find out what delays replication, or set a longer settle time.",
      };
    if (found.length === 0)
      return passed("The server that responded has no replicated tables in the source's database.");
    const slowest = Math.max(...found.map(({ delay }) => delay));
    return passed(`${found.length} replicated tables, at most ${slowest} s behind.`);
  },
});

/** Whether queries can be ended by id, not only by hanging up. */
export const killStep = (source: Source, { signal }: Asked): SourceStep => ({
  name: "End queries",
  needs: ["Reach", "Settings"],
  async run(): Promise<Seen> {
    try {
      await queryRows(source, "KILL QUERY WHERE query_id = 'penstock-verifies' ASYNC", {
        settings: { max_execution_time: 10 },
        signal,
      });
      return passed("Queries can be ended by their ID.");
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      return {
        status: "skipped",
        message:
          "Penstock's user can't end queries by their ID. Queries end when Penstock closes the connection, but behind a proxy that keeps it open, abandoned queries run to their end.",
      };
    }
  },
});
