import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startLeash } from "@/server/process/leash";
import { holder, tryLock } from "@/server/process/lock";
import { commandLine } from "@/server/process/processes";
import type { Progress } from "@/server/process/progress";

const LEFTOVERS_MS = 15_000;

/**
 * Locks a data folder for this process and returns a function that releases it. Throws if another start holds it. After
 * a killed start, waits until its processes are gone too.
 */
export async function lockDataDir(dataDir: string, progress: Progress): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "lock");
  if (!tryLock(file)) {
    throw new Error(
      `Another Penstock (process ${holder(file)}) is using ${dataDir}. Use that one, or stop it: kill ${holder(file)}. ` +
        "To run a second one beside it, set PENSTOCK_DATA_DIR to another folder.",
    );
  }
  const reaperFile = join(dataDir, "reaper.pid");
  await untilReaped(reaperFile, progress);
  writeFileSync(reaperFile, String(startLeash()));
  return () => rmSync(file, { force: true });
}

async function untilReaped(file: string, progress: Progress): Promise<void> {
  const pid = Number(readPid(file));
  const deadline = Date.now() + LEFTOVERS_MS;
  let told = false;
  while (pid && commandLine(pid).includes("reaper.mjs") && Date.now() < deadline) {
    if (!told) progress.say("Penstock", "waiting for the processes of the last start to end");
    told = true;
    await pause(200);
  }
}

function readPid(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
