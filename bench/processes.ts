import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { KIB } from "@/lib/units";

/** Kernel clock ticks per second; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Process ids by their names in the report. */
export type Processes = Readonly<Record<string, number>>;

/** CPU seconds of each process since its start, including its children. Source: proc(5), stat. */
export type ProcessorSeconds = Record<string, number>;

interface Stat {
  parent: number;
  /** Of the process and its terminated children. */
  ticks: number;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may contain anything. The fields after it are numbered from 3.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const field = (number: number) => Number(fields[number - 3]);
    return { parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) };
  } catch {
    return null;
  }
}

/** Reads the CPU seconds of each process so far; zeros without /proc. */
export function processorSeconds(processes: Processes): ProcessorSeconds {
  const pids = listPids();
  const stats = new Map(pids.flatMap((pid) => [[pid, readStat(pid)] as const]));
  const ticksOf = (pid: number): number => {
    const children = pids.filter((other) => stats.get(other)?.parent === pid);
    return (stats.get(pid)?.ticks ?? 0) + children.reduce((sum, child) => sum + ticksOf(child), 0);
  };
  return Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, ticksOf(pid) / TICKS]));
}

function listPids(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

export const used = (before: ProcessorSeconds, after: ProcessorSeconds): ProcessorSeconds =>
  Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]));

/** Resets the peak memory of a process. */
export function resetPeakMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // The peak then counts from the process's start.
  }
}

/** The peak memory of a process in MB, from Linux; null elsewhere. */
export function peakMemory(pid: number): number | null {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? null : Math.round((Number(kib) * KIB) / 1e6);
  } catch {
    return null;
  }
}
