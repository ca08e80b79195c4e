import { globSync } from "node:fs";

/** Where the product's texts are written: screens, API, mails, command line. */
const FOLDERS = ["app", "components", "lib", "local", "server", "verifier", "worker"];

const isTest = (file: string) => /\.(test|spec)\.\w+$/.test(file) || /(^|\/)(tests|stand-ins)\//.test(file);

/** The source files that can hold visible texts, sorted, relative to the root of the repository. */
export function sourceFiles(root: string): string[] {
  const pattern = `{${FOLDERS.join(",")}}/**/*.{ts,tsx,mjs}`;
  return globSync(pattern, { cwd: root })
    .filter((file) => !isTest(file) && !file.includes("node_modules"))
    .sort();
}
