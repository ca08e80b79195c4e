import { listOf } from "@/lib/fields/common";
import { releasedKeysSchema, reservedKeysSchema } from "@/lib/schemas/reserved-keys";
import { operation } from "../operation";
import { byId, byProject } from "../params";

export const listReservedKeys = operation({
  id: "listReservedKeys",
  permission: "view",
  tag: "Exports",
  summary: "The object keys that a project's exports have reserved, by export and bucket",
  params: byProject,
  answer: listOf(reservedKeysSchema),
});

export const releaseKeys = operation({
  id: "releaseKeys",
  permission: "keys.release",
  tag: "Exports",
  summary: "Let other exports have the object keys of a deleted export, or of the bucket that an export has left",
  description:
    "Objects and receipts stay as they are. Refused with 409 and the code `keys_in_use` while the export writes all its keys itself, or a run is under way.",
  params: byId,
  answer: releasedKeysSchema,
  errors: [409],
});
