import { readFileSync } from "node:fs";
import { KIB } from "@/lib/units";
import type { Processes } from "../processes";

/** The memory of each process at one moment, in MB: its resident set, from Linux. */
export interface Sample {
  /** Seconds since the start. */
  at: number;
  mb: Record<string, number>;
}

/** Reads the current memory; zeros without /proc. */
export function sampleOf(processes: Processes, at: number): Sample {
  const mb = Object.entries(processes).map(([name, pid]) => [name, residentMb(pid)] as const);
  return { at, mb: Object.fromEntries(mb) };
}

function residentMb(pid: number): number {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round((Number(kib ?? 0) * KIB) / 1e6);
  } catch {
    return 0;
  }
}

/** The memory growth of a process in MB per hour, by least squares over the second half of the samples. */
export function growth(samples: readonly Sample[], name: string): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const mean = (of: (sample: Sample) => number) => half.reduce((sum, sample) => sum + of(sample), 0) / half.length;
  const [at, mb] = [mean((sample) => sample.at), mean((sample) => sample.mb[name] ?? 0)];
  const slope = half.reduce((sum, sample) => sum + (sample.at - at) * ((sample.mb[name] ?? 0) - mb), 0);
  const square = half.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0);
  return square === 0 ? 0 : (slope / square) * 3600;
}
