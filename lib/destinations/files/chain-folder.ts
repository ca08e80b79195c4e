/** Folder below a connection's prefix that holds chains of receipts and the keys that verify them. */
export const CHAIN_FOLDER = "_penstock";
