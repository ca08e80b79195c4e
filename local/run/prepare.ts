import type { Progress } from "@/server/process/progress";
import { type Keys, saveKeys } from "../parts/keys";
import type { Stack } from "../stack";
import { sourceClient } from "./source-client";

interface PrepareOptions {
  stack: Stack;
  dataDir: string;
  progress: Progress;
  /** Create missing source tables; false for a ClickHouse of the user's own. */
  makeTables: boolean;
}

export interface Prepared {
  projectId: string;
  sourceProjectId: number;
  keys: Keys;
}

/** Loads the app modules that `prepare` needs: some seconds that a start can spend waiting for the servers. */
export function loadModules() {
  return Promise.all([
    import("@/lib/db/migrate"),
    import("@/lib/services/setup"),
    import("../clickhouse/schema"),
    import("@/lib/services/installation"),
  ]);
}

/**
 * Prepares database and source for the app: migrations, the first user and project, the source's tables. Sets the
 * stack's environment in this process, because the app's own modules read it.
 */
export async function prepare({ stack, dataDir, progress, makeTables }: PrepareOptions): Promise<Prepared> {
  const { DATABASE_URL: isGiven, DATABASE_MIGRATION_URL } = process.env;
  Object.assign(process.env, stack.env);
  const [{ migrate }, { initialize }, { applySourceSchema }, { placeHere }] = await loadModules();
  const setUp = async () => {
    await migrate((isGiven && DATABASE_MIGRATION_URL) || stack.stack.postgres);
    await placeHere();
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
