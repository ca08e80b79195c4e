import { createServer, type RequestListener } from "node:http";
import type { Worker } from "@temporalio/worker";
import { EVERYWHERE, listen } from "@/lib/net/listen";

/** Responds to the probes of an orchestrator. */
export interface Probe {
  /** From now on, the worker is ready while all of these run. */
  watch(workers: readonly Pick<Worker, "getState">[]): void;
  close(): void;
}

const NONE: Probe = { watch: () => {}, close: () => {} };

/**
 * Serves `GET /live`, which responds while the process does, and `GET /ready`, which responds with 503 before the worker
 * takes tasks and once it ends. Asks no service: a restart would not bring one back.
 */
export async function startProbe(port: number | undefined, host = process.env.HOST || EVERYWHERE): Promise<Probe> {
  if (port === undefined) return NONE;
  let workers: readonly Pick<Worker, "getState">[] = [];
  const isReady = () => workers.length > 0 && workers.every((worker) => worker.getState() === "RUNNING");
  const answers: Record<string, () => boolean> = { "/live": () => true, "/ready": isReady };
  const server = createServer(respond(answers));
  await listen(server, port, host);
  // A probe must not keep a worker alive that has ended.
  server.unref();
  return {
    watch: (them) => {
      workers = them;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const respond =
  (answers: Record<string, () => boolean>): RequestListener =>
  ({ method, url = "" }, response) => {
    const answer = method === "GET" && Object.hasOwn(answers, url) ? answers[url] : undefined;
    const ok = answer?.();
    response.writeHead(ok === undefined ? 404 : ok ? 200 : 503, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: ok ? "ok" : "unavailable" }));
  };
