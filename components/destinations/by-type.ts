import type { DestinationType } from "@/lib/destinations/catalog";
import { declared } from "./declared";
import type { DestinationParts } from "./parts";
import { s3 } from "./s3";

/** The types whose parts can't all be made from what they declare. */
const own: { readonly [T in DestinationType]?: DestinationParts<T> } = { s3 };

/** What forms and pages show of a type of destination: parts of its own, or those made from its declaration. */
export const partsOf = <T extends DestinationType>(type: T): DestinationParts<T> => own[type] ?? declared;
