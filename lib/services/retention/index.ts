// Removes old logs, files, and documents, and keeps a compact archive of them.
export { applyRetention } from "./apply";
export { ensurePartitions } from "./partitions";
