import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { apiClient } from "@/local/run/api";
import { fillWindow } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { type BuiltImage, buildImage } from "./build";
import { whyNot } from "./buildah";
import { exportOnce } from "./export-once";
import { type Container, runImage } from "./run";
import { openWorld, type World } from "./world";

const reason = isLong ? whyNot() : "only npm run test:long builds it";
const ROWS = 3000;
const logs = process.env.PENSTOCK_LOG_DIR ?? tmpdir();
const logOf = (name: string) => join(logs, `image-${name}.log`);

describe.skipIf(reason)(`the image${reason ? ` (left out: ${reason})` : ""}`, () => {
  let image: BuiltImage;
  let world: World;
  let [web, worker] = [undefined, undefined] as (Container | undefined)[];
  let key = "";

  const start = (command: string, env = world.env) => runImage(image, [command], env, logOf(command));
  /** The output of a command that ends; throws unless it succeeds. */
  const outputOf = async (command: string) => {
    const container = await start(command);
    const exit = await container.exited;
    if (exit.code !== 0) throw new Error(container.describe(exit));
    return readFileSync(logOf(command), "utf8");
  };

  beforeAll(async () => {
    image = await buildImage();
    world = await openWorld();
    console.log(`image: built in ${image.seconds} s, ${image.megabytes} MB`);
  }, 1_800_000);
  afterAll(async () => {
    for (const container of [web, worker]) await container?.end();
    await world?.close();
    await image?.remove();
  });

  it("is for a user without a name for root, and says what it is", () => {
    const { User, Entrypoint, Labels, Healthcheck } = image.config;
    expect(User).toBe("10001:10001");
    expect(Entrypoint[0]).toBe("node");
    expect(Labels["org.opencontainers.image.title"]).toBe("Penstock");
    expect(Healthcheck.Test[0]).toBe("CMD");
  });

  it("names its commands when it gets none that it knows", async () => {
    const container = await runImage(image, image.config.Cmd, {}, logOf("help"));
    expect(await container.exited).toMatchObject({ code: 2 });
    expect(readFileSync(logOf("help"), "utf8")).toContain(
      "web, worker, migrate, setup, installation, reset-password, rotate-keys",
    );
  });

  it("migrates, and makes the first login once", async () => {
    expect(await outputOf("migrate")).toContain("newest schema");
    key = /API key: +(\S+)/.exec(await outputOf("setup"))?.[1] ?? "";
    expect(key).not.toBe("");
    expect(await outputOf("setup")).toContain("Nothing was created");
  });

  it("becomes healthy as web and worker, on a read-only root", async () => {
    web = await start("web");
    const { web: probe } = await freePorts();
    worker = await start("worker", { ...world.env, WORKER_PROBE_PORT: String(probe) });
    await untilReady(web, 120, async () => {
      const { status } = (await (await fetch(`${world.web}/api/health`)).json()) as { status: string };
      if (status !== "ok") throw new Error(`it is ${status}`);
    });
    const [, ...check] = image.config.Healthcheck.Test;
    await Promise.all([web, worker].map((container) => container.exec(check)));
    await expect(web.exec(["touch", "/app/x"])).rejects.toThrow("Read-only file system");
    expect(await worker.exec(["id", "-u"])).toBe("10001");
  });

  it("exports a window", async () => {
    const window = pastHour(0);
    await fillWindow(await world.takeSource(), window, { rows: ROWS, bytes: 200 });
    const api = apiClient(world.web, key);
    const run = await exportOnce(api, world);
    expect(run).toMatchObject({ state: "Completed", rows: ROWS, intervalStart: window.start.toISOString() });
    const keys = (await world.bucket.keys("image/")).filter((key) => key.endsWith(".jsonl.gz"));
    const lines = await Promise.all(keys.map((key) => world.bucket.lines(key)));
    expect(lines.flat()).toHaveLength(ROWS);
  });

  it("serves pages", async () => {
    const page = await fetch(`${world.web}/sign-in`);
    expect(page.status).toBe(200);
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? "";
    expect((await fetch(`${world.web}${script}`)).headers.get("content-type")).toContain("javascript");
  });

  it("ends in order on SIGTERM", async () => {
    const running = [web!, worker!];
    const started = Date.now();
    await Promise.all(running.map((container) => container.stop()));
    const exits = await Promise.all(running.map(({ exited }) => exited));
    expect(exits).toEqual([
      { code: 0, signal: null },
      { code: 0, signal: null },
    ]);
    console.log(`image: web and worker ended ${Date.now() - started} ms after SIGTERM`);
    for (const name of ["web", "worker"]) expect(readFileSync(logOf(name), "utf8")).not.toContain("EROFS");
  });
});
