import { execFile } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { members, projects } from "@/lib/db/schema";
import { takeOwnDatabase } from "@/testing/database/own-database";

let release: () => Promise<void>;
beforeAll(async () => {
  release = await takeOwnDatabase();
});
afterAll(() => release());

function setup(env: Record<string, string | undefined> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      ["--import", "tsx", "server/setup.ts"],
      { env: { ...process.env, ...env } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, output: out + err }),
    ),
  );
}

it("prints the first login once, and creates nothing the second time", async () => {
  const first = await setup({ FIRST_USER_EMAIL: "owner@example.com" });
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("Email:    owner@example.com") });
  expect(first.output).toMatch(/Password: \w{4}-\w{4}-\w{4}-\w{4}/);
  const counts = async () => [await getDb().$count(members), await getDb().$count(projects)];
  expect(await counts()).toEqual([1, 1]);

  const second = await setup({ FIRST_USER_EMAIL: "other@example.com" });
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("Nothing was created") });
  expect(second.output).not.toContain("Password");
  expect(await counts()).toEqual([1, 1]);
});

it("names a missing variable", async () => {
  const { code, output } = await setup({ DATABASE_URL: undefined });
  expect(code).toBe(1);
  expect(output).toContain("DATABASE_URL");
});
