// Encryption keys: rotation of sealed columns to the current key.
export { bindSecrets } from "./bind-secrets";
export { warnOfLostKeys } from "./lost-keys";
export { type Rotation, rotateKeys } from "./rotate";
