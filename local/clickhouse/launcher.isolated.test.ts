import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { clickhouseLauncher } from "./launcher";

const cache = mkdtempSync(join(tmpdir(), "penstock-cache-"));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

it("says what to do where there is no C compiler", async () => {
  vi.stubEnv("XDG_CACHE_HOME", cache);
  vi.stubEnv("PATH", "/nowhere");
  vi.stubEnv("CC", "");
  const progress = { say: () => {}, wait: () => () => {} };
  await expect(clickhouseLauncher(progress)).rejects.toThrow(
    /no C compiler on PATH.*apt-get install gcc.*CLICKHOUSE_URL/s,
  );
});
