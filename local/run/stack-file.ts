import { rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "../parts/keys";
import type { Addresses } from "../stack";

/** Contents of .data/stack.json: every address, credential, and key of a running stack. */
export interface StackFile extends Addresses {
  web: string;
  apiKey: string | null;
  projectId: string;
  login: { email: string; password: string } | null;
}

export function stackFile(dataDir: string): string {
  return join(dataDir, "stack.json");
}

/** Writes stack.json, readable only by the owner. */
export function writeStackFile(dataDir: string, content: StackFile): void {
  writePrivate(stackFile(dataDir), `${JSON.stringify(content, null, 2)}\n`);
}

/** Removes stack.json: nothing listens at its addresses anymore. */
export function removeStackFile(dataDir: string): void {
  rmSync(stackFile(dataDir), { force: true });
}
