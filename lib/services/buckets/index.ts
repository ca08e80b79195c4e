// Which organization owns a bucket of an object store.
export { claimStep } from "./claim-step";
export { listBuckets } from "./list";
export { releaseBucket } from "./release";
