import { spawn } from "node:child_process";
import { holdOnLeash, letGo } from "@/server/process/leash";

export interface CommandResult {
  /** Exit code; null if a signal ended it. */
  code: number | null;
  /** What it wrote, unless already shown. */
  output: string;
}

interface CommandOptions {
  env?: Record<string, string | undefined>;
  /** Working directory; defaults to the current. */
  cwd?: string;
  /** Stream the output instead of returning it. */
  show?: boolean;
}

/** Runs a command of node_modules/.bin without standard input, and resolves when it exits. */
export function runCommand(
  command: string,
  args: string[],
  { env = {}, cwd, show = false }: CommandOptions = {},
): Promise<CommandResult> {
  const output = show ? "inherit" : "pipe";
  const child = spawn(command, args, {
    ...(cwd && { cwd }),
    env: { ...process.env, ...colors(show), ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", output, output],
    detached: true,
  });
  const pid = child.pid;
  if (pid) holdOnLeash(pid);
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, output: `${command} cannot be run: ${error.message}` }));
    child.on("close", (code) => {
      if (pid) letGo(pid);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

// With CI set, some runners write colors even to files, where they are noise.
function colors(show: boolean): Record<string, string | undefined> {
  return show && process.stdout.isTTY ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined };
}
