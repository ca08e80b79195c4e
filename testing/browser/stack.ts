import { readFileSync } from "node:fs";

/** Addresses and the login of the product under test, as `stack.json` has them. */
export interface Stack {
  web: string;
  apiKey: string;
  projectId: string;
  login: { email: string; password: string };
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string; bucket: string };
}

/** Reads the file that PENSTOCK_STACK_FILE names. */
export function readStack(): Stack {
  const file = process.env.PENSTOCK_STACK_FILE;
  if (!file)
    throw new Error("Set PENSTOCK_STACK_FILE to the stack.json of a running Penstock; npm test does it itself.");
  return JSON.parse(readFileSync(file, "utf8")) as Stack;
}
