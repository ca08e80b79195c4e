// API keys: created, listed, revoked, and checked on each request.
export { authenticateKey } from "./authenticate";
export { createApiKey } from "./create";
export { insertApiKey } from "./insert";
export { listApiKeys } from "./list";
export { revokeApiKey } from "./revoke";
