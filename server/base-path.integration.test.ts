import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { startWeb } from "@/server/process/app-processes";
import type { Child } from "@/server/process/child";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { isLong } from "@/testing/runs/is-long";
import { findChromium } from "@/testing/stack/chromium";

const BASE = "/penstock";
const BUILD = {
  PENSTOCK_BASE_PATH: BASE,
  NEXT_DIST_DIR: ".data/test/base-path/next",
  PENSTOCK_DIST_DIR: ".data/test/base-path/dist",
};

describe.skipIf(!isLong)(`a build for ${BASE}${isLong ? "" : " (left out: only npm run test:long builds it)"}`, () => {
  let web: Child;
  let browser: Browser;
  let app = "";

  beforeAll(async () => {
    const build = spawn(process.execPath, ["--import", "tsx", "server/build.ts"], {
      env: { ...process.env, ...BUILD },
      stdio: "inherit",
    });
    expect(await once(build, "exit")).toEqual([0, null]);
    const { web: port } = await freePorts();
    app = `http://127.0.0.1:${port}${BASE}`;
    // Its build knows its base path, whatever the environment of its start is.
    const env = { ...BUILD, PENSTOCK_BASE_PATH: "/other", APP_URL: app };
    const log = resolve(process.env.PENSTOCK_LOG_DIR ?? ".data", "web-base-path.log");
    web = await startWeb({ env, log, host: "127.0.0.1", port, mode: "start" });
    await untilReady(web, 60, () => fetch(`${app}/api/live`));
    browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await web?.stop();
  });

  it("serves everything below it, and nothing beside it", async () => {
    for (const path of ["/sign-in", "/docs/receipts", "/api/docs/exports"]) {
      const page = await fetch(`${app}${path}`);
      expect(page.status).toBe(200);
      expect(page.headers.get("content-security-policy")).toContain("'strict-dynamic'");
      const addresses = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, address]) => address);
      expect(addresses.length).toBeGreaterThan(3);
      expect(addresses.filter((address) => !address?.startsWith(`${BASE}/`))).toEqual([]);
    }
    expect((await fetch(`${app}/docs/files/images/receipt.png`)).status).toBe(200);
    expect((await fetch(`${app}/api/openapi.json`)).headers.get("content-security-policy")).toContain("sandbox");
    const document = (await (await fetch(`${app}/api/openapi.json`)).json()) as { servers: { url: string }[] };
    expect(document.servers).toEqual([{ url: BASE }]);
    for (const path of ["/api/live", "/sign-in", "/exports"])
      expect((await fetch(`${new URL(app).origin}${path}`)).status).toBe(404);
    expect((await fetch(`${app}/api/nothing`)).status).toBe(404);
    expect((await fetch(`${app}/.well-known/penstock-keys.json`)).status).toBe(200);
  });

  it("lets a person sign in, go on, and sign out, with cookies of its own path", async () => {
    const login = await makeUser(await makeTenant(), "owner");
    const context = await browser.newContext();
    const page = await context.newPage();
    const beside: string[] = [];
    page.on("request", (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === new URL(app).origin && !pathname.startsWith(BASE)) beside.push(pathname);
    });
    // Leads back to where the person wanted to go.
    await page.goto(`${app}/connections?x=1`);
    await page.waitForURL(`${app}/sign-in?next=*`);
    await page.getByLabel("Email").fill(login.email);
    await page.getByLabel("Password").fill(login.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${app}/connections?x=1`);
    await page.getByRole("link", { name: "Exports" }).first().click();
    await page.waitForURL(`${app}/exports`);
    await page.goto(app);
    await page.waitForURL(`${app}/exports`);
    const cookies = await context.cookies(app);
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.filter(({ path }) => !path.startsWith(BASE))).toEqual([]);
    expect(beside).toEqual([]);
    await context.close();
  });

  it("is found healthy by the image's check", async () => {
    const file = resolve(BUILD.PENSTOCK_DIST_DIR, "healthcheck.mjs");
    const env = { ...process.env, HOST: "127.0.0.1", PORT: new URL(app).port };
    const check = spawn(process.execPath, [file], { env, stdio: "inherit" });
    expect(await once(check, "exit")).toEqual([0, null]);
  });

  it("doesn't start with a public address that leads elsewhere", async () => {
    const { web: port } = await freePorts();
    const env = { ...BUILD, APP_URL: "https://penstock.example.com" };
    const log = resolve(process.env.PENSTOCK_LOG_DIR ?? ".data", "web-base-path-wrong.log");
    const wrong = await startWeb({ env, log, host: "127.0.0.1", port, mode: "start" });
    const exit = await wrong.exited;
    expect(exit.code).toBe(1);
    expect(wrong.describe(exit)).toContain(
      "APP_URL points to the root of its host, but this build of the app is for /penstock",
    );
  });
});
