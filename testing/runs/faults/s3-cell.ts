import { PutObjectCommand } from "@aws-sdk/client-s3";
import { AppError } from "@/lib/errors";
import { patchExport } from "@/lib/services/exports/patch";
import { storage, type TestBucket } from "../bucket";
import { fillWindow } from "../events";
import { completeWindow, connect, makeExport, pastHour, type S3Export, startWindow } from "../exports";
import type { TestProject } from "../project";
import type { S3User } from "../s3-users";
import type { Armed } from "./armed";
import type { Cell, Step } from "./cells";
import type { TroubledWindow } from "./quick";
import { changedSince, type Expected, type Problems, readWindow, snapshot } from "./reader";
import { cleaned, ended } from "./recover";
import { S3Proxy } from "./s3-proxy";
import { type Scenario, uuidsOf } from "./scenario";
import { S3_SETTINGS } from "./settings";

/** Shared by all cells of a matrix. Each has its own folder and hour. */
export interface S3World {
  project: TestProject;
  /** Another bucket, for changed connections. */
  other: TestBucket;
  /** Another user with write access to both. */
  user: S3User;
}

/** An export and its window, right before the troubled run. */
export class S3Cell implements TroubledWindow {
  /** Whether objects of this window may stay because nobody can remove them anymore. */
  leftovers = false;

  private constructor(
    readonly world: S3World,
    readonly proxy: S3Proxy,
    readonly connectionId: string,
    readonly exported: S3Export,
    readonly n: number,
    private readonly strangers: Map<string, string>,
  ) {}

  static async open(world: S3World, scenario: Scenario, n: number): Promise<S3Cell> {
    const { project } = world;
    const proxy = await S3Proxy.open(storage().endpoint);
    const connection = await connect(project, { endpoint: proxy.endpoint });
    const compression = scenario.bytes > 1000 ? ("none" as const) : ("gzip" as const);
    const { layout, maxFileSizeMb } = scenario;
    const destination = { prefix: `cell-${n}/a/`, layout, compression, ...(maxFileSizeMb && { maxFileSizeMb }) };
    const exported = await makeExport(project, { connectionId: connection.id, destination });
    await fillWindow(project.sourceProjectId, pastHour(n), scenario);
    const stranger = { Bucket: project.bucket.name, Key: `cell-${n}/a/somebody-else.txt`, Body: "not Penstock's" };
    await project.bucket.client.send(new PutObjectCommand(stranger));
    // Cleaned too, or its requests would count as the next run's.
    if (scenario.committed) await cleaned(await completeWindow(project, exported.id, pastHour(n)));
    const moved = scenario.moved ? await takeFolder(project, exported, n) : [];
    const all = await snapshot(project.bucket, `cell-${n}/`);
    const strangers = new Map([stranger.Key, ...moved].map((key) => [key, all.get(key) ?? ""]));
    const cell = new S3Cell(world, proxy, connection.id, exported, n, strangers);
    if (scenario.late > 0) await cell.addRows(scenario.late);
    proxy.restart();
    return cell;
  }

  get project(): TestProject {
    return this.world.project;
  }

  get window() {
    return pastHour(this.n);
  }

  async addRows(count: number): Promise<void> {
    await fillWindow(this.project.sourceProjectId, this.window, { rows: count, bytes: 20 });
  }

  arm({ step }: Cell, fault: Armed["fault"]): Armed {
    return this.proxy.arm(step.name, step.nth, fault);
  }

  start(taskQueue?: string): Promise<string> {
    return startWindow(this.project, this.exported.id, this.window, taskQueue);
  }

  /** Changes a setting as a person does by the API. */
  change(setting: string): Promise<unknown> {
    const change = S3_SETTINGS[setting];
    if (!change) throw new Error(`There is no setting ${setting} to change.`);
    return change(this);
  }

  /** Steps that a run has taken since the window was prepared. */
  steps(): Step[] {
    return this.proxy.recorded.map(({ name, nth, bytes }) => ({ name, nth, hasBody: bytes > 0 }));
  }

  /** What is wrong after everything has come to rest. */
  async problems(): Promise<Problems> {
    const expected: Expected = {
      exportId: this.exported.id,
      window: this.window,
      uuids: await uuidsOf(this.project.sourceProjectId, this.window),
      prefix: `cell-${this.n}/`,
      strangers: new Set(this.strangers.keys()),
      leftovers: this.leftovers,
    };
    const found = await readWindow([this.project.bucket, this.world.other], expected);
    const after = await snapshot(this.project.bucket, expected.prefix);
    return [...found, ...changedSince(this.strangers, after)];
  }

  close(): Promise<void> {
    return this.proxy.close();
  }
}

/** Moves an export, and lets another write the same window into its folder. Returns the other's keys. */
async function takeFolder(project: TestProject, exported: S3Export, n: number): Promise<string[]> {
  const { id, connectionId, destination } = exported;
  await patchExport(project.actor, { id, destination: { ...destination, prefix: `cell-${n}/b/` } });
  const before = await snapshot(project.bucket, `cell-${n}/a/`);
  try {
    const { prefix, layout, compression } = destination;
    const other = await makeExport(project, { connectionId, destination: { prefix, layout, compression } });
    const run = await ended(project, await startWindow(project, other.id, pastHour(n)));
    if (run.state !== "Completed" && run.error?.code !== "keys_conflict") throw new Error(JSON.stringify(run.error));
    const after = await snapshot(project.bucket, `cell-${n}/a/`);
    return [...after].filter(([key, is]) => before.get(key) !== is).map(([key]) => key);
  } catch (error) {
    // A folder with a current receipt need not be given away.
    if (error instanceof AppError && error.status === 409) return [];
    throw error;
  }
}
