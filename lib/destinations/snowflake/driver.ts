import type { Agent } from "node:http";
import type * as Snowflake from "snowflake-sdk";

type Driver = typeof Snowflake;

/** What of the driver's options its types leave out. */
export type DriverOptions = Snowflake.ConnectionOptions & {
  /** Called without `new` for every request; an agent of the request's own protocol is used as it is. */
  agentClass: (options: { protocol: string }) => Agent;
  sfRetryMaxLoginRetries: number;
};

let loaded: Promise<Driver> | null = null;

/**
 * Snowflake's driver, loaded when it is first needed: it asks the cloud's metadata service where it runs as soon as it is
 * loaded, unless told not to, and is a heavy thing for processes that never use it.
 */
export function snowflakeDriver(): Promise<Driver> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Driver> {
  process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = "true";
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = "true";
  const driver = exporting<Driver>(await import("snowflake-sdk"), "createConnection");
  // Its log would hold statements, and is written into the working directory.
  driver.configure({ logLevel: "OFF", logFilePath: "STDOUT", additionalLogToConsole: false });
  // A redirect to the other protocol would leave the guarded agents: it is an answer like another, and an error.
  const client = exporting<{ defaults: { maxRedirects?: number } }>(
    await import("snowflake-sdk/dist/lib/http/axios_instance.js"),
    "defaults",
  );
  client.defaults.maxRedirects = 0;
  return driver;
}

/** What of a CommonJS module has this property: loaders disagree on how many times it is wrapped as `default`. */
function exporting<T>(imported: object, property: string): T {
  let at: unknown = imported;
  while (at && !(property in (at as object))) at = (at as { default?: unknown }).default;
  if (!at) throw new Error(`Snowflake's driver has no ${property}: it is another version than Penstock knows.`);
  return at as T;
}
