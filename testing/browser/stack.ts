import { readFileSync } from "node:fs";

/** The addresses and login of the product under test, from `stack.json`. */
export interface Stack {
  web: string;
  apiKey: string;
  projectId: string;
  login: { email: string; password: string };
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string; bucket: string };
}

/** Reads the file at PENSTOCK_STACK_FILE. */
export function readStack(): Stack {
  const file = process.env.PENSTOCK_STACK_FILE;
  if (!file)
    throw new Error("Set PENSTOCK_STACK_FILE to the stack.json of a running Penstock; npm test does it itself.");
  return JSON.parse(readFileSync(file, "utf8")) as Stack;
}
