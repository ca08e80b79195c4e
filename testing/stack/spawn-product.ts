import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PartName } from "@/local/parts/ports";
import { type StackFile, stackFile } from "@/local/run/stack-file";
import { type Child, startChild } from "@/server/process/child";
import { until } from "../runs/until";

type ProcessName = Exclude<PartName, "web"> | "web" | "worker";

/** How each process of a running product is recognized among the children of `npm start`. */
const COMMANDS: Record<ProcessName, RegExp> = {
  postgres: /\bpostgres -D /,
  clickhouse: /clickhouse-config/,
  temporal: /start-dev/,
  s3: /versitygw/,
  web: /web\.mjs$/,
  worker: /worker\.mjs$/,
};

/** Variables that a user's shell has; none points to the parts of the test stack. */
const KEPT = ["PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR", "NEXT_DIST_DIR", "PENSTOCK_DIST_DIR", "SETTLE_SECONDS"];
const READY_SECONDS = 180;

/** The whole product in a folder of its own, as `npm start` runs it, without sample data. */
export class OwnProduct {
  readonly dataDir = mkdtempSync(join(tmpdir(), "penstock-product-"));
  /** Everything that it printed since its last start. */
  output = "";
  private child: Child | undefined;
  private starts = 0;

  /** Starts it and waits until it is ready. */
  async start(): Promise<StackFile> {
    const log = join(this.dataDir, `output-${++this.starts}.log`);
    this.child = await startChild({
      name: "Penstock",
      command: process.execPath,
      args: ["--import", "tsx", "local/start.ts", "--no-sample"],
      env: { ...Object.fromEntries(KEPT.map((name) => [name, process.env[name]])), PENSTOCK_DATA_DIR: this.dataDir },
      log,
    });
    this.read = () => readFileSync(log, "utf8");
    await this.says("Penstock is ready", READY_SECONDS);
    return JSON.parse(readFileSync(stackFile(this.dataDir), "utf8")) as StackFile;
  }

  private read = () => "";

  /** Waits until it has printed this `times` times. */
  says(text: string, seconds?: number, times = 1): Promise<unknown> {
    return until(
      `Penstock said "${text}"`,
      async () => {
        this.output = this.read();
        return this.output.split(text).length > times;
      },
      seconds,
    );
  }

  /** The id of one of its processes. */
  pid(name: ProcessName): number {
    const lines = spawnSync("ps", ["-ww", "-eo", "pid=,ppid=,args="], { encoding: "utf8" }).stdout.split("\n");
    const found = lines.flatMap((line) => {
      const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === this.child?.pid && COMMANDS[name].test(command) ? [Number(pid)] : [];
    });
    if (found.length !== 1) throw new Error(`${name} has ${found.length} processes.`);
    return found[0]!;
  }

  get exited() {
    return this.child!.exited;
  }

  /** SIGKILL for `npm start` and for the process that would end its servers: they outlive it. */
  async abandon(): Promise<void> {
    process.kill(Number(readFileSync(join(this.dataDir, "reaper.pid"), "utf8")), "SIGKILL");
    process.kill(this.child!.pid, "SIGKILL");
    await this.exited;
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await this.child?.stop("SIGTERM", 60_000);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
