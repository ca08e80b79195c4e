import { spawn } from "node:child_process";
import { holdOnLeash, letGo } from "@/server/process/leash";

export interface CommandResult {
  /** Exit code; null when a signal ended it. */
  code: number | null;
  /** What it wrote, unless it was shown at once. */
  output: string;
}

interface CommandOptions {
  env?: Record<string, string | undefined>;
  /** Where it runs; here, unless given. */
  cwd?: string;
  /** Show the output while it comes, rather than return it. */
  show?: boolean;
}

/** Runs a command of node_modules/.bin, without standard input, and resolves when it has ended. */
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

// Some runners write colors wherever they write when CI is set; in a file they are noise.
function colors(show: boolean): Record<string, string | undefined> {
  return show && process.stdout.isTTY ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined };
}
