import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cacheRoot } from "@/local/parts/cached-build";
import { withLock } from "@/server/process/lock";
import { runCommand } from "./run-command";

/**
 * Paths of package lists, from the root, with the hash of every allowed file; the `.in` file of each holds its direct
 * requirements. Each list has its own installation, because requirements may conflict.
 */
type Requirements =
  | "testing/stack/requirements.txt"
  | "testing/stack/requirements-bqemulator.txt"
  | "testing/stack/requirements-reading.txt"
  | "testing/stack/requirements-spark.txt"
  | "testing/stack/requirements-schemathesis.txt"
  | "bench/peers/requirements.txt";

/** The oldest Python that the packages support. */
const NEEDED = [3, 11] as const;

/**
 * Folder with the programs of the Python packages that tests need. Each list is installed once, in its own folder in
 * the user's cache. Throws an error with instructions if that fails.
 */
export async function pythonPrograms(list: Requirements = "testing/stack/requirements.txt"): Promise<string> {
  const requirements = resolve(list);
  mkdirSync(cacheRoot(), { recursive: true });
  const waiting = () => console.log("   Waiting for another run that installs Python packages");
  const found = async () => findPython() ?? (await installPython());
  const python = findPython() ?? (await withLock(join(cacheRoot(), "python.lock"), waiting, found));
  const hash = createHash("sha256")
    .update(readFileSync(requirements))
    .update(versionOf(python) ?? "");
  const folder = join(cacheRoot(), `python-${hash.digest("hex").slice(0, 16)}`);
  await withLock(`${folder}.lock`, waiting, async () => {
    if (!existsSync(join(folder, "complete"))) await install(python, folder, requirements);
  });
  return join(folder, "bin");
}

async function install(python: string, folder: string, requirements: string): Promise<void> {
  console.log("   Installing Python packages for the tests, once: about a minute");
  rmSync(folder, { recursive: true, force: true });
  await must(python, ["-m", "venv", folder]);
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "-r",
    requirements,
  ];
  await must(join(folder, "bin", "python"), pip);
  writeFileSync(join(folder, "complete"), "");
}

async function must(command: string, args: string[]): Promise<void> {
  const { code, output } = await runCommand(command, args);
  if (code !== 0) throw new Error(`${command} ${args.slice(0, 3).join(" ")} ended with code ${code}:\n${output}`);
}

const versionOf = (python: string): string | null => {
  const { status, stdout } = spawnSync(python, [
    "-c",
    "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])",
  ]);
  return status === 0 ? stdout.toString().trim() : null;
};

/** A recent enough Python with venv, which is a separate package in Debian. */
function findPython(): string | undefined {
  return ["python3", "python3.14", "python3.13", "python3.12", "python3.11"].find((name) => {
    const [major = 0, minor = 0] = (versionOf(name) ?? "").split(".").map(Number);
    return major === NEEDED[0] && minor >= NEEDED[1];
  });
}

async function installPython(): Promise<string> {
  const canInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (canInstall) {
    console.log("   There is no Python with venv yet: installing Debian's package");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const update = await runCommand("apt-get", ["update", "-q"], { env });
    const install = await runCommand("apt-get", ["install", "-y", "-q", "--no-install-recommends", "python3-venv"], {
      env,
    });
    const installed = findPython();
    if (installed) return installed;
    throw new Error(`Python could not be installed:\n${update.output}\n${install.output}`);
  }
  throw new Error(
    `The tests of AssumeRole need Python ${NEEDED.join(".")} or newer with venv, and none is found. Install python3 and python3-venv.`,
  );
}
