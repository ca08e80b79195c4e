import { eq, isNull, or, type SQL } from "drizzle-orm";
import { mails } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";

/** Which mails an owner may read: the organization's; who runs the installation also those that belong to none. */
export const readableMails = ({ organizationId, operator }: Actor): SQL | undefined =>
  or(eq(mails.organizationId, organizationId), operator ? isNull(mails.organizationId) : undefined);
