import { describe } from "vitest";
import { destinationContract } from "@/testing/runs/destinations/contract";
import { pooledHarness } from "@/testing/runs/destinations/pooled";
import { findPgbouncer } from "@/testing/stack/pgbouncer-program";

const found = await findPgbouncer();

/**
 * In transaction mode, what a session sets is gone after each transaction. Source: "SQL feature map for pooling modes" of
 * PgBouncer's documentation (pgbouncer.org/features.html).
 */
if ("reason" in found) describe.skip(`PostgreSQL behind PgBouncer (left out: ${found.reason})`, () => {});
else destinationContract(pooledHarness(found));
