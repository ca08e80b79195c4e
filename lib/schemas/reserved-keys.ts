import { z } from "zod";
import { idSchema } from "../fields/common";

/** The keys that an export planned or wrote in one bucket, reserved for it. */
export const reservedKeysSchema = z.object({
  exportId: idSchema,
  exportName: z.string(),
  isDeleted: z.boolean(),
  /** The storage's origin, or `aws`. */
  endpoint: z.string(),
  bucket: z.string(),
  count: z.number().int(),
  exampleKey: z.string(),
  /** Whether an owner can release them: the export is deleted or now writes to another bucket. */
  canBeReleased: z.boolean(),
});

export const releasedKeysSchema = z.object({ released: z.number().int() });

export type ReservedKeys = z.infer<typeof reservedKeysSchema>;
export type ReleasedKeys = z.infer<typeof releasedKeysSchema>;
