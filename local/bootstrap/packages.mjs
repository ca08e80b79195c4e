import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Installs the packages of package-lock.json if node_modules is missing, incomplete, or from another lock file or
 * platform. Throws with a sentence if the installation fails.
 */
export async function ensurePackages(root) {
  const wanted = await packagesIn(join(root, "package-lock.json"));
  if (!wanted)
    throw new Error("package-lock.json is missing or damaged. Restore it with git checkout package-lock.json.");
  const installed = await packagesIn(join(root, "node_modules", ".package-lock.json"));
  if (installed && isCurrent(wanted, installed)) return;
  const started = Date.now();
  console.log(installed ? "Packages: out of date, installing again" : "Packages: installing, about a minute");
  await install(root, started);
  console.log(`Packages: installed in ${seconds(started)} s`);
}

// npm writes its own record of the tree, node_modules/.package-lock.json, after each complete installation.
async function packagesIn(file) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const entries = Object.entries(JSON.parse(text).packages).filter(([path]) => path.startsWith("node_modules/"));
  return new Map(entries);
}

/** Whether the installed tree has the versions that the lock file requires on this platform. */
export function isCurrent(wanted, installed) {
  for (const [path, entry] of wanted) {
    if (!entry.optional && !installed.has(path) && fits(entry)) return false;
  }
  for (const [path, entry] of installed) {
    const locked = wanted.get(path);
    const known = locked ? locked.version === entry.version : entry.optional;
    if (!known || !fits(entry)) return false;
  }
  return true;
}

function fits({ os, cpu }) {
  return allows(os, process.platform) && allows(cpu, process.arch);
}

// A list names allowed values or, with a leading "!", disallowed ones.
function allows(list, value) {
  const items = [list ?? []].flat();
  if (items.length === 0 || items.includes(value)) return true;
  return items.some((item) => item.startsWith("!")) && !items.includes(`!${value}`);
}

async function install(root, started) {
  const timer = setInterval(() => console.log(`Packages: still installing, ${seconds(started)} s`), 15_000);
  try {
    // Not "npm ci": it refuses a lock file without other platforms' optional packages, which npm omits if a registry
    // lacks them. With --no-save, an installation follows the lock file and never writes it.
    const args = [
      "install",
      "--no-save",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
    ];
    const child = spawn("npm", [...args, "--loglevel=error"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("exit", resolve));
    if (code !== 0) {
      throw new Error(`npm install ended with code ${code}. Its message is above. Fix the problem and start again.`);
    }
  } finally {
    clearInterval(timer);
  }
}

function seconds(started) {
  return Math.round((Date.now() - started) / 1000);
}
