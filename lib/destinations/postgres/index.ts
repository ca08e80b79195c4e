import type { DestinationKind } from "../types";
import { openPostgres } from "./open";
import type { PostgresConfig, PostgresSecret, PostgresSettings } from "./schema";
import { hostAndPort, postgresScript } from "./script";
import { verifyPostgres } from "./verify";

export const postgres: DestinationKind<PostgresConfig, PostgresSecret, PostgresSettings> = {
  verify: verifyPostgres,
  open: openPostgres,
  addresses: (config) => [{ field: "host", url: hostAndPort(config) }],
  setupScript: postgresScript,
};
