import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { runCommand } from "./run-command";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Path of a browser for the tests: CHROMIUM_PATH, one on PATH, or Playwright's own. If there is none, installs Debian's
 * package as root; otherwise throws an error with instructions.
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, and there is no such file.`);
    return given;
  }
  return findInstalled() ?? (await installChromium());
}

function findInstalled(): string | undefined {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, chromium.executablePath()].find((file) => existsSync(file));
}

async function installChromium(): Promise<string> {
  const canInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (canInstall) {
    console.log("   There is no Chromium yet: installing Debian's package, some minutes");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const update = await runCommand("apt-get", ["update", "-q"], { env });
    const install = await runCommand("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
      env,
    });
    const installed = findInstalled();
    if (installed) return installed;
    throw new Error(`Chromium could not be installed:\n${update.output}\n${install.output}`);
  }
  throw new Error(
    "The browser tests need Chromium, and none is found. Install it (npx playwright install chromium, or your " +
      "system's package), or set CHROMIUM_PATH.",
  );
}
