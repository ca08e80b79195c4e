import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isAlive, signal, workingIn } from "@/server/process/processes";
import { OwnPostgres } from "@/testing/runs/own-postgres";
import { until } from "@/testing/runs/until";

let server: OwnPostgres;
beforeAll(async () => {
  server = await OwnPostgres.start();
});
afterAll(() => server.remove());

it("starts again after SIGKILL beside a session that is still at work, and leaves a shell in its folder alone", async () => {
  const client = await server.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  // A stopped session is one that doesn't notice the end of its server.
  const session = rows[0]!.pid;
  process.kill(session, "SIGSTOP");
  const shell = spawn("sleep", ["600"], { cwd: server.folder, stdio: "ignore" });
  await once(shell, "spawn");
  try {
    await server.crash();
    expect(isAlive(session)).toBe(true);
    await server.restart();
    await until("the old session had ended", async () => !workingIn(server.folder).includes(session));
    expect(await server.ask("select 1 as one")).toEqual([{ one: 1 }]);
    expect(isAlive(shell.pid!)).toBe(true);
  } finally {
    shell.kill("SIGKILL");
    signal(session, "SIGKILL");
    await client.end().catch(() => {});
  }
});
