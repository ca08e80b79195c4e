import { getEnv } from "@/lib/env";
import type { Source } from "@/lib/schemas/source";
import { profileStatement } from "@/lib/source/verify/grants";
import type { SourceSettings } from "./settings";

/** Converts the source to API form, without its password. */
export function toSource(row: SourceSettings): Source {
  const { CLICKHOUSE_URL, CLICKHOUSE_DATABASE, CLICKHOUSE_USERNAME, SETTLE_SECONDS } = getEnv();
  const { settleSeconds, retentionDays, oneRowPerId, sequentialConsistency, lastVerifiedAt, lastVerification } = row;
  return {
    settleSeconds,
    retentionDays,
    oneRowPerId,
    sequentialConsistency,
    defaultSettleSeconds: SETTLE_SECONDS,
    url: new URL(CLICKHOUSE_URL).origin,
    database: CLICKHOUSE_DATABASE,
    username: CLICKHOUSE_USERNAME,
    setup: profileStatement(),
    lastVerifiedAt: lastVerifiedAt?.toISOString() ?? null,
    lastVerification,
  };
}
