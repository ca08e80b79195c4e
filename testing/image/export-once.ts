import type { Api } from "@/local/run/api";
import { storage } from "@/testing/runs/bucket";
import { until } from "@/testing/runs/until";
import type { World } from "./world";

interface Run {
  id: string;
  state: string;
  rows: number | null;
}

/** Makes a connection and an export by the API, runs the export's last window, and waits for the end of the run. */
export async function exportOnce(api: Api, { bucket }: World): Promise<Run> {
  const { items } = await api<{ items: { id: string }[] }>("GET", "/api/projects");
  const project = `/api/projects/${items[0]?.id}`;
  const config = { bucket: bucket.name, forcePathStyle: true, auth: "keys", ...storage() };
  const connection = await api<{ id: string }>("POST", `${project}/connections`, { type: "s3", name: "S3", config });
  await api("POST", `/api/connections/${connection.id}/verify`);
  const made = await api<{ id: string }>("POST", `${project}/exports`, {
    name: "Of the image",
    connectionId: connection.id,
    destination: { type: "s3", prefix: "image/", compression: "gzip" },
    schedule: { every: "hour" },
    paused: true,
  });
  const { id } = await api<Run>("POST", `/api/exports/${made.id}/run`);
  return until("the run has ended", async () => {
    const run = await api<Run>("GET", `/api/runs/${id}`);
    return ["Completed", "Failed", "Cancelled"].includes(run.state) && run;
  });
}
