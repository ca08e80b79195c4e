import { existsSync, readFileSync } from "node:fs";
import { loadKeys } from "../parts/keys";
import { stackEnv } from "../parts/stack-env";
import { type StackFile, stackFile } from "./stack-file";

/** The environment of a command that works on the stack of `npm start`. Throws if none is running in the folder. */
export function localEnv(dataDir: string): Record<string, string> {
  const file = stackFile(dataDir);
  if (!existsSync(file))
    throw new Error(
      "There is no local data yet. Run npm start first, or set DATABASE_URL and the other environment variables of the web app.",
    );
  const stack = JSON.parse(readFileSync(file, "utf8")) as StackFile;
  return stackEnv(stack, Number(new URL(stack.web).port), loadKeys(dataDir), process.env);
}
