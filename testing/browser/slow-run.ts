import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { MIB } from "@/lib/units";
import { TestBucket } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { Api } from "./api";
import type { Stack } from "./stack";
import { makeNamedTenant, personIn } from "./tenant";

/** Rows of the window, of some 64 MB. */
const ROWS = 4000;

/** An export whose upload passes a line that a test opens and closes, in an organization of its own. */
export interface SlowRun {
  exportId: string;
  page: Page;
  api: Api;
  /** Lets some MiB more pass, and holds the rest back. */
  letThrough(mib: number): void;
  release(): void;
  close(): void;
}

/** Starts a historic export of one window, whose only file stalls before its first byte is stored. */
export async function startSlowRun(browser: Browser, request: APIRequestContext, stack: Stack): Promise<SlowRun> {
  const tenant = await makeNamedTenant();
  const api = new Api(request, { ...stack, apiKey: tenant.key, projectId: tenant.projectId });
  const window = pastHour(1);
  await fillWindow(tenant.sourceProjectId, window, { rows: ROWS, bytes: 16_000 });
  const line = await TcpProxy.open(stack.s3.endpoint);
  const bucket = await TestBucket.make();
  const { id: connectionId } = await api.createConnection({ endpoint: line.endpoint, bucket: bucket.name });
  const { id } = await api.createExport({
    connectionId,
    destination: { type: "s3", prefix: "slow/", compression: "none" },
  });
  line.holdAfter(0);
  await api.createHistoricExport(id, { start: window.start.toISOString(), end: window.end.toISOString() });
  const { page } = await personIn(browser, stack, tenant, "admin");
  return {
    ...{ exportId: id, page, api },
    letThrough: (mib) => {
      line.release();
      line.holdAfter(mib * MIB);
    },
    release: () => line.release(),
    close: () => line.cut(),
  };
}
