import type { DestinationKind } from "../types";
import { openPostgres } from "./open";
import type { PostgresConfig, PostgresSecret, PostgresSettings } from "./schema";
import { addressOf, postgresScript } from "./script";
import { verifyPostgres } from "./verify";

export const postgres: DestinationKind<PostgresConfig, PostgresSecret, PostgresSettings> = {
  verify: verifyPostgres,
  open: openPostgres,
  addresses: (config) => [{ field: "host", url: addressOf(config) }],
  setupScript: postgresScript,
};
