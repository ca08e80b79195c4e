export * from "./alerts";
export * from "./audit";
export * from "./auth";
export * from "./exports";
export * from "./processes";
export * from "./rate-limits";
export * from "./runs";
export * from "./tenancy";
