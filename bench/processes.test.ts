import { spawn } from "node:child_process";
import { once } from "node:events";
import { platform } from "node:os";
import { expect, it } from "vitest";
import { processorSeconds, used } from "./processes";

const BURN = "const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);";

it.skipIf(platform() !== "linux")(
  "counts what a process and its children use, also after they have ended (Linux only)",
  async () => {
    const script = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(BURN)}]); console.log("done"); process.stdin.resume();`;
    const parent = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
    const processes = { parent: parent.pid!, idle: 0 };
    const before = processorSeconds({ parent: parent.pid! });
    await once(parent.stdout, "data");
    const { parent: seconds = 0 } = used(before, processorSeconds(processes));
    expect(seconds).toBeGreaterThan(0.25);
    parent.stdin.end();
    await once(parent, "exit");
    expect(processorSeconds(processes).parent).toBe(0);
  },
);
