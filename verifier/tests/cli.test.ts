import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildVerifier } from "../build/index";
import { makeBuckets } from "./make-buckets";

const { folder, remove } = makeBuckets();
const dist = mkdtempSync(join(tmpdir(), "penstock-dist-"));

beforeAll(async () => {
  await buildVerifier(dist);
});

afterAll(() => {
  remove();
  rmSync(dist, { recursive: true });
});

function run(args: string[], env: Record<string, string> = {}) {
  const file = join(dist, "penstock-verify", "verify.mjs");
  return spawnSync(process.execPath, [file, ...args], { encoding: "utf8", cwd: dist, env: { ...process.env, ...env } });
}

/** Ends the process, and its threads, at the first try to connect or to look up a name. */
const NO_NETWORK = `data:text/javascript,${encodeURIComponent(`
  import net from "node:net"; import dns from "node:dns"; import dgram from "node:dgram";
  const refuse = () => process.kill(process.pid, "SIGKILL");
  net.Socket.prototype.connect = refuse; net.Server.prototype.listen = refuse;
  dns.lookup = refuse; dns.promises.lookup = refuse; dgram.createSocket = refuse;`)}`;

describe("the command", () => {
  it.each([
    ["good", 0],
    ["object-deleted", 1],
    ["api-chain", 2],
    ["nowhere", 2],
  ])("ends for %s with %i, without any network", (name, code) => {
    const env = { NODE_OPTIONS: `--import=${NO_NETWORK}` };
    for (const jobs of ["1", "3"]) expect(run([join(folder, name), "--jobs", jobs], env).status).toBe(code);
  });

  it("would not survive a connection in that test", () => {
    const env = { NODE_OPTIONS: `--import=${NO_NETWORK}`, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    expect(run(["s3://bucket"], env).signal).toBe("SIGKILL");
  });

  it("says in one line what is false, what was expected, and what was found", () => {
    const { stdout } = run([join(folder, "object-truncated")]);
    const [line] = stdout.split("\n").filter((text) => text.startsWith("false: "));
    expect(line).toMatch(/^false: size: prod\/e1\/20260329T000000Z.*-0\.jsonl\.gz: expected \d+, found \d+$/);
    expect(stdout).toMatch(/\n\d+ true, 1 false, 0 unknown\.\n$/);
  });

  it("keeps a name with line breaks and control characters on its line", () => {
    writeFileSync(join(folder, "good", "a\ntrue: \u001b[2J\u202e"), "x");
    const { stdout } = run([join(folder, "good")]);
    rmSync(join(folder, "good", "a\ntrue: \u001b[2J\u202e"));
    expect(stdout).toContain("false: extra: a\\u000atrue: \\u001b[2J\\u202e: expected");
  });

  it("prints one JSON object, with what is true only if asked", () => {
    const few = JSON.parse(run([join(folder, "object-deleted"), "--json"]).stdout);
    expect(few).toMatchObject({
      findings: [{ what: "file", status: "false", found: "nothing" }],
      counts: { false: 1, unknown: 0 },
      looked: { receipts: 4, links: 7 },
    });
    const all = JSON.parse(run([join(folder, "object-deleted"), "--json", "--all"]).stdout);
    expect(all.findings).toHaveLength(all.counts.ok + all.counts.false);
    expect(few.notes).toHaveLength(2);
  });

  it("checks one receipt, with its files and the keys beside it", () => {
    const manifest = "prod/e1/20260329T000000Z-20260329T010000Z_manifest.json";
    const good = run([join(folder, "good", manifest)]);
    expect(good.stdout).toContain("1 receipt, 0 links, 4 objects; read 2 files, 9 rows");
    expect(good.status).toBe(0);
    expect(run([join(folder, "object-flipped", manifest)]).status).toBe(1);
    expect(run([join(folder, "signed-by-another", manifest)]).status).toBe(1);
  });

  it("can't say anything of a receipt whose files are nowhere near", () => {
    const receipt = readFileSync(join(folder, "good/prod/_penstock/00000000-0000-4000-8000-000000000001/chain/1.json"));
    writeFileSync(join(dist, "receipt.json"), receipt);
    const { status, stdout } = run([join(dist, "receipt.json"), "--keys", join(folder, "keys.json")]);
    expect(stdout).toContain("only receipts were given");
    expect(status).toBe(2);
  });

  it.each([[["--unknown"]], [[]], [["a", "b"]], [["--jobs", "0", "."]], [["--head", "x", "."]], [["--key", "x", "."]]])(
    "explains %j",
    (args) => {
      const { status, stderr } = run(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^penstock-verify: /);
    },
  );
});

describe("what is built", () => {
  it("is one file that imports only what Node has", () => {
    const code = readFileSync(join(dist, "verify.mjs"), "utf8");
    const imports = [...code.matchAll(/^import .* from "([^"]+)"/gm)].map(([, name = ""]) => name);
    expect(imports.length).toBeGreaterThan(5);
    expect(imports.filter((name) => !builtinModules.includes(name.replace(/^node:/, "")))).toEqual([]);
    expect(code).toMatch(/^#!\/usr\/bin\/env node\n/);
    for (const license of ["MIT License", "canonicalize", "Apache License", "hyparquet", "p-map"])
      expect(code).toContain(license);
  });

  it("is one page that loads nothing", () => {
    const page = readFileSync(join(dist, "verify.html"), "utf8");
    expect(page).not.toMatch(/<(link|img|iframe)\b|\b(src|href)=/);
    expect(page.match(/<\/script/g)).toHaveLength(1);
    expect(page).not.toMatch(/\/\*(STYLE|SCRIPT)\*\/|<!--[A-Z]+-->/);
    for (const call of ["fetch(", "XMLHttpRequest", "WebSocket", "WebAssembly", "sendBeacon", "eval("])
      expect(page).not.toContain(call);
  });
});
