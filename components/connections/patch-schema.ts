import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import { patchConnectionSchema } from "@/lib/schemas/connection";

/** Changes to a connection of this type. */
export const patchSchemaOf = (type: DestinationType) =>
  patchConnectionSchema.extend({ config: destinations[type].patch });
