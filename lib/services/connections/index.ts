// Connections: where and as whom exports write. Verified before use.
export { createConnection } from "./create";
export { deleteConnection } from "./delete";
export { expectedCostOf } from "./expected-cost";
export { getConnection } from "./get";
export { listConnections } from "./list";
export { loadConnection } from "./load";
export { patchConnection } from "./patch";
export { generatePolicy } from "./policy";
export { connectionAad, openConnectionSecret } from "./secrets";
export { makeSetupScript } from "./setup-script";
export { testConnection } from "./test";
export { verifyConnection } from "./verify";
