import { publicRoute, type RouteHandler, route } from "@/app/api/_lib/route";
import { getWebEnv } from "@/lib/env";
import { decodePayloads as operation } from "@/lib/openapi/operations/temporal-codec";
import { decodePayloads, hasCodecToken, requireOwnNamespace, uiHeaders } from "@/lib/services/payloads";

const forOperators = route(operation, (_, { body, headers }) => answer(headers, body), {
  otherOrigin: () => getWebEnv().TEMPORAL_UI_ORIGIN,
});

const forCommandLines = publicRoute(operation, async ({ body, headers }) => ({ answer: await answer(headers, body) }));

function answer(headers: Headers, body: Parameters<typeof decodePayloads>[0]) {
  requireOwnNamespace(headers);
  return decodePayloads(body);
}

const decode: RouteHandler = Object.assign(
  async (...[request, context]: Parameters<RouteHandler>) => {
    const handle = hasCodecToken(request.headers) ? forCommandLines : forOperators;
    const response = await handle(request, context);
    for (const [name, value] of Object.entries(uiHeaders(request.headers))) response.headers.set(name, value);
    return response;
  },
  { operation },
);

export { decode as POST };

/** What a browser asks before a page of another origin may send a request. */
export function OPTIONS({ headers }: Request): Response {
  const cors = uiHeaders(headers);
  const allowed = cors["access-control-allow-origin"] && {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type, x-namespace",
    "access-control-max-age": "600",
  };
  return new Response(null, { status: 204, headers: { ...cors, ...allowed } });
}
