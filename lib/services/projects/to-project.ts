import { canOpen } from "@/lib/crypto/secrets";
import type { ProjectRow } from "@/lib/db/rows";
import type { Project } from "@/lib/schemas/project";
import { saltAad } from "./salt";

/** Converts a project to API form, without its salt. */
export const toProject = ({ id, name, sourceProjectId, hashSalt }: ProjectRow): Project => ({
  ...{ id, name, sourceProjectId },
  saltUnreadable: !canOpen(hashSalt, saltAad(id)),
});
