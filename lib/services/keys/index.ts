// Encryption keys: rotation of sealed columns to the current key.
export { bindSecrets } from "./bind-secrets";
export { type Rotation, rotateKeys } from "./rotate";
