import { randomBytes, randomUUID } from "node:crypto";
import { defaultPayloadConverter } from "@temporalio/common";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { getEnv } from "@/lib/env";
import { EncryptionCodec } from "@/lib/temporal/codec";
import { payloadCodec } from "@/lib/temporal/connection";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const UI = "https://temporal.penstock.test";
const TOKEN = randomUUID();

let [web, closed] = [{} as SpawnedWeb, {} as SpawnedWeb];
let [operator, owner, key] = [{ cookie: "" }, { cookie: "" }, ""];
beforeAll(async () => {
  [web, closed] = await Promise.all([
    spawnWeb({ TEMPORAL_UI_ORIGIN: UI, TEMPORAL_CODEC_TOKEN: TOKEN }),
    spawnWeb({ METRICS_TOKEN: TOKEN }),
  ]);
  const tenant = await makeTenant();
  operator = await makeSession(await makeUser(tenant, "viewer", { operator: true }));
  owner = await makeSession(await makeUser(tenant, "owner"));
  key = tenant.key;
});
afterAll(() => Promise.all([web.stop(), closed.stop()]));

type Encoder = Pick<EncryptionCodec, "encode">;
const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString("base64");

/** A value as Temporal's tools send it to a codec. */
async function encrypted(value: unknown, codec: Encoder = payloadCodec(getEnv())) {
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload(value)!]);
  const { metadata, data } = payload!;
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
    data: base64(data),
  };
}

const plain = (value: unknown) => ({
  metadata: { encoding: base64(Buffer.from("json/plain")) },
  data: base64(Buffer.from(JSON.stringify(value))),
});

/** As the UI sends it, unless a test says otherwise. */
const decode = (payloads: unknown[], headers: Record<string, string> = {}, { web: address } = web) =>
  fetch(`${address}/api/temporal-codec/decode`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-namespace": getEnv().TEMPORAL_NAMESPACE, ...headers },
    body: JSON.stringify({ payloads }),
  });

const fromUi = () => ({ ...operator, origin: UI, "sec-fetch-site": "same-site" });
const token = { authorization: `Bearer ${TOKEN}` };
const INPUT = { exportId: "an export's id" };

describe("Temporal's payloads", () => {
  it("are decrypted for an operator in Temporal's UI", async () => {
    const answer = await decode([await encrypted(INPUT), await encrypted(null)], fromUi());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(UI);
    expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
    expect(answer.headers.get("vary")).toMatch(/\borigin\b/i);
    const { payloads } = await answer.json();
    expect(payloads[0]).toEqual(plain(INPUT));
    expect(payloads).toHaveLength(2);
  });

  it("are decrypted for a command line with the token", async () => {
    const answer = await decode([await encrypted(INPUT)], token);
    expect(await answer.json()).toEqual({ payloads: [plain(INPUT)] });
  });

  it("come back as they are if they aren't Penstock's, another namespace's, or their key is gone", async () => {
    const ring = (id: string) => keyRing(`${id}:${randomBytes(32).toString("base64")}`, "payloads");
    const { ENCRYPTION_KEYS, TEMPORAL_NAMESPACE } = getEnv();
    const elsewhere = new EncryptionCodec(keyRing(ENCRYPTION_KEYS, "payloads"), "elsewhere");
    const given = [
      plain("a search attribute"),
      await encrypted(INPUT, elsewhere),
      await encrypted(INPUT, new EncryptionCodec(ring("gone"), TEMPORAL_NAMESPACE)),
      {},
    ];
    const answer = await decode([...given, await encrypted(INPUT)], token);
    expect(await answer.json()).toEqual({ payloads: [...given, plain(INPUT)] });
  });

  it.each<[string, () => Record<string, string>, number]>([
    ["nobody", () => ({ origin: UI }), 401],
    ["an owner who is no operator", () => ({ ...owner, origin: UI }), 403],
    ["a key", () => ({ authorization: `Bearer ${key}` }), 403],
    ["a wrong token", () => ({ authorization: `Bearer ${TOKEN.slice(1)}` }), 401],
    ["the token as another scheme", () => ({ authorization: `Basic ${TOKEN}` }), 401],
    ["an operator on another origin", () => ({ ...operator, origin: "https://other.penstock.test" }), 403],
    ["an operator on an origin that begins alike", () => ({ ...operator, origin: `${UI}.evil.example` }), 403],
    ["an operator on the same host without TLS", () => ({ ...operator, origin: UI.replace("https", "http") }), 403],
    ["an operator without an origin on another site", () => ({ ...operator, "sec-fetch-site": "cross-site" }), 403],
    ["an operator for another namespace", () => ({ ...fromUi(), "x-namespace": "elsewhere" }), 403],
    ["a command line for another namespace", () => ({ ...token, "x-namespace": "elsewhere" }), 403],
    ["an operator's form", () => ({ ...fromUi(), "content-type": "text/plain" }), 415],
  ])("are refused to %s", async (_, headers, status) => {
    const answer = await decode([await encrypted(INPUT)], headers());
    expect(answer.status).toBe(status);
    const origin = headers().origin;
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin === UI ? UI : null);
  });

  it("are refused over 1 MB, and if they are no payloads", async () => {
    const large = { data: base64(randomBytes(1_100_000)) };
    expect((await decode([large], token)).status).toBe(413);
    expect((await decode(["text"], token)).status).toBe(422);
    expect((await decode([{ data: "no base64!" }], token)).status).toBe(422);
  });

  it("are never encrypted for anyone", async () => {
    const answer = await fetch(`${web.web}/api/temporal-codec/encode`, { method: "POST", headers: token });
    expect(answer.status).toBe(404);
  });

  it("have no address while neither variable is set", async () => {
    const answer = await decode([await encrypted(INPUT)], operator, closed);
    expect(answer.status).toBe(404);
    expect((await decode([await encrypted(INPUT)], { ...fromUi() }, closed)).status).toBe(403);
    expect((await decode([await encrypted(INPUT)], token, closed)).status).toBe(401);
  });
});

describe("a browser's question before the request", () => {
  const ask = (origin: string, { web: address } = web) =>
    fetch(`${address}/api/temporal-codec/decode`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-namespace",
      },
    });

  it("is answered for the UI's origin", async () => {
    const { status, headers } = await ask(UI);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(UI);
    expect(headers.get("access-control-allow-credentials")).toBe("true");
    expect(headers.get("access-control-allow-methods")).toBe("POST");
    expect(headers.get("access-control-allow-headers")).toBe("content-type, x-namespace");
  });

  it.each(["https://elsewhere.example", "null", `${UI}:8443`])("allows nothing to %s", async (origin) => {
    const { headers } = await ask(origin);
    expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  it("allows nothing while no origin is set", async () => {
    const { headers } = await ask(UI, closed);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});
