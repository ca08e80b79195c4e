import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** Folders of the packages whose code is in a bundle. */
const packagesOf = ({ outputs }: Metafile): string[] => {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].sort();
};

async function licenseIn(folder: string): Promise<string> {
  const name = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (!name) throw new Error(`${folder} has no license file, so it can't be bundled.`);
  return (await readFile(join(folder, name), "utf8")).trim();
}

/** Our license, and those of all bundled packages, as they ask for. */
export async function licensesOf(metafile: Metafile): Promise<string> {
  const packages = packagesOf(metafile);
  const texts = await Promise.all(
    packages.map(async (folder) => `${folder.replace("node_modules/", "")}\n\n${await licenseIn(folder)}`),
  );
  return [(await readFile("LICENSE", "utf8")).trim(), ...texts].join("\n\n----\n\n");
}
