import type { DestinationType } from "@/lib/destinations/outlines";
import { declaredWords } from "./declared/facts";
import type { DestinationWords } from "./parts";
import { s3Words } from "./s3/facts";

/** Types that read differently from what their declarations say. */
const own: { readonly [T in DestinationType]?: DestinationWords<T> } = { s3: s3Words };

/** How a destination type reads: custom, or derived from its declaration. */
export const wordsOf = <T extends DestinationType>(type: T): DestinationWords<T> => own[type] ?? declaredWords;
