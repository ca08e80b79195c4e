import type { DestinationType } from "@/lib/destinations/outlines";
import { declared } from "./declared";
import type { DestinationParts } from "./parts";
import { s3 } from "./s3";

/** Types whose declarations alone can't express all their parts. */
const own: { readonly [T in DestinationType]?: DestinationParts<T> } = { s3 };

/** The parts of a destination type for forms and pages: custom, or derived from its declaration. */
export const partsOf = <T extends DestinationType>(type: T): DestinationParts<T> => own[type] ?? declared;
