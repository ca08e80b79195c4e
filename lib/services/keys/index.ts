// Encryption keys: rotation of sealed columns to the current key.
export { bindSecrets } from "./bind-secrets";
export { giveUpKeys } from "./give-up-keys";
export { requireKeys } from "./lost-keys";
export { type Rotation, rotateKeys } from "./rotate";
