import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

it("lets no other user of the machine read what the parts keep", () => {
  const logDir = process.env.PENSTOCK_LOG_DIR ?? "";
  const dataDir = dirname(logDir);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  // PostgreSQL's user may only traverse it.
  expect(modeOf(dataDir) & 0o066).toBe(0);
  const entries = [dataDir, logDir].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  expect(entries.length).toBeGreaterThan(5);
  expect(entries.filter((path) => (modeOf(path) & 0o077) !== 0)).toEqual([]);
});
