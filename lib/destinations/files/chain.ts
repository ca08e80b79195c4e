import { layoutOf } from "@/lib/rows/layouts/registry";
import { CHAIN_FOLDER } from "./chain-folder";
import type { FileSettings } from "./settings";

/** The key of a chain's link in a bucket. */
export const chainKey = (prefix: string, exportId: string, sequence: number): string =>
  `${prefix}${CHAIN_FOLDER}/${exportId}/chain/${sequence}.json`;

/** The key of the public keys that verify the receipts below a connection's prefix. */
export const publicKeysKey = (prefix: string): string => `${prefix}${CHAIN_FOLDER}/keys.json`;

/** Whether an export's bucket holds its chain of receipts as well. Some layouts have readers that expect only files. */
export const keepsChain = ({ layout, receiptChain }: Pick<FileSettings, "layout" | "receiptChain">): boolean =>
  receiptChain ?? layoutOf(layout).keepsChain;
