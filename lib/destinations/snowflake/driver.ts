import type { Agent } from "node:http";
import type * as Snowflake from "snowflake-sdk";

type Driver = typeof Snowflake;

/** Driver options that its types omit. */
export type DriverOptions = Snowflake.ConnectionOptions & {
  /** Called without `new` for every request; an agent for the request's own protocol is used as is. */
  agentClass: (options: { protocol: string }) => Agent;
  sfRetryMaxLoginRetries: number;
};

let loaded: Promise<Driver> | null = null;

/**
 * Snowflake's driver, loaded on first use: on load it queries the cloud's metadata service, unless this is disabled,
 * and it is heavy for processes that never use it.
 */
export function snowflakeDriver(): Promise<Driver> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Driver> {
  process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = "true";
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = "true";
  const driver = exporting<Driver>(await import("snowflake-sdk"), "createConnection");
  // Its log would hold statements, and goes to the working directory.
  driver.configure({ logLevel: "OFF", logFilePath: "STDOUT", additionalLogToConsole: false });
  // A redirect to the other protocol would bypass the guarded agents: redirects are returned as errors.
  const client = exporting<{ defaults: { maxRedirects?: number } }>(
    await import("snowflake-sdk/dist/lib/http/axios_instance.js"),
    "defaults",
  );
  client.defaults.maxRedirects = 0;
  return driver;
}

/** The layer of a CommonJS module with this property: loaders disagree on how often they wrap it as `default`. */
function exporting<T>(imported: object, property: string): T {
  let at: unknown = imported;
  while (at && !(property in (at as object))) at = (at as { default?: unknown }).default;
  if (!at)
    throw new Error(`Snowflake's driver has no ${property}. Penstock doesn't support this version of the driver.`);
  return at as T;
}
