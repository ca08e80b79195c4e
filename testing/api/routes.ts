import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Operation } from "@/lib/openapi/operation";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** A route as it lies on the disk, with the operation that its handler obeys. */
export interface Route {
  /** Method and path: `GET /api/runs/{id}`. */
  address: string;
  operation: Operation;
}

/** `app/api/runs/[id]/route.ts` as OpenAPI writes it: `/api/runs/{id}`. */
const pathOf = (file: string) =>
  file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\[(\w+)\]/g, "{$1}");

/** Every route of the API, found by its file: what nobody declared is found too. */
export async function findRoutes(): Promise<Route[]> {
  // Catch-all routes are better-auth's own and the answer to wrong addresses.
  const files = globSync("app/api/**/route.ts").filter((file) => !file.includes("[..."));
  const routes: Route[] = [];
  for (const file of files.sort()) {
    const module: Record<string, { operation: Operation }> = await import(
      /* @vite-ignore */ pathToFileURL(resolve(file)).href
    );
    for (const method of METHODS) {
      const handler = module[method];
      if (handler) routes.push({ address: `${method} ${pathOf(file)}`, operation: handler.operation });
    }
  }
  return routes;
}
