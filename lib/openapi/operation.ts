import { z } from "zod";
import { PERMISSIONS, type Permission } from "@/lib/permissions";
import { addressOf, type Method, type OperationId } from "./addresses";

const nothing = z.object({});
type Nothing = typeof nothing;

/** Names and order of the sections in the API's document. */
export const TAGS = [
  "Exports",
  "Runs",
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

/** One thing that the API can do: what its route handler obeys and what its document says. */
export interface Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType | null = z.ZodType | null,
> {
  id: OperationId;
  method: Method;
  /** As OpenAPI writes it: `/api/exports/{id}`. */
  path: string;
  tag: (typeof TAGS)[number];
  summary: string;
  description: string | null;
  /** `any`: API key or session. `session`: a signed-in user only. `none`: everybody. */
  auth: "any" | "session" | "none";
  /** What the asker must be allowed to do; null when everybody may ask. */
  permission: Permission | null;
  params: P;
  query: Q;
  /** Null when the request has no body. */
  body: B | null;
  /** Null when the answer has no body. */
  answer: A;
  /** What kind of text the answer is. */
  content: "application/json" | "text/plain";
  status: 200 | 201 | 204;
  /** Statuses of errors beyond those that follow from the fields above. */
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
  answer: A;
  content?: "application/json" | "text/plain";
  status?: 200 | 201 | 204;
  errors?: number[];
}

/** Who may ask at all follows from the permission. */
const authOf = (permission: Permission | null) => {
  if (permission === null) return "none";
  return PERMISSIONS[permission].key === null ? "session" : "any";
};

/** Declares an operation. Its export has the name of its id, by which `client.ts` finds its types. */
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
    status: declaration.status ?? (declaration.answer === null ? 204 : 200),
    errors: declaration.errors ?? [],
  };
}
