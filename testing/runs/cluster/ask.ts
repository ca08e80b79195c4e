import type { ClusterServer } from "./server";
import { READER_PASSWORD } from "./users";

/** The lines a user of the bench gets when only its own profile governs the query. Throws the server's error. */
export async function linesFor(username: string, server: ClusterServer, query: string): Promise<string[]> {
  const authorization = `Basic ${btoa(`${username}:${READER_PASSWORD}`)}`;
  const answer = await fetch(server.url, { method: "POST", body: query, headers: { authorization } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.split("\n").slice(0, -1);
}

/** How many queries containing the text run on a server. */
export async function running(server: ClusterServer, marker: string): Promise<number> {
  const answer = await server.owner().query({ query: "SELECT query FROM system.processes", format: "JSONEachRow" });
  const queries = await answer.json<{ query: string }>();
  return queries.filter(({ query }) => query.includes(marker)).length;
}
