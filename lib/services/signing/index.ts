// The keys that sign receipts.
export { currentSigningKey, ensureSigningKey, openKey, type SealedKey, signingKeyAad } from "./current-key";
export { publicKeys } from "./public-keys";
export { rotateSigningKey } from "./rotate";
