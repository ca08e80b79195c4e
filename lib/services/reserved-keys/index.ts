// Object keys that exports have reserved, and their release.
export { listReservedKeys } from "./list";
export { releaseKeys } from "./release";
