import type { ReferenceOperation } from "@/lib/openapi/reference";

type Asked = Pick<ReferenceOperation, "method" | "path" | "access" | "bodyExample">;

/** A curl command that calls an operation; `base` is the app's public address. */
export function curlOf({ method, path, access, bodyExample }: Asked, base: string): string {
  const lines = [
    `curl ${method === "GET" ? "" : `--request ${method} `}"${base}${path}"`,
    ...(access.includes("API key or") ? [`--header "Authorization: Bearer $PENSTOCK_API_KEY"`] : []),
    ...(bodyExample === null ? [] : [`--json '${JSON.stringify(JSON.parse(bodyExample)).replaceAll("'", "'\\''")}'`]),
  ];
  return lines.join(" \\\n  ");
}
