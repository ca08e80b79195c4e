import { openApiDocument } from "../document";
import { TAGS } from "../operation";
import { type Described, type DescribedField, describeSchema } from "./describe";
import { exampleOf } from "./example";
import { documentSchemas } from "./named";
import type { JsonSchema } from "./schema";

export interface ReferenceResponse {
  status: string;
  description: string;
  body: Described | null;
  /** An example as indented JSON; null for errors, which are all alike, and without a JSON body. */
  example: string | null;
}

export interface ReferenceOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** Who can call it, in a sentence. */
  access: string;
  /** In the path, the query, and headers. */
  parameters: (DescribedField & { where: string })[];
  body: Described | null;
  /** A request body as indented JSON. */
  bodyExample: string | null;
  responses: ReferenceResponse[];
}

export interface ReferenceSection {
  /** Its part of the address: `historic-exports`. */
  slug: string;
  title: string;
  operations: ReferenceOperation[];
}

interface DocumentOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: JsonSchema }>;

let known: ReferenceSection[] | undefined;

const METHODS = ["GET", "POST", "PATCH", "DELETE"];

/** What belongs to a project first, because that is where things are listed and created; then by path and method. */
const byPath = (a: ReferenceOperation, b: ReferenceOperation): number =>
  Number(b.path.startsWith(PROJECT)) - Number(a.path.startsWith(PROJECT)) ||
  a.path.localeCompare(b.path) ||
  METHODS.indexOf(a.method) - METHODS.indexOf(b.method);

const PROJECT = "/api/projects/{projectId}/";

/** All operations of the API's document by section, in the document's order of sections. */
export function referenceSections(): ReferenceSection[] {
  known ??= TAGS.map((title) => ({
    slug: title.toLowerCase().replaceAll(" ", "-"),
    title,
    operations: documentOperations()
      .filter(({ tag }) => tag === title)
      .map(({ shown }) => shown)
      .sort(byPath),
  }));
  return known;
}

function documentOperations(): { tag: string | undefined; shown: ReferenceOperation }[] {
  return Object.entries(openApiDocument().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, DocumentOperation>).map(([method, operation]) => ({
      tag: operation.tags[0],
      shown: shownOf(method.toUpperCase(), path, operation),
    })),
  );
}

function shownOf(method: string, path: string, operation: DocumentOperation): ReferenceOperation {
  const { operationId: id, summary, description = null, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  return {
    id,
    method,
    path,
    summary,
    description,
    access: accessOf(operation),
    parameters: parameters.map(({ name, in: where, required = false, schema }) => ({
      name,
      where,
      required,
      ...describeSchema(schema),
    })),
    body: body ? describeSchema(body) : null,
    bodyExample: body ? exampleText(body, { requiredOnly: true }) : null,
    responses: Object.entries(responses).map(([status, response]) => responseOf(status, response)),
  };
}

function responseOf(status: string, { description, content = {} }: DocumentOperation["responses"][string]) {
  const [type, entry] = Object.entries(content)[0] ?? [];
  const isError = Number(status) >= 400;
  const example = entry && type === "application/json" && !isError ? exampleText(entry.schema) : null;
  return { status, description, body: entry ? describeSchema(entry.schema) : null, example };
}

const exampleText = (schema: JsonSchema, { requiredOnly = false } = {}) =>
  JSON.stringify(exampleOf(schema, { schemas: documentSchemas(), requiredOnly }), null, 2);

function accessOf({ security = [] }: DocumentOperation): string {
  if (security.length === 0) return "Anyone can call this, without an API key.";
  return security.some((way) => "apiKey" in way)
    ? "Needs an API key or a signed-in person."
    : "Needs a signed-in person; an API key can’t call this.";
}
