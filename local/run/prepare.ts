import type { Progress } from "@/server/process/progress";
import { type Keys, saveKeys } from "../parts/keys";
import type { Stack } from "../stack";
import { sourceClient } from "./source-client";

interface PrepareOptions {
  stack: Stack;
  dataDir: string;
  progress: Progress;
  /** Make the source's tables where they are missing: not in a ClickHouse of the user's own. */
  makeTables: boolean;
}

export interface Prepared {
  projectId: string;
  sourceProjectId: number;
  keys: Keys;
}

/** Loads what `prepare` needs of the app: some seconds that a start can spend while it waits for the servers. */
export function loadModules() {
  return Promise.all([import("@/lib/db/migrate"), import("@/lib/services/setup"), import("../clickhouse/schema")]);
}

/**
 * Brings database and source to what the app needs: migrations, the first user and project, the source's tables.
 * Sets the stack's environment in this process, because the app's own modules read it.
 */
export async function prepare({ stack, dataDir, progress, makeTables }: PrepareOptions): Promise<Prepared> {
  Object.assign(process.env, stack.env);
  const [{ migrate }, { initialize }, { applySourceSchema }] = await loadModules();
  const setUp = async () => {
    await migrate(stack.stack.postgres);
    return initialize();
  };
  const tables = async () => {
    if (!makeTables) return;
    const client = sourceClient(stack.stack.clickhouse);
    await applySourceSchema(client).finally(() => client.close());
  };
  const [setup] = await Promise.all([setUp(), tables()]);
  const keys = { ...stack.keys };
  if (setup.apiKey) keys.apiKey = setup.apiKey;
  if (setup.login) keys.login = setup.login;
  if (setup.apiKey || setup.login) saveKeys(dataDir, keys);
  progress.say("Database", setup.login ? "migrated, with a first user and project" : "migrated");
  return { projectId: setup.projectId, sourceProjectId: setup.sourceProjectId, keys };
}
