import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { projects } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { writingOf } from "@/lib/destinations/writing";
import { type Lead, leadsOf } from "@/lib/rows/layouts/leads";
import type { KeyLanguage } from "@/lib/rows/layouts/types";

export type KeyedExport = Pick<ExportRow, "organizationId" | "projectId" | "model" | "destination"> & { id?: string };

/** Where an export's keys are, and their possible forms. */
export interface KeyPlace {
  address: string;
  keys: KeyLanguage;
  leads: Lead[];
}

/** Null if no other export could write the same files. */
export async function keyPlaceOf(
  tx: Tx,
  { projectId, model, destination }: KeyedExport,
  config: ConnectionConfig,
): Promise<KeyPlace | null> {
  const [project] = await tx
    .select({ sourceProjectId: projects.sourceProjectId })
    .from(projects)
    .where(eq(projects.id, projectId));
  return placeIn({ model, destination, sourceProjectId: project!.sourceProjectId, config });
}

/** Like `keyPlaceOf`, for loaded rows. */
export function placeIn(
  of: Pick<ExportRow, "model" | "destination"> & { sourceProjectId: number; config: ConnectionConfig },
): KeyPlace | null {
  const keys = writingOf(of.destination).keys(of);
  if (!keys) return null;
  const address = canonicalAddress({ type: of.destination.type, config: of.config });
  return { address, keys, leads: leadsOf(keys) };
}
