import type { ReservedKeys } from "@/lib/schemas/reserved-keys";

/** The keys that one export left behind. */
export interface LeftKeys {
  exportId: string;
  exportName: string;
  isDeleted: boolean;
  buckets: string[];
  count: number;
  exampleKey: string;
}

/** The releasable keys by export, because keys are released per export. */
export function leftKeys(items: readonly ReservedKeys[]): LeftKeys[] {
  const left = new Map<string, LeftKeys>();
  for (const { exportId, exportName, isDeleted, exampleKey, bucket, count, canBeReleased } of items) {
    if (!canBeReleased) continue;
    const found = left.get(exportId) ?? { exportId, exportName, isDeleted, exampleKey, buckets: [], count: 0 };
    left.set(exportId, { ...found, buckets: [...found.buckets, bucket], count: found.count + count });
  }
  return [...left.values()];
}
