import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { distDir } from "@/server/process/app-processes";
import { type Child, startChild } from "@/server/process/child";
import { type NodeCommand, webCommand, workerCommand } from "@/server/process/commands";

/** Everything is read-only but an empty /tmp, as in a container with a read-only root. */
const READ_ONLY = `
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs /tmp
mount --bind "$PWD" "$PWD"
mount -o remount,bind,ro "$PWD"
mount -o remount,bind,ro /
cd "$PWD"
if touch .data/x 2>/dev/null; then echo "It is not read-only." >&2; exit 9; fi
exec "$@"
`;
const canMount =
  !process.cwd().startsWith("/tmp") &&
  spawnSync("unshare", ["--mount", "sh", "-c", "mount --make-rprivate /"]).status === 0;

describe.skipIf(!canMount)(`on a read-only root${canMount ? "" : " (left out: this user can't mount)"}`, () => {
  let child: Child | undefined;
  let log = "";
  afterEach(() => child?.stop());

  const start = async (name: string, { args, env }: NodeCommand) => {
    log = join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `read-only-${name}-${randomUUID()}.log`);
    const command = ["--mount", "sh", "-c", READ_ONLY, "sh", process.execPath, ...args];
    child = await startChild({ name, command: "unshare", args: command, env: { ...env, HOME: "/tmp" }, log });
    return child;
  };

  it("the web app serves pages and the API", async () => {
    const { web: port } = await freePorts();
    const web = `http://127.0.0.1:${port}`;
    const command = webCommand(distDir(), { ...process.env, APP_URL: web }, { host: "127.0.0.1", port });
    const ready = async () => {
      const { status } = await fetch(`${web}/api/ready`);
      if (status !== 200) throw new Error(`It responds with ${status}.`);
    };
    await untilReady(await start("web", command), 60, ready);
    const page = await fetch(`${web}/sign-in`);
    expect(page.status).toBe(200);
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? "";
    expect((await fetch(`${web}${script}`)).status).toBe(200);
    expect((await fetch(`${web}/exports`, { redirect: "manual" })).status).toBeLessThan(400);
    expect(readFileSync(log, "utf8")).not.toMatch(/EROFS|EACCES/);
  });

  it("a worker becomes ready", async () => {
    const { web: port } = await freePorts();
    const own = { TEMPORAL_TASK_QUEUE: `read-only-${randomUUID()}`, WORKER_PROBE_PORT: String(port) };
    const ready = async () => {
      const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
      if (status !== 200) throw new Error(`It responds with ${status}.`);
    };
    await untilReady(await start("worker", workerCommand(distDir(), { ...process.env, ...own })), 60, ready);
    expect(readFileSync(log, "utf8")).not.toMatch(/EROFS|EACCES/);
  });
});
