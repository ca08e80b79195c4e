import type { DestinationType } from "./catalog";
import { bucketOf, type ConnectionConfig, uriOf } from "./connection";

/** Where a connection leads, in one spelling: what a run pins, and what keys are reserved by. Credentials are no part of it. */
export function canonicalAddress({ type, config }: { type: DestinationType; config: ConnectionConfig }): string {
  const claimed = bucketOf({ type, config });
  if (claimed) return `${claimed.endpoint}/${claimed.bucket}`;
  const { accessUrl, apiEndpoint } = config as { accessUrl?: string | null; apiEndpoint?: string | null };
  return `${accessUrl ?? apiEndpoint ?? ""}${uriOf({ type, config }).toLowerCase()}`;
}
