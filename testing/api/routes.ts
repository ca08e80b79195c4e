import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Operation } from "@/lib/openapi/operation";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** A route on disk with the operation that its handler implements. */
export interface Route {
  /** Method and path: `GET /api/runs/{id}`. */
  address: string;
  operation: Operation;
}

/** Converts `app/api/runs/[id]/route.ts` to OpenAPI: `/api/runs/{id}`. */
const pathOf = (file: string) =>
  file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\[(\w+)\]/g, "{$1}");

/** Every route of the API, found by its file, including undeclared ones. */
export async function findRoutes(): Promise<Route[]> {
  // The catch-all routes belong to better-auth, and to unknown paths.
  const files = globSync(["app/api/**/route.ts", "app/.well-known/**/route.ts"]).filter(
    (file) => !file.includes("[..."),
  );
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
