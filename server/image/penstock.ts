import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EVERYWHERE } from "@/lib/net/listen";
import { type NodeCommand, webCommand, workerCommand } from "../process/commands";

const DIST = dirname(fileURLToPath(import.meta.url));

const program = (name: string, args: readonly string[] = []): NodeCommand => ({
  args: [join(DIST, `${name}.mjs`), ...args],
  env: process.env,
});

const web = () =>
  webCommand(DIST, process.env, { host: process.env.HOST || EVERYWHERE, port: Number(process.env.PORT || 3000) });

/** What each command of the image runs, in this order. */
const COMMANDS: Record<string, (args: readonly string[]) => NodeCommand[]> = {
  web: () => [program("migrate"), web()],
  worker: () => [workerCommand(DIST, process.env)],
  migrate: () => [program("migrate")],
  setup: () => [program("setup")],
  installation: (args) => [program("installation", args)],
  "reset-password": (args) => [program("reset-password", args)],
  "rotate-keys": (args) => [program("rotate-keys", args)],
};

/** Which arguments a command takes. */
const TAKES: Record<string, (args: readonly string[]) => boolean> = {
  // They name the mistake themselves.
  installation: () => true,
  "reset-password": () => true,
  "rotate-keys": (args) => args.every((arg) => arg === "--new-signing-key" || arg === "--keys-are-lost"),
};

/** The image's entry point: `docker run penstock web`. The last program takes this process's place, and its signals. */
function main([name = "", ...rest]: string[]): void {
  const commands = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.(rest) : undefined;
  const isKnown = rest.length === 0 || TAKES[name]?.(rest) === true;
  if (!commands || !isKnown) {
    console.error(`Use one of these commands: ${Object.keys(COMMANDS).join(", ")}.`);
    process.exit(2);
  }
  const last = commands.pop() as NodeCommand;
  for (const { args, env } of commands) {
    const { status } = spawnSync(process.execPath, args, { env: env as NodeJS.ProcessEnv, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
  become(last);
}

function become({ args, env }: NodeCommand): never {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  return process.execve?.(process.execPath, [process.execPath, ...args], set as NodeJS.ProcessEnv) as never;
}

main(process.argv.slice(2));
