import { resolve } from "node:path";

/** Folder of Next's build: NEXT_DIST_DIR or .next. */
export function nextDir(env: Record<string, string | undefined> = process.env): string {
  return resolve(env.NEXT_DIST_DIR || ".next");
}
