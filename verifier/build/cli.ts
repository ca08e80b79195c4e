import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import packageJson from "../../package.json" with { type: "json" };
import { licensesOf } from "./licenses";

const BANNER = `#!/usr/bin/env node
// penstock-verify ${packageJson.version}: checks receipts of Penstock without Penstock.
// MIT license. Its text, and the licenses of what is bundled, are at the end.
`;

const comment = (text: string) => `/*\n${text.replaceAll("*/", "* /")}\n*/\n`;

/** Builds the command into one file that needs nothing but Node. Not minified, so that it can be read. */
export async function buildCli(dist: string): Promise<string> {
  const file = join(dist, "verify.mjs");
  const { metafile, outputFiles } = await build({
    entryPoints: ["verifier/node/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    define: { VERSION: JSON.stringify(packageJson.version) },
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const code = outputFiles[0]?.text ?? "";
  await mkdir(dist, { recursive: true });
  await writeFile(file, `${BANNER}${code}${comment(await licensesOf(metafile))}`);
  await chmod(file, 0o755);
  return file;
}
