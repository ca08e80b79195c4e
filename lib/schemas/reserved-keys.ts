import { z } from "zod";
import { idSchema } from "../fields/common";

/** The keys that an export has planned or written in one bucket: no other export gets them. */
export const reservedKeysSchema = z.object({
  exportId: idSchema,
  exportName: z.string(),
  isDeleted: z.boolean(),
  /** The storage's origin, or `aws`. */
  endpoint: z.string(),
  bucket: z.string(),
  count: z.number().int(),
  exampleKey: z.string(),
  /** Whether an owner can release them: the export is deleted, or writes into another bucket by now. */
  canBeReleased: z.boolean(),
});

export const releasedKeysSchema = z.object({ released: z.number().int() });

export type ReservedKeys = z.infer<typeof reservedKeysSchema>;
export type ReleasedKeys = z.infer<typeof releasedKeysSchema>;
