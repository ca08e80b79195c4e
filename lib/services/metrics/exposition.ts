import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { CHECK_KINDS, DESTINATION_OUTCOMES, SOURCE_OUTCOMES } from "@/lib/fields/checks";
import { RUN_STATES } from "@/lib/fields/run-state";
import { MOST_BEHIND } from "./lateness";
import { DURATION_BUCKETS, type RunTotals, type TotalsByState } from "./totals";

/** All metrics except the process's own. */
export interface Measured {
  totals: TotalsByState;
  mails: Map<string, number>;
  deliveries: Map<string, number>;
  /** The oldest uncommitted window's age by project, in seconds. */
  ages: Map<string, number>;
  scheduleLag: number;
  backlog: { queue: string; tasks: number }[];
  windows: ReadonlyMap<string, number>;
  checks: { kind: string; outcome: string; checks: number }[];
  /** How long the most overdue look at a window has been due, in seconds. */
  uncheckedAge: number;
  /** Whether nothing runs until an operator decides. */
  isHeld: boolean;
  /** The exports that are furthest behind, with their oldest uncommitted window's age in seconds. */
  behind: { project: string; export: string; age: number }[];
  /** Workers that take tasks; null if Temporal does not respond. */
  workers: number | null;
  /** The largest difference of a clock from the database's by kind of process, in seconds. */
  clocks: { kind: string; difference: number }[];
}

let own: Registry | undefined;

/** This web process's own metrics. */
export function processMetrics(): Promise<string> {
  if (!own) {
    own = new Registry();
    collectDefaultMetrics({ register: own });
  }
  return own.metrics();
}

const WINDOWS =
  "Windows by state: committed and broken ones of all time, running ones, those that failed or were canceled in the last 24 hours without a later run, and overdue ones without a run.";

function checksInto(registry: Registry, { checks, uncheckedAge }: Pick<Measured, "checks" | "uncheckedAge">): void {
  const registers = [registry];
  const name = "penstock_checks_total";
  const help = "Checks of committed windows by outcome.";
  const counter = new Counter({ name, help, labelNames: ["kind", "outcome"], registers });
  // A counter that appears with its first finding would hide it from increase().
  for (const kind of CHECK_KINDS)
    for (const outcome of kind === "source" ? SOURCE_OUTCOMES : DESTINATION_OUTCOMES) counter.inc({ kind, outcome }, 0);
  for (const { kind, outcome, checks: count } of checks) counter.inc({ kind, outcome }, count);
  const age = "How long the most overdue check of a committed window has been due.";
  new Gauge({ name: "penstock_oldest_unchecked_window_age_seconds", help: age, registers }).set(uncheckedAge);
}

function processesInto(registry: Registry, { workers, clocks }: Pick<Measured, "workers" | "clocks">): void {
  const registers = [registry];
  const help = "Workers that poll Temporal for tasks; missing while Temporal doesn't respond.";
  const gauge = new Gauge({ name: "penstock_workers", help, registers });
  if (workers === null) registry.removeSingleMetric("penstock_workers");
  else gauge.set(workers);
  const difference = "Largest difference between a process's clock and the database's.";
  const name = "penstock_clock_difference_seconds";
  const clock = new Gauge({ name, help: difference, labelNames: ["kind"], registers });
  for (const { kind, difference: seconds } of clocks) clock.set({ kind }, seconds);
}

function behindInto(registry: Registry, behind: Measured["behind"]): void {
  const name = "penstock_export_uncommitted_window_age_seconds";
  const help = `The same by export, for the ${MOST_BEHIND} exports that are furthest behind.`;
  const gauge = new Gauge({ name, help, labelNames: ["project", "export"], registers: [registry] });
  for (const { age, ...labels } of behind) gauge.set(labels, age);
}

/** Formats the metrics for Prometheus. Labels contain only names, and ids of projects and exports. */
export async function exposition({ totals, mails, deliveries, ages, ...measured }: Measured): Promise<string> {
  const registry = new Registry();
  const counter = (name: string, help: string, value: number) =>
    new Counter({ name, help, registers: [registry] }).inc(value);
  const gauge = (name: string, help: string, label: string, values: Iterable<readonly [string, number]>) => {
    const made = new Gauge({ name, help, labelNames: [label], registers: [registry] });
    for (const [key, value] of values) made.set({ [label]: key }, value);
  };
  const committed = totals.Completed;
  counter("penstock_rows_committed_total", "Rows of completed runs.", committed?.rows ?? 0);
  counter("penstock_bytes_committed_total", "Bytes of completed runs, as stored.", committed?.bytes ?? 0);
  const attempts = RUN_STATES.reduce((sum, state) => sum + (totals[state]?.attempts ?? 0), 0);
  counter("penstock_run_attempts_total", "Attempts of all runs, including Temporal's retries.", attempts);
  const runs = RUN_STATES.map((state) => [state, totals[state]?.runs ?? 0] as const);
  gauge("penstock_runs", "Runs by state.", "state", runs);
  gauge("penstock_mails", "Emails by state.", "state", withZeros(mails, ["queued", "sent", "kept", "failed"]));
  gauge(
    "penstock_deliveries",
    "Alerts to webhooks by state.",
    "state",
    withZeros(deliveries, ["queued", "sent", "failed"]),
  );
  const age = "Time since the end of the oldest uncommitted window of exports that should run.";
  gauge("penstock_oldest_uncommitted_window_age_seconds", age, "project", ages);
  behindInto(registry, measured.behind);
  const lag = "Delay of the schedule that is furthest behind.";
  new Gauge({ name: "penstock_schedule_lag_seconds", help: lag, registers: [registry] }).set(measured.scheduleLag);
  gauge("penstock_windows", WINDOWS, "state", measured.windows);
  checksInto(registry, measured);
  const held = "1 while nothing runs until an operator makes a decision, as after a restored database; otherwise 0.";
  new Gauge({ name: "penstock_held", help: held, registers: [registry] }).set(measured.isHeld ? 1 : 0);
  processesInto(registry, measured);
  const backlog = measured.backlog.map(({ queue, tasks }) => [queue, tasks] as const);
  gauge("penstock_task_queue_backlog", "Tasks that wait for a worker, as Temporal estimates.", "queue", backlog);
  return `${await registry.metrics()}${durations(totals)}`;
}

const withZeros = (found: Map<string, number>, states: string[]) =>
  states.map((state) => [state, found.get(state) ?? 0] as const);

/** A histogram computed by the database, which the library cannot import. */
function durations(totals: TotalsByState): string {
  const name = "penstock_run_duration_seconds";
  const lines = [`# HELP ${name} Duration of runs, by final state.`, `# TYPE ${name} histogram`];
  for (const state of ["Completed", "Failed", "Cancelled"] as const)
    lines.push(...histogram(name, state, totals[state]));
  return `${lines.join("\n")}\n`;
}

function histogram(name: string, state: string, totals: RunTotals | undefined): string[] {
  const bucket = (bound: string, count: number) => `${name}_bucket{state="${state}",le="${bound}"} ${count}`;
  const count = totals?.timed ?? 0;
  return [
    ...DURATION_BUCKETS.map((bound, index) => bucket(String(bound), totals?.atMost[index] ?? 0)),
    bucket("+Inf", count),
    `${name}_sum{state="${state}"} ${totals?.seconds ?? 0}`,
    `${name}_count{state="${state}"} ${count}`,
  ];
}
