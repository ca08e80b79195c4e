import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync } from "node:fs";
import type { Socket } from "node:net";
import { dirname } from "node:path";
import { holdOnLeash, letGo } from "./leash";
import { tail } from "./tail";

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
  uid?: number;
  gid?: number;
  /** How long it may take to end, in ms, before it is killed. If left out, 10 s. */
  graceMs?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  name: string;
  pid: number;
  /** Resolves when it ends; never rejects. */
  exited: Promise<Exit>;
  /** Why it ended and the last lines of its log, for a message. */
  describe(exit: Exit): string;
  /** Ends it: the signal first, SIGKILL after graceMs, by default the child's own. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
}

/** Starts a process that ends with this one. Throws if the command can't run. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const child = spawnLogged(options);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => reject(new Error(`${options.name} cannot be run: ${error.message}`)));
  });
  const pid = child.pid as number;
  holdOnLeash(pid);
  // It must not keep this process alive.
  (child.stdin as Socket | null)?.unref();
  let running = true;
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => {
      running = false;
      letGo(pid);
      resolve({ code, signal });
    });
  });
  return {
    name: options.name,
    pid,
    exited,
    describe: (exit) => describeExit(options, exit),
    stop: async (signal = "SIGTERM", graceMs = options.graceMs ?? 10_000) => {
      if (running) await stopGroup(pid, exited, signal, graceMs);
    },
  };
}

function spawnLogged(options: ChildOptions): ChildProcess {
  const output = options.log === "inherit" ? "inherit" : openLog(options.log);
  try {
    return spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv,
      uid: options.uid,
      gid: options.gid,
      stdio: [options.input === "held" ? "pipe" : "ignore", output, output],
      // In its own group, Ctrl-C reaches only the parent, which ends its children in order.
      detached: true,
    });
  } finally {
    if (typeof output === "number") closeSync(output);
  }
}

// Keep the previous run's log next to the new one.
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  try {
    renameSync(file, file.replace(/\.log$/, ".1.log"));
  } catch {
    // There was none.
  }
  return openSync(file, "a", 0o600);
}

function describeExit({ name, log }: ChildOptions, { code, signal }: Exit): string {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  if (log === "inherit") return `${name} ${how}.`;
  const lines = tail(log, 12);
  return `${name} ${how}.${lines ? ` The end of ${log}:\n${lines}` : ""}`;
}

async function stopGroup(pid: number, exited: Promise<Exit>, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!signalProcess(pid, signal)) return;
  const timer = setTimeout(() => signalProcess(-pid, "SIGKILL"), graceMs);
  await exited;
  clearTimeout(timer);
  // Also ends the children that it left behind.
  signalProcess(-pid, "SIGKILL");
}

function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
