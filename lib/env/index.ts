import type { z } from "zod";
import { envSchema, webSchema, workerSchema } from "./schema";

export type Env = z.infer<typeof envSchema>;
export type WebEnv = z.infer<typeof webSchema>;
export type WorkerEnv = z.infer<typeof workerSchema>;

function parse<T extends z.ZodType>(schema: T): z.infer<T> {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Penstock can't start with these environment variables:\n  ${lines.join("\n  ")}`);
}

let env: Env | undefined;
let webEnv: WebEnv | undefined;
let workerEnv: WorkerEnv | undefined;

/** What the shared modules need of the environment. Throws one error that names every bad variable. */
export const getEnv = (): Env => {
  env ??= parse(envSchema);
  return env;
};

/** The same for the web app, which also needs its own address and secret. */
export const getWebEnv = (): WebEnv => {
  webEnv ??= parse(webSchema);
  return webEnv;
};

/** The same for the worker. */
export const getWorkerEnv = (): WorkerEnv => {
  workerEnv ??= parse(workerSchema);
  return workerEnv;
};
