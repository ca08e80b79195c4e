// The API's document as its reference shows it.
export type { Described, DescribedField } from "./describe";
export { type NamedSchema, namedSchemas } from "./named";
export { type ReferenceOperation, type ReferenceSection, referenceSections } from "./operations";
