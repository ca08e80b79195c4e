import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { VerifyResult } from "@/lib/fields/verification";
import { type Moto, type SetUp, startMoto } from "@/testing/stack/moto";
import { makePolicy, trustPolicy } from "./policy";
import { policyRequestSchema } from "./policy-schema";
import { s3DestinationSchema } from "./settings";
import { verifyS3 } from "./verify";

const ACCOUNT = "123456789012";
const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:user/penstock`;
const BUCKET = "written-by-role";
const externalId = randomUUID();

const iam = (parameters: Record<string, string>): SetUp => ({
  service: "iam",
  parameters: { Version: "2010-05-08", ...parameters },
});

const allowing = (Condition?: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: PRINCIPAL }, Action: "sts:AssumeRole", ...(Condition && { Condition }) },
    ],
  });

/** Roles by name, with their trust policies. */
const ROLES = {
  safe: JSON.stringify(trustPolicy(PRINCIPAL, externalId)),
  careless: allowing(),
  // moto treats StringEquals as AWS treats StringEqualsIfExists.
  optional: allowing({ StringEquals: { "sts:ExternalId": externalId } }),
  closed: JSON.stringify(trustPolicy(PRINCIPAL, randomUUID())),
};

const request = policyRequestSchema.parse({ type: "s3", bucket: BUCKET, auth: "role", kmsKeyId: "alias/exports" });
const { iamPolicy } = makePolicy(request, { principal: PRINCIPAL, externalId });

const REFUSED = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>";

/**
 * A proxy for moto, which admits callers without any external ID, and callers that ask for a missing role. AWS refuses
 * both, and so does this.
 */
function strictly(endpoint: string): Server {
  return createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const role = form.get("RoleArn")?.replace(/^.*\//, "") ?? "";
    const strict = role === "safe" || role === "closed";
    if (!(role in ROLES) || (strict && !form.has("ExternalId"))) return outgoing.writeHead(403).end(REFUSED);
    const { method, headers } = incoming;
    const onward = ask(endpoint, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    return onward.end(Buffer.concat(chunks));
  });
}

let sts: Server;
let moto: Moto;
beforeAll(async () => {
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }] };
  const calls = [
    iam({ Action: "CreateUser", UserName: "penstock" }),
    iam({ Action: "CreateAccessKey", UserName: "penstock" }),
    iam({
      Action: "PutUserPolicy",
      UserName: "penstock",
      PolicyName: "assume",
      PolicyDocument: JSON.stringify(policy),
    }),
    ...Object.entries(ROLES).flatMap(([RoleName, AssumeRolePolicyDocument]) => [
      iam({ Action: "CreateRole", RoleName, AssumeRolePolicyDocument }),
      iam({ Action: "PutRolePolicy", RoleName, PolicyName: "write", PolicyDocument: JSON.stringify(iamPolicy) }),
    ]),
    { service: "s3", method: "PUT" as const, path: `/${BUCKET}` },
  ];
  const started = await startMoto(join(process.env.PENSTOCK_LOG_DIR ?? "", "moto.log"), calls);
  moto = started;
  const made = (field: string) => new RegExp(`<${field}>(.*?)</${field}>`).exec(started.answers[1] ?? "")?.[1] ?? "";
  vi.stubEnv("PENSTOCK_AWS_PRINCIPAL_ARN", PRINCIPAL);
  vi.stubEnv("PENSTOCK_AWS_ACCESS_KEY_ID", made("AccessKeyId"));
  vi.stubEnv("PENSTOCK_AWS_SECRET_ACCESS_KEY", made("SecretAccessKey"));
  sts = strictly(started.endpoint);
  await once(sts.listen(0, "127.0.0.1"), "listening");
  vi.stubEnv("STS_ENDPOINT", `http://127.0.0.1:${(sts.address() as AddressInfo).port}`);
}, 900_000);
afterAll(async () => {
  sts?.close();
  await moto?.stop();
});

function verify(role: keyof typeof ROLES | "unknown", settings: object[] = []): Promise<VerifyResult> {
  const config = {
    bucket: BUCKET,
    region: "us-east-1",
    endpoint: moto.endpoint,
    forcePathStyle: true,
    auth: "role" as const,
    accessKeyId: null,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    prefix: "",
  };
  const asked = settings.map((it) => s3DestinationSchema.parse({ type: "s3", ...it }));
  return verifyS3({ config, secret: { secretAccessKey: null }, externalId }, asked);
}

const credentials = ({ steps }: VerifyResult) => steps.find(({ name }) => name === "Credentials");

describe("a connection by role", () => {
  it("is verified with the generated trust policy and IAM policy, and with the encryption that exports ask for", async () => {
    const result = await verify("safe", [
      { encryption: "AES256" },
      { encryption: "aws:kms", kmsKeyId: "alias/exports" },
    ]);
    expect(result.steps.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(credentials(result)?.message).toContain("only with your organization's external ID");
    const writes = result.steps.filter(({ name }) => name.startsWith("Write"));
    expect(writes.map(({ name }) => name)).toEqual(["Write (AES256)", "Write (aws:kms alias/exports)"]);
    for (const { message } of writes) expect(message).not.toContain("doesn't confirm");
  });

  it.each([
    ["careless", "with a wrong external ID"],
    ["optional", "without an external ID"],
  ] as const)("is refused as unsafe where the role is %s", async (role, how) => {
    const result = await verify(role);
    expect(result.ok).toBe(false);
    const step = credentials(result);
    expect(step).toMatchObject({ status: "failed", message: expect.stringContaining(how), fix: expect.any(String) });
    expect(JSON.parse(step?.statement ?? "")).toEqual(trustPolicy(PRINCIPAL, externalId));
    expect(result.steps.find(({ name }) => name === "Write")?.status).toBe("skipped");
  });

  it.each(["closed", "unknown"] as const)("fails where the role is %s to Penstock", async (role) => {
    const result = await verify(role);
    expect(credentials(result)).toMatchObject({
      status: "failed",
      message: expect.stringContaining("doesn't let Penstock assume"),
      fix: expect.stringContaining("external ID"),
    });
  });
});
