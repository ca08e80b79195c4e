import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";
import { build } from "esbuild";
import { distDir } from "@/server/process/app-processes";

const SDK = "@temporalio/workflow";

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const RECORDED = { worker: fileOf("previous-worker.mjs.br"), workflows: fileOf("previous-workflows.mjs.br") };

const todaysWorker = () => readFileSync(join(distDir(), "worker.mjs"));

/** Today's workflows in one module, which imports only Temporal's SDK. */
async function todaysWorkflows(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["worker/workflows/index.ts"],
    bundle: true,
    format: "esm",
    platform: "neutral",
    external: [SDK],
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

/** Records today's worker, as the release that later sources are tested beside. */
export async function recordPrevious(): Promise<void> {
  writeFileSync(RECORDED.worker, brotliCompressSync(todaysWorker()));
  writeFileSync(RECORDED.workflows, brotliCompressSync(await todaysWorkflows()));
}

/** Versions of the worker before today's. Each is made ready to start and returns its PENSTOCK_DIST_DIR. */
export const EARLIER = {
  /** The recorded release. */
  previous: () =>
    makeDist("previous", {
      worker: brotliDecompressSync(readFileSync(RECORDED.worker)),
      workflows: brotliDecompressSync(readFileSync(RECORDED.workflows)).toString(),
    }),

  /** Today's activities, and workflows that go the way from before every patch. */
  unpatched: async () =>
    makeDist("unpatched", {
      worker: todaysWorker(),
      workflows: (await todaysWorkflows()).replaceAll(`from "${SDK}"`, 'from "./sdk.mjs"'),
      sdk: `export * from "${SDK}";\nexport const patched = () => false;\n`,
    }),
};

interface Parts {
  worker: Buffer;
  workflows: string;
  /** What the workflows import instead of Temporal's SDK. */
  sdk?: string;
}

/** Bundles the workflows with today's SDK, so that a record outlives updates of it. */
async function makeDist(name: string, { worker, workflows, sdk }: Parts): Promise<string> {
  // Within the repository, where its imports find the packages.
  const folder = join(distDir(), "..", "versions", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "worker.mjs"), worker);
  const workflowsPath = join(folder, "workflows.mjs");
  writeFileSync(workflowsPath, workflows);
  if (sdk) writeFileSync(join(folder, "sdk.mjs"), sdk);
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger("WARN") });
  writeFileSync(join(folder, "workflows.js"), code);
  return folder;
}
