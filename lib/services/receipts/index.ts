// Chains of receipts, and certificates that sum them up.
export { getCertificate } from "./get-certificate";
export { getChainHead } from "./get-chain-head";
export { getPublicKeys } from "./get-public-keys";
export { listChain } from "./list-chain";
