import type { ReservedKeys } from "@/lib/schemas/reserved-keys";

/** What one export has left behind. */
export interface LeftKeys {
  exportId: string;
  exportName: string;
  isDeleted: boolean;
  buckets: string[];
  count: number;
  exampleKey: string;
}

/** The keys that can be released, by export: that is how they are released. */
export function leftKeys(items: readonly ReservedKeys[]): LeftKeys[] {
  const left = new Map<string, LeftKeys>();
  for (const { exportId, exportName, isDeleted, exampleKey, bucket, count, canBeReleased } of items) {
    if (!canBeReleased) continue;
    const found = left.get(exportId) ?? { exportId, exportName, isDeleted, exampleKey, buckets: [], count: 0 };
    left.set(exportId, { ...found, buckets: [...found.buckets, bucket], count: found.count + count });
  }
  return [...left.values()];
}
