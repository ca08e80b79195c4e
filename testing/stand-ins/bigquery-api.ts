import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { BigqueryClient, type BigqueryConnection } from "@/lib/destinations/bigquery/client";
import { parseAllowed } from "@/lib/ip/allowed";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The fields of a fake key file, with its public key. */
export const testKey = {
  publicKey,
  fields: {
    type: "service_account",
    client_email: "penstock@my-project.iam.gserviceaccount.com",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    private_key_id: "abc123",
    token_uri: "http://169.254.169.254/token",
  },
};

export interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** The response; "hang up" closes the connection without one. */
export type Answer = { status?: number; headers?: Record<string, string>; json?: object } | "hang up";

export interface FakeApi {
  origin: string;
  asked: Asked[];
  client: BigqueryClient;
  close(): void;
}

/** A server in place of BigQuery, and a client that may connect only to it. */
export async function startFakeApi(answer: (asked: Asked) => Answer): Promise<FakeApi> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers } = request;
    const it = { method, url, headers, body: Buffer.concat(chunks) };
    asked.push(it);
    const given = answer(it);
    if (given === "hang up") {
      request.socket.destroy();
      return;
    }
    response.writeHead(given.status ?? 200, given.headers).end(given.json ? JSON.stringify(given.json) : "");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const connection: BigqueryConnection = {
    config: { projectId: "my-project", dataset: "analytics", location: "EU", apiEndpoint: origin },
    secret: { serviceAccountKey: JSON.stringify(testKey.fields) },
    externalId: "",
  };
  const client = new BigqueryClient(connection, {
    own: [],
    allowed: parseAllowed(`127.0.0.1:${port},localhost:${port}`),
  });
  const close = () => {
    client.close();
    server.close().closeAllConnections();
  };
  return { origin, asked, client, close };
}

/** An error response like BigQuery's. */
export const refused = (status: number, reason: string, message = ""): Answer => ({
  status,
  json: { error: { code: status, message, errors: [{ reason, message }] } },
});

/** A job as BigQuery describes it. */
export const jobOf = (jobId: string, more: object = {}) => ({
  jobReference: { projectId: "my-project", jobId, location: "EU" },
  status: { state: "DONE" },
  ...more,
});
