import { expect } from "vitest";
import type { z } from "zod";
import { errorSchema } from "@/lib/fields/common";
import { openApiDocument } from "@/lib/openapi/document";
import type { Operation } from "@/lib/openapi/operation";
import { testStack } from "./stack";

interface Asked {
  key?: string;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
}

export interface Answered<T> {
  status: number;
  body: T;
  text: string;
}

const JSON_TYPE = { "content-type": "application/json" };

/** Calls an operation of the running API and validates the response against its schema, whatever the status. */
export async function call<A extends z.ZodType | null>(
  operation: Operation<z.ZodType, z.ZodType, z.ZodType, A>,
  { key, headers = {}, params = {}, query = {}, body }: Asked = {},
): Promise<Answered<A extends z.ZodType ? z.output<A> : undefined>> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name);
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const response = await fetch(`${testStack().web}${path}?${search}`, {
    method: operation.method,
    headers: { ...(body !== undefined && JSON_TYPE), ...(key && { authorization: `Bearer ${key}` }), ...headers },
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isText = response.ok && operation.content !== "application/json";
  const answer = isText ? text : text === "" ? undefined : JSON.parse(text);
  expect(declaredStatuses(operation), `${operation.method} ${path}: ${text}`).toContain(String(response.status));
  if (response.status !== operation.status) errorSchema.parse(answer);
  else if (operation.answer) operation.answer.parse(answer);
  return { status: response.status, body: answer, text };
}

function declaredStatuses({ path, method }: Operation): string[] {
  const item = openApiDocument().paths?.[path] as Record<string, { responses: object }> | undefined;
  return Object.keys(item?.[method.toLowerCase()]?.responses ?? {});
}

/** The error of a response that is expected to have one. */
export const errorOf = (answer: Answered<unknown>) => errorSchema.parse(answer.body).error;

/** Posts to better-auth like the app's own page. */
export function postAuth(path: string, body: object): Promise<Response> {
  const { web } = testStack();
  const headers = { "content-type": "application/json", origin: web };
  return fetch(`${web}/api/auth/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

/** The cookies of a response as a browser returns them. */
export const cookieOf = (headers: Headers): { cookie: string } => ({
  cookie: headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; "),
});

/** Signs in and returns the headers for all further requests. */
export async function signIn(login: { email: string; password: string }): Promise<{ cookie: string }> {
  const response = await postAuth("sign-in/email", login);
  expect(response.status, "sign-in").toBe(200);
  return cookieOf(response.headers);
}
