import { globSync } from "node:fs";
import { validate as validateDeployment } from "kubernetes-models/_schemas/IoK8sApiAppsV1Deployment";
import { validate as validateConfigMap } from "kubernetes-models/_schemas/IoK8sApiCoreV1ConfigMap";
import { validate as validateSecret } from "kubernetes-models/_schemas/IoK8sApiCoreV1Secret";
import { validate as validateService } from "kubernetes-models/_schemas/IoK8sApiCoreV1Service";
import { validate as validateNetworkPolicy } from "kubernetes-models/_schemas/IoK8sApiNetworkingV1NetworkPolicy";
import { validate as validateBudget } from "kubernetes-models/_schemas/IoK8sApiPolicyV1PodDisruptionBudget";
import { type Document, readDocuments } from "./documents";
import { watched } from "./read-keys";

type Validator = ((data: unknown) => boolean) & { errors?: { instancePath: string; keyword: string }[] | null };

const VALIDATORS: Record<string, Validator> = {
  "v1 ConfigMap": validateConfigMap,
  "v1 Secret": validateSecret,
  "v1 Service": validateService,
  "apps/v1 Deployment": validateDeployment,
  "networking.k8s.io/v1 NetworkPolicy": validateNetworkPolicy,
  "policy/v1 PodDisruptionBudget": validateBudget,
};

/** What Kubernetes would not take of a manifest: values of a wrong type, missing fields, fields that don't exist. */
export function faultsOf(manifest: Document): string[] {
  const kind = `${manifest.apiVersion} ${manifest.kind}`;
  const validate = VALIDATORS[kind];
  if (!validate) return [`no schema for ${kind}`];
  const { value, unread } = watched(manifest);
  if (!validate(value)) return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);
  // Of texts by name, the validators read the values only.
  return unread().map((path) => `${path} is unknown`);
}

/** Every manifest of deploy/kubernetes, with its file. */
export const readManifests = (): { file: string; manifest: Document }[] =>
  globSync("deploy/kubernetes/*.{yaml,yaml.example}")
    .sort()
    .flatMap((file) => readDocuments(file).map((manifest) => ({ file, manifest })));

interface Probe {
  httpGet: { path: string; port: string };
}

export interface Container {
  name: string;
  image: string;
  args: string[];
  env?: { name: string; value?: string }[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  securityContext: Record<string, unknown>;
  resources: { requests?: object; limits?: object };
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
}

export interface PodSpec {
  terminationGracePeriodSeconds: number;
  automountServiceAccountToken: boolean;
  securityContext: Record<string, unknown>;
  initContainers?: Container[];
  containers: Container[];
}
