import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { BASE_PATH } from "@/lib/base-path";
import { errorSchema } from "@/lib/fields/common";
import { ORGANIZATION_HEADER, ORGANIZATION_PARAMETER } from "@/lib/organization-header";
import { namedComponents } from "./components";
import { mendDocument } from "./mend";
import { type Operation, TAGS } from "./operation";
import * as operations from "./operations";

type Document = ReturnType<OpenApiGeneratorV31["generateDocument"]>;

const ERRORS: Record<number, string> = {
  400: "The body isn't JSON, or an ID in the path isn't valid.",
  401: "Not signed in, or the API key doesn't exist, has expired, was revoked, or its creator has left the organization.",
  403: "Not allowed with this key or role.",
  404: "It doesn't exist, or you can't access it.",
  429: "Too many requests. Retry-After has the number of seconds to wait.",
  409: "The request conflicts with the current state. The code says how.",
  413: "The body is larger than 1 MB.",
  415: "The body isn't sent as application/json.",
  422: "The request isn't valid. The message names the first field, and `details` lists all of them.",
  500: "An error of the server, logged under the ID in the message.",
  503: "A required service doesn't respond or refuses the request. The code names it. Try again later.",
};

const KEY = "apiKey";
const SESSION = "session";

let document: Document | undefined;

/** The API's OpenAPI 3.1 document, generated from the schemas that the routes validate with. */
export function openApiDocument(): Document {
  document ??= generate();
  return document;
}

function generate(): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", KEY, {
    type: "http",
    scheme: "bearer",
    description: "An API key of one project, `pk_…`, with the scopes read and write.",
  });
  registry.registerComponent("securitySchemes", SESSION, {
    type: "apiKey",
    in: "cookie",
    name: "better-auth.session_token",
    description: "The cookie of a signed-in browser. Writes must come from the app's own origin.",
  });
  for (const operation of Object.values(operations)) registry.registerPath(toPath(operation));
  // Named schemas come first: one first seen as nullable would be nullable everywhere.
  const named = namedComponents().map((schema) => ({ type: "schema" as const, schema }));
  const definitions = [...named, ...registry.definitions];
  const { webhooks: _none, ...generated } = new OpenApiGeneratorV31(definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Penstock",
      version: "1",
      description:
        "Scheduled, provable exports of product-analytics data from ClickHouse to object storage and warehouses.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: BASE_PATH || "/" }],
    tags: TAGS.map((name) => ({ name })),
  });
  const { parameters: _unused, ...components } = generated.components ?? {};
  return mendDocument({ ...generated, components }) as Document;
}

function toPath(operation: Operation): RouteConfig {
  const { method, path, params, query, body, hasOptionalBody } = operation;
  return {
    method: method.toLowerCase() as Lowercase<typeof method>,
    path,
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description !== null && { description: operation.description }),
    security: security(operation),
    request: {
      params: params as z.ZodObject,
      query: namesOrganization(operation)
        ? organizationParameter.extend((query as z.ZodObject).shape)
        : (query as z.ZodObject),
      ...(isOfOrganization(operation) && { headers: organizationHeader }),
      ...(body && { body: { required: !hasOptionalBody, content: { "application/json": { schema: body } } } }),
    },
    responses: responses(operation),
  };
}

function security({ auth }: Operation): Record<string, string[]>[] {
  if (auth === "none") return [];
  return auth === "session" ? [{ [SESSION]: [] }] : [{ [KEY]: [] }, { [SESSION]: [] }];
}

function responses(operation: Operation): RouteConfig["responses"] {
  const { status, answer, content: type, summary } = operation;
  const content = answer && { [type]: { schema: answer } };
  const success = { description: answer ? summary : "Success, without a body.", ...(content && { content }) };
  const error = { "application/json": { schema: errorSchema } };
  const errors = errorStatuses(operation).map((code) => [code, { description: ERRORS[code] ?? "", content: error }]);
  return { [status]: success, ...(hasTag(operation) && { 304: UNCHANGED }), ...Object.fromEntries(errors) };
}

/** Whether a response has an ETag. */
const hasTag = (operation: Operation) => operation.method === "GET" && isJson(operation);

const isJson = ({ content }: Operation) => content === "application/json";

const UNCHANGED = {
  description: "The response hasn't changed since the one whose ETag was sent as If-None-Match. There is no body.",
};

/** An operation's error statuses: some follow from its inputs, the rest it declares. */
function errorStatuses(operation: Operation): number[] {
  const { auth, path, query, body, errors } = operation;
  const hasParams = path.includes("{");
  const hasQuery = Object.keys((query as z.ZodObject).shape).length > 0 || namesOrganization(operation);
  return [
    ...(body || hasParams ? [400] : []),
    ...(auth === "none" ? [] : [401, 403]),
    ...(hasParams ? [404] : []),
    ...(body ? [413, 415] : []),
    ...(body || hasQuery ? [422] : []),
    ...(isOfOrganization(operation) ? [409] : []),
    ...errors,
    429,
    500,
  ].sort((a, b) => a - b);
}

/** Whether a request may name the organization that it is meant for. */
const isOfOrganization = ({ permission }: Operation) => permission !== null && permission !== "self";

/** Whether its query may, because links and streams call it. */
const namesOrganization = (operation: Operation) => isOfOrganization(operation) && !isJson(operation);

const organization = z
  .uuid()
  .optional()
  .describe(
    "The organization to work in. Defaults to the one that the session opened last. The response is 409 if the caller isn't in it.",
  );

const organizationHeader = z.object({ [ORGANIZATION_HEADER]: organization });

/** For links, which can't have headers. */
const organizationParameter = z.object({ [ORGANIZATION_PARAMETER]: organization });
