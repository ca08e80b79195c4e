import { getDb } from "@/lib/db/client";
import type { PublicKeys } from "@/lib/schemas/receipt";
import { publicKeys } from "@/lib/services/signing";

/** The public keys that verify receipts. Anyone may have them. */
export const getPublicKeys = (): Promise<PublicKeys> => publicKeys(getDb());
