// The keys that sign receipts.
export { currentSigningKey, ensureSigningKey, openKey, recentSigningKey, signingKeyAad } from "./current-key";
export { publicKeys } from "./public-keys";
export { rotateSigningKey } from "./rotate";
