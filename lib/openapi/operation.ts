import { z } from "zod";
import { PERMISSIONS, type Permission } from "@/lib/permissions";
import { addressOf, type Method, type OperationId } from "./addresses";

const nothing = z.object({});
type Nothing = typeof nothing;

/** Sections of the API document, in order. */
export const TAGS = [
  "Exports",
  "Runs",
  "Receipts",
  "Checks",
  "Historic exports",
  "Connections",
  "Projects",
  "People",
  "Alerts",
  "Audit log",
  "Account",
  "Source",
  "Service",
] as const;

/** `text/event-stream`: server-sent events; their text is the answer. */
type Content = "application/json" | "text/plain" | "text/event-stream";

/** An API operation: what its route handler enforces and its document says. */
export interface Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType | null = z.ZodType | null,
> {
  id: OperationId;
  method: Method;
  /** In OpenAPI syntax: `/api/exports/{id}`. */
  path: string;
  tag: (typeof TAGS)[number];
  summary: string;
  description: string | null;
  /** `any`: API key or session. `session`: signed-in users only. `none`: public. */
  auth: "any" | "session" | "none";
  /** The permission that the caller needs; null if anyone may call. */
  permission: Permission | null;
  params: P;
  query: Q;
  /** Null when the request has no body. */
  body: B | null;
  /** Whether a request without a body means an empty object. */
  hasOptionalBody: boolean;
  /** Null when the response has no body. */
  answer: A;
  /** The content type of the response. */
  content: Content;
  status: 200 | 201 | 202 | 204;
  /** Error statuses beyond those that follow from the fields above. */
  errors: number[];
}

interface Declaration<P, Q, B, A> {
  id: OperationId;
  tag: (typeof TAGS)[number];
  summary: string;
  description?: string;
  permission: Permission | null;
  params?: P;
  query?: Q;
  body?: B;
  hasOptionalBody?: boolean;
  answer: A;
  content?: Content;
  status?: 200 | 201 | 202 | 204;
  errors?: number[];
}

/** The permission determines who may call at all. */
const authOf = (permission: Permission | null) => {
  if (permission === null) return "none";
  return PERMISSIONS[permission].key === null ? "session" : "any";
};

/** Declares an operation. Export it under its id, by which `client.ts` finds its types. */
export function operation<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  A extends z.ZodType | null = null,
>(declaration: Declaration<P, Q, B, A>): Operation<P, Q, B, A> {
  return {
    ...declaration,
    ...addressOf(declaration.id),
    description: declaration.description ?? null,
    auth: authOf(declaration.permission),
    content: declaration.content ?? "application/json",
    params: declaration.params ?? (nothing as unknown as P),
    query: declaration.query ?? (nothing as unknown as Q),
    body: declaration.body ?? null,
    hasOptionalBody: declaration.hasOptionalBody ?? false,
    status: declaration.status ?? (declaration.answer === null ? 204 : 200),
    errors: declaration.errors ?? [],
  };
}
