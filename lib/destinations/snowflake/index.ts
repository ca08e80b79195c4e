import type { DestinationKind } from "../types";
import { accountUrl } from "./address";
import { openSnowflake } from "./open";
import type { SnowflakeConfig, SnowflakeSecret, SnowflakeSettings } from "./schema";
import { snowflakeScript } from "./script";
import { verifySnowflake } from "./verify";

export const snowflake: DestinationKind<SnowflakeConfig, SnowflakeSecret, SnowflakeSettings> = {
  verify: (connection, asked) =>
    verifySnowflake(
      connection,
      asked.map(({ destination }) => destination),
    ),
  open: openSnowflake,
  addresses: (config) => [{ field: config.accessUrl === null ? "account" : "accessUrl", url: accountUrl(config) }],
  setupScript: snowflakeScript,
};
