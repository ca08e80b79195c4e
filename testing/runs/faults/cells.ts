import { createHash } from "node:crypto";
import type { Fault } from "./armed";

/** A step of a scenario: the `nth` request of a name in a run without faults. */
export interface Step {
  name: string;
  nth: number;
  /** Whether it sends anything that can be cut. */
  hasBody: boolean;
}

/** How a worker is lost while its step is held: it is killed or frozen, and what happens to the request. */
export interface Loss {
  worker: "kill" | "freeze";
  fault: Fault & { do: "hold" | "hold answer" };
  /**
   * `when noticed`: once Temporal has retried the step. `late`: after the next run has committed the window with more
   * rows.
   */
  release: "never" | "at once" | "when noticed" | "late";
}

/** What happens at a step: to its request, to the settings or services around it, or to its sender. */
export type Trouble =
  | { kind: "request"; fault: Fault }
  | { kind: "setting"; setting: string }
  | { kind: "ended" }
  | { kind: "worker"; loss: Loss };

export interface Cell {
  scenario: string;
  step: Step;
  trouble: Trouble;
  /** Step, fault, and scenario. */
  name: string;
}

const answer = (status: number, code: string): Trouble => ({
  kind: "request",
  fault: { do: "answer", status, code },
});
const request = (what: "reset" | "lose answer" | "cut answer"): Trouble => ({ kind: "request", fault: { do: what } });
const lost = (worker: Loss["worker"], what: Loss["fault"]["do"], release: Loss["release"]): Trouble => ({
  kind: "worker",
  loss: { worker, fault: { do: what }, release },
});

/** All troubles of a kind of destination, by name. */
export const S3_TROUBLES: Record<string, Trouble> = {
  "503 SlowDown": answer(503, "SlowDown"),
  "500 InternalError": answer(500, "InternalError"),
  "an error within a 200": answer(200, "InternalError"),
  "connection reset": request("reset"),
  "answer lost": request("lose answer"),
  "body cut": { kind: "request", fault: { do: "cut request" } },
  "answer cut": request("cut answer"),
  "another prefix": { kind: "setting", setting: "prefix" },
  "another bucket": { kind: "setting", setting: "bucket" },
  "another secret": { kind: "setting", setting: "secret" },
  "another schedule": { kind: "setting", setting: "schedule" },
  "other filters": { kind: "setting", setting: "filters" },
  "another format": { kind: "setting", setting: "format" },
  "run swept, request late": { kind: "ended" },
  "kill -9 before": lost("kill", "hold", "never"),
  "kill -9 while on its way": lost("kill", "hold", "at once"),
  "kill -9 after, answer unread": lost("kill", "hold answer", "never"),
  "kill -9, request late": lost("kill", "hold", "late"),
  "worker frozen, then continued": lost("freeze", "hold", "late"),
};

/**
 * The same for statements. A statement held in a transaction holds its window's locks, so no other run can commit
 * first: it can be only as late as Temporal needs to notice.
 */
export const TABLE_TROUBLES: Record<string, Trouble> = {
  "connection reset": request("reset"),
  "answer lost": request("lose answer"),
  "statement cut": { kind: "request", fault: { do: "cut request" } },
  "answer cut": request("cut answer"),
  "another schedule": { kind: "setting", setting: "schedule" },
  "other filters": { kind: "setting", setting: "filters" },
  "kill -9 before": lost("kill", "hold", "never"),
  "kill -9 while on its way": lost("kill", "hold", "at once"),
  "kill -9 after, answer unread": lost("kill", "hold answer", "never"),
  "worker frozen, then continued": lost("freeze", "hold", "when noticed"),
};

/** Faults of the ledger's own statements. */
export const LEDGER_TROUBLES: Record<string, Trouble> = {
  "connection reset": request("reset"),
  "answer lost": request("lose answer"),
  "kill -9 before": lost("kill", "hold", "never"),
  "kill -9 while on its way": lost("kill", "hold", "at once"),
  "kill -9 after, answer unread": lost("kill", "hold answer", "never"),
};

/** Services whose connections all break, as in a restart. */
export const SERVICE_TROUBLES: Record<string, Trouble> = {
  "PostgreSQL's connections break": { kind: "setting", setting: "ledger" },
  "ClickHouse's connections break": { kind: "setting", setting: "source" },
  "Temporal's connections break": { kind: "setting", setting: "temporal" },
};

/** S3 sends errors within a 200 while it completes an upload; only a body can be cut. */
function fits(name: string, step: Step): boolean {
  if (name === "an error within a 200") return step.name === "CompleteMultipartUpload";
  return name !== "body cut" || step.hasBody;
}

/** Each step of a scenario with each trouble. */
export function cellsOf(scenario: string, steps: Step[], troubles: Record<string, Trouble>): Cell[] {
  return steps.flatMap((step) =>
    Object.entries(troubles)
      .filter(([name]) => fits(name, step))
      .map(([name, trouble]) => ({
        scenario,
        step,
        trouble,
        name: `${step.name} ${step.nth}: ${name} (${scenario})`,
      })),
  );
}

const order = ({ name }: Cell) => createHash("sha256").update(name).digest("hex");

/** A few cells, always the same: `quick` ones, and `lost` ones that lose a worker together. */
export function sample(cells: Cell[], { quick, lost: most }: { quick: number; lost: number }): Cell[] {
  const mixed = cells.toSorted((a, b) => order(a).localeCompare(order(b)));
  const killed = mixed.filter(({ trouble }) => trouble.kind === "worker" && trouble.loss.worker === "kill");
  const others = mixed.filter(({ trouble }) => trouble.kind === "request" || trouble.kind === "setting");
  return [...others.slice(0, quick), ...killed.slice(0, most)];
}
