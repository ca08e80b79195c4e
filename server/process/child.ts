import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { dirname } from "node:path";
import { type Exit, fileName, howItEnded } from "./how-it-ended";
import { holdOnLeash, letGo } from "./leash";
import { signal } from "./processes";
import { type Log, tail } from "./tail";
import { FROZEN_SECONDS, watch } from "./watchdog";

export interface ChildOptions {
  /** Its display name, like "PostgreSQL". */
  name: string;
  command: string;
  args: string[];
  /** The child's entire environment. */
  env: Record<string, string | undefined>;
  cwd?: string;
  /** File for its output, or "inherit" to show it. */
  log: string;
  /** "held": standard input stays open and empty while this process lives. Otherwise it is closed from the start. */
  input?: "held";
  /** It answers pings, and is killed when it no longer does. */
  answersPings?: boolean;
  uid?: number;
  gid?: number;
  /** How long it may take to end, in ms, before it is killed. If left out, 10 s. */
  graceMs?: number;
}

export interface Child {
  name: string;
  pid: number;
  /** Resolves when it ends; never rejects. */
  exited: Promise<Exit>;
  /** Why it ended and the last lines of its log, for a message. */
  describe(exit: Exit): string;
  /** What happened, in plain words, and which file is its log. */
  explain(exit: Exit): string;
  /** Ends it: the signal first, SIGKILL after graceMs, by default the child's own. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
}

/** Starts a process that ends with this one. Throws if the command can't run. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = options.log === "inherit" ? null : openLog(options.log);
  const child = spawnLogged(options, log);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => reject(new Error(`${options.name} can't be run: ${error.message}`)));
  });
  const pid = child.pid as number;
  holdOnLeash(pid);
  // It must not keep this process alive.
  (child.stdin as Socket | null)?.unref();
  const state = { running: true, frozen: false };
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => {
      state.running = false;
      letGo(pid);
      resolve({ code, signal });
    });
  });
  if (options.answersPings) {
    watch(child, () => {
      state.frozen = true;
      signal(-pid, "SIGKILL");
    });
  }
  const how = (exit: Exit) =>
    state.frozen ? `didn't respond for ${FROZEN_SECONDS} s and was ended` : howItEnded(exit, log ? tail(log, 12) : "");
  return {
    name: options.name,
    pid,
    exited,
    describe: (exit) => withLog(`${options.name} ${how(exit)}.`, log),
    explain: (exit) => `${options.name} ${how(exit)}.${log ? ` Its log: ${fileName(log.file)}` : ""}`,
    stop: async (first = "SIGTERM", graceMs = options.graceMs ?? 10_000) => {
      if (state.running) await stopGroup(pid, exited, first, graceMs);
    },
  };
}

function spawnLogged(options: ChildOptions, log: Log | null): ChildProcess {
  const output = log ? openSync(log.file, "a", 0o600) : "inherit";
  try {
    return spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv,
      uid: options.uid,
      gid: options.gid,
      stdio: [
        options.input === "held" ? "pipe" : "ignore",
        output,
        output,
        ...(options.answersPings ? (["ipc"] as const) : []),
      ],
      // In its own group, Ctrl-C reaches only the parent, which ends its children in order.
      detached: true,
    });
  } finally {
    if (typeof output === "number") closeSync(output);
  }
}

const begun = new Set<string>();

/** Keeps the previous start's log next to the new one. A process that is started again continues its log. */
function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  if (!begun.has(file)) {
    begun.add(file);
    try {
      renameSync(file, file.replace(/\.log$/, ".1.log"));
    } catch {
      // There was none.
    }
  }
  return { file, from: statSync(file, { throwIfNoEntry: false })?.size ?? 0 };
}

function withLog(sentence: string, log: Log | null): string {
  const lines = log && tail(log, 12);
  return lines ? `${sentence} The end of ${log.file}:\n${lines}` : sentence;
}

async function stopGroup(pid: number, exited: Promise<Exit>, first: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!signal(pid, first)) return;
  const timer = setTimeout(() => signal(-pid, "SIGKILL"), graceMs);
  await exited;
  clearTimeout(timer);
  // Also ends the children that it left behind.
  signal(-pid, "SIGKILL");
}
