// Encryption keys: sealed columns are moved to the current key.
export { bindSecrets } from "./bind-secrets";
export { type Rotation, rotateKeys } from "./rotate";
