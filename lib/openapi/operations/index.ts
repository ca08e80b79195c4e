export * from "./connections";
export * from "./exports";
export * from "./historic-exports";
export * from "./projects";
export * from "./runs";
export * from "./service";
