import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };

const README = `# penstock-verify

Checks receipts of Penstock, and the files that they name, without Penstock. One
file, no dependencies, and no network unless an address asks for it.

\`\`\`sh
npx penstock-verify ./copy-of-a-bucket
npx penstock-verify s3://bucket/prefix --keys keys.json
npx penstock-verify --help
\`\`\`

Exit code 0: everything is true. 1: something is false. 2: something couldn't be checked.
`;

/** Makes the folder that \`npx\` runs and \`npm publish\` takes. */
export async function packCli(dist: string, file: string): Promise<string> {
  const folder = join(dist, "penstock-verify");
  const { version, license, engines } = packageJson;
  const manifest = {
    name: "penstock-verify",
    version,
    description: "Checks receipts of Penstock, and the files that they name, without Penstock",
    license,
    type: "module",
    bin: { "penstock-verify": "verify.mjs" },
    files: ["verify.mjs"],
    engines,
  };
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`),
    writeFile(join(folder, "README.md"), README),
    copyFile("LICENSE", join(folder, "LICENSE")),
    copyFile(file, join(folder, "verify.mjs")),
  ]);
  return folder;
}
