import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { type Answer, type Asked, type FakeApi, jobOf, refused, startFakeApi } from "@/testing/stand-ins/bigquery-api";
import { MIB } from "../../units";
import { uploadJob } from "./upload";

const file = randomBytes(9 * MIB);
const streamed = () => Readable.from([file.subarray(0, MIB), file.subarray(MIB)], { objectMode: false });

let api: FakeApi;
afterEach(() => api.close());

interface Session {
  held: Buffer;
  /** Overrides the server's answer to a chunk; undefined leaves it to the rules. */
  mishap?: ((asked: Asked, session: Session) => Answer | undefined) | undefined;
  done: boolean;
}

/** A resumable upload session, as Google keeps it. */
function receive(session: Session, asked: Asked): Answer {
  const mishap = session.mishap?.(asked, session);
  if (mishap) return mishap;
  const range = String(asked.headers["content-range"]);
  const [, from, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(range) ?? [];
  if (from !== undefined && Number(from) !== session.held.length) return { status: 400 };
  session.held = Buffer.concat([session.held, asked.body]);
  if (total !== "*" && session.held.length === Number(total)) session.done = true;
  if (session.done) return { json: jobOf("job_0") };
  return { status: 308, headers: session.held.length > 0 ? { range: `bytes=0-${session.held.length - 1}` } : {} };
}

async function upload(mishap?: Session["mishap"]) {
  const session: Session = { held: Buffer.alloc(0), mishap, done: false };
  api = await startFakeApi((asked) =>
    asked.method === "POST" ? { headers: { location: `${api.origin}/session` } } : receive(session, asked),
  );
  const uploaded = await uploadJob(api.client, {
    jobId: "job_0",
    load: { sourceFormat: "PARQUET" },
    body: streamed(),
    signal: AbortSignal.timeout(20_000),
  });
  return { session, uploaded, ranges: api.asked.map(({ headers }) => headers["content-range"]) };
}

/** Calls `then` once, at the first request with a chunk from this offset. */
const once = (from: number, then: NonNullable<Session["mishap"]>): NonNullable<Session["mishap"]> => {
  let happened = false;
  return (asked, session) => {
    if (happened || !String(asked.headers["content-range"]).startsWith(`bytes ${from}-`)) return undefined;
    happened = true;
    return then(asked, session);
  };
};

describe("a resumable upload", () => {
  it("goes in chunks, and tells the job's id before", async () => {
    const { session, uploaded, ranges } = await upload();
    expect(session.held.equals(file)).toBe(true);
    expect(uploaded).toMatchObject({ bytes: 9 * MIB, job: { jobReference: { jobId: "job_0" } } });
    expect(ranges).toEqual([undefined, `bytes 0-${8 * MIB - 1}/*`, `bytes ${8 * MIB}-${9 * MIB - 1}/${9 * MIB}`]);
    expect(JSON.parse(api.asked[0]?.body.toString() ?? "")).toMatchObject({
      jobReference: { projectId: "my-project", jobId: "job_0", location: "EU" },
      configuration: { load: { sourceFormat: "PARQUET" } },
    });
  });

  it("goes on where a chunk arrived by half", async () => {
    const { session, ranges } = await upload(
      once(0, (asked, it) => {
        it.held = asked.body.subarray(0, MIB);
        return { status: 308, headers: { range: `bytes=0-${MIB - 1}` } };
      }),
    );
    expect(session.held.equals(file)).toBe(true);
    expect(ranges).toContain(`bytes ${MIB}-${8 * MIB - 1}/*`);
  });

  it.each<[string, Answer]>([
    ["the connection breaks", "hang up"],
    ["the server is down for a moment", refused(503, "backendError")],
  ])("asks how far it is when %s", async (_, mishap) => {
    const { session, ranges } = await upload(
      once(0, (asked, it) => {
        it.held = asked.body.subarray(0, 2 * MIB);
        return mishap;
      }),
    );
    expect(session.held.equals(file)).toBe(true);
    expect(ranges).toContain("bytes */*");
  });

  it("finds the job whose answer was lost", async () => {
    const { session, uploaded } = await upload(
      once(8 * MIB, (asked, it) => {
        it.held = Buffer.concat([it.held, asked.body]);
        it.done = true;
        return "hang up";
      }),
    );
    expect(session.held.equals(file)).toBe(true);
    expect(uploaded.job.jobReference.jobId).toBe("job_0");
  });

  it.each(["POST", "PUT"])("takes the job that is there already when %s is answered so", async (method) => {
    api = await startFakeApi((asked) => {
      if (asked.method === "GET") return { json: jobOf("job_0", { statistics: { load: { outputRows: "7" } } }) };
      if (asked.method === method && (method === "POST" || /\/\d+$/.test(String(asked.headers["content-range"]))))
        return refused(409, "duplicate");
      if (asked.method === "POST") return { headers: { location: `${api.origin}/session` } };
      return { status: 308, headers: { range: `bytes=0-${8 * MIB - 1}` } };
    });
    const signal = AbortSignal.timeout(20_000);
    const { job, bytes } = await uploadJob(api.client, { jobId: "job_0", load: {}, body: streamed(), signal });
    expect([job.statistics?.load?.outputRows, bytes]).toEqual(["7", 9 * MIB]);
  });

  it("follows the session to no address that the guard has something against", async () => {
    api = await startFakeApi(() => ({ headers: { location: "http://127.0.0.1:1/session" } }));
    const signal = AbortSignal.timeout(20_000);
    await expect(uploadJob(api.client, { jobId: "job_0", load: {}, body: streamed(), signal })).rejects.toMatchObject({
      failure: { code: "address_refused", retryable: false },
    });
  });
});

describe("the client", () => {
  it("sends a token that it signed, follows no redirect, and gives its token to nobody else", async () => {
    api = await startFakeApi(({ url }) =>
      url.startsWith("/bigquery") ? { status: 302, headers: { location: `${api.origin}/elsewhere` } } : {},
    );
    await expect(api.client.call({ method: "GET", path: "/datasets/analytics" })).rejects.toMatchObject({
      status: 302,
    });
    expect(api.asked.map(({ url }) => url)).toEqual(["/bigquery/v2/projects/my-project/datasets/analytics"]);
    expect(api.asked[0]?.headers.authorization).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
    const other = api.origin.replace("127.0.0.1", "localhost");
    await api.client.send(`${other}/session`, { method: "PUT", idleMs: 1_000 });
    await api.client.send(`${api.origin}/session`, { method: "PUT", idleMs: 1_000 });
    expect(api.asked.slice(1).map(({ headers }) => typeof headers.authorization)).toEqual(["undefined", "string"]);
  });
});
