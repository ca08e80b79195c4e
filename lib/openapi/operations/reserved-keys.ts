import { listOf } from "@/lib/fields/common";
import { releasedKeysSchema, reservedKeysSchema } from "@/lib/schemas/reserved-keys";
import { operation } from "../operation";
import { byId, byProject } from "../params";

export const listReservedKeys = operation({
  id: "listReservedKeys",
  permission: "view",
  tag: "Exports",
  summary: "List the reserved object keys of a project's exports, by export and bucket",
  params: byProject,
  answer: listOf(reservedKeysSchema),
});

export const releaseKeys = operation({
  id: "releaseKeys",
  permission: "keys.release",
  tag: "Exports",
  summary: "Release the reserved object keys of a deleted export, or of a bucket that an export no longer uses",
  description:
    "Objects and receipts stay as they are. Responds with 409 and the code `keys_in_use` while the export writes all its keys itself or a run is in progress.",
  params: byId,
  answer: releasedKeysSchema,
  errors: [409],
});
