import { bucketOf } from "./buckets";
import type { DestinationType } from "./catalog";
import { type ConnectionConfig, uriOf } from "./connection";

/** A connection's location in one spelling: runs pin it, and keys are reserved by it. Excludes credentials. */
export function canonicalAddress({ type, config }: { type: DestinationType; config: ConnectionConfig }): string {
  const claimed = bucketOf({ type, config });
  if (claimed) return `${claimed.endpoint}/${claimed.bucket}`;
  const { accessUrl, apiEndpoint } = config as { accessUrl?: string | null; apiEndpoint?: string | null };
  return `${accessUrl ?? apiEndpoint ?? ""}${folded(uriOf({ type, config }))}`;
}

/** In lower case, but for names in double quotes that differ from those without: `"events"` is not `EVENTS`. */
const folded = (uri: string): string =>
  uri.replaceAll(/"([^"]*)"|[^"]+/g, (part, name: string | undefined) =>
    name === undefined ? part.toLowerCase() : /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name.toLowerCase() : part,
  );
