import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "docs/operations";

/** Every command of the operations pages, with its page. */
export function documentedCommands(): { page: string; command: string }[] {
  const pages = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));
  return pages.flatMap((page) => {
    const text = readFileSync(join(FOLDER, page), "utf8");
    const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, block = ""]) => block);
    const lines = blocks.flatMap((block) => block.split("\n")).map((line) => line.trim());
    return lines.filter((line) => line !== "").map((command) => ({ page, command }));
  });
}
