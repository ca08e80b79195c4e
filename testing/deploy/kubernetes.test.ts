import { describe, expect, it } from "vitest";
import { webSchema, workerSchema } from "@/lib/env/schema";
import { shutdownMs } from "@/lib/env/shutdown-grace";
import { ADDRESSES } from "@/lib/openapi/addresses";
import { isPinned } from "./documents";
import { faultsOf, type PodSpec, readManifests } from "./manifests";

const manifests = readManifests();
const named = (kind: string, name: string) =>
  manifests.find(({ manifest }) => manifest.kind === kind && (manifest.metadata as { name: string }).name === name)!
    .manifest;
const podOf = (name: string) => (named("Deployment", name).spec as { template: { spec: PodSpec } }).template.spec;
const keysOf = (kind: string, name: string) => {
  const { data, stringData } = named(kind, name) as { data?: object; stringData?: object };
  return Object.keys(data ?? stringData ?? {});
};

/** The variables that a container gets from the ConfigMap and the Secrets that it names. */
function variablesOf({ env = [], envFrom = [] }: PodSpec["containers"][number]): string[] {
  const from = envFrom.flatMap(({ configMapRef, secretRef }) =>
    configMapRef ? keysOf("ConfigMap", configMapRef.name) : keysOf("Secret", secretRef!.name),
  );
  return [...from, ...env.map(({ name }) => name)];
}

it.each(manifests)("$file: $manifest.kind $manifest.metadata.name is as Kubernetes' schema says", ({ manifest }) => {
  expect(faultsOf(manifest)).toEqual([]);
});

it("finds a field that doesn't exist, and one of a wrong type", () => {
  const service = named("Service", "penstock-web") as { spec: object };
  expect(faultsOf({ ...service, spec: { ...service.spec, port: 80 } })).toEqual(["/spec/port is unknown"]);
  expect(faultsOf({ ...service, spec: { ...service.spec, ports: 80 } })).toEqual(["/spec/ports type"]);
});

describe.each(["penstock-web", "penstock-worker"])("%s", (name) => {
  const pod = podOf(name);
  const containers = [...(pod.initContainers ?? []), ...pod.containers];

  it("runs without privileges on a read-only root", () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    for (const { securityContext } of containers)
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
  });

  it("asks for resources, and names one version of the image", () => {
    for (const { image, resources } of containers) {
      expect(isPinned(image)).toBe(true);
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  it("gets only variables that Penstock knows", () => {
    const known = [...Object.keys(webSchema.shape), ...Object.keys(workerSchema.shape)];
    expect(containers.flatMap(variablesOf).filter((variable) => !known.includes(variable))).toEqual([]);
  });
});

it("gives a worker the time that it takes to end", () => {
  expect(podOf("penstock-worker").terminationGracePeriodSeconds * 1000).toBe(shutdownMs({}));
});

it("gives web and worker every variable that is required", () => {
  const required = (optionalFor: string[]) =>
    Object.entries(webSchema.shape)
      .filter(([key, field]) => !field.safeParse(undefined).success && !optionalFor.includes(key))
      .map(([key]) => key);
  expect(variablesOf(podOf("penstock-web").containers[0]!)).toEqual(expect.arrayContaining(required([])));
  const worker = variablesOf(podOf("penstock-worker").containers[0]!);
  expect(worker).toEqual(expect.arrayContaining(required(["AUTH_SECRET"])));
  expect(worker).not.toContain("AUTH_SECRET");
});

it("probes workers at the port of their probe", () => {
  const { ports, env, ...probes } = podOf("penstock-worker").containers[0]!;
  expect(ports).toEqual([{ name: "probe", containerPort: Number(env?.[0]?.value) }]);
  expect(env?.[0]?.name).toBe("WORKER_PROBE_PORT");
  const paths = [probes.startupProbe, probes.readinessProbe, probes.livenessProbe].map((probe) => probe?.httpGet);
  expect(paths).toEqual(["/ready", "/ready", "/live"].map((path) => ({ path, port: "probe" })));
});

it("probes operations that exist, on a port that has a name", () => {
  const { ports, startupProbe, readinessProbe, livenessProbe } = podOf("penstock-web").containers[0]!;
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    expect(Object.values(ADDRESSES)).toContain(`GET ${probe?.httpGet.path}`);
    expect(ports?.map(({ name }) => name)).toContain(probe?.httpGet.port);
  }
});
