import { readFileSync } from "node:fs";

/** The running product under integration test. */
export interface TestStack {
  web: string;
  apiKey: string;
  projectId: string;
  login: { email: string; password: string };
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string; bucket: string };
}

let stack: TestStack | undefined;

/** Reads the file at PENSTOCK_STACK_FILE. Throws outside of `npm test`, which sets it. */
export function testStack(): TestStack {
  const file = process.env.PENSTOCK_STACK_FILE;
  if (!file) throw new Error("PENSTOCK_STACK_FILE is not set: run these tests by npm test -- --only integration.");
  stack ??= JSON.parse(readFileSync(file, "utf8")) as TestStack;
  return stack;
}
