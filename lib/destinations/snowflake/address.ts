import type { SnowflakeConfig } from "./schema";

/** An account's URL, unless another one is set. Host names have no underscores, but account names may. */
export function accountUrl({ account, accessUrl }: Pick<SnowflakeConfig, "account" | "accessUrl">): string {
  if (accessUrl !== null) return accessUrl;
  const domain = /\.cn-/i.test(account) ? "snowflakecomputing.cn" : "snowflakecomputing.com";
  return `https://${account.toLowerCase().replaceAll("_", "-")}.${domain}`;
}

export function hostOf(config: Pick<SnowflakeConfig, "account" | "accessUrl">): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(accountUrl(config));
  return { host: hostname, port: Number(port || (protocol === "https:" ? 443 : 80)) };
}
