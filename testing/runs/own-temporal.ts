import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKeys } from "@/local/parts/keys";
import type { Part, PartOptions } from "@/local/parts/part";
import { freePorts } from "@/local/parts/ports";
import { startTemporal, type TemporalAddress } from "@/local/parts/temporal";

/** A test's own Temporal server, which may lose everything. */
export class OwnTemporal {
  private constructor(
    private readonly root: string,
    private readonly options: PartOptions,
    private part: Part<TemporalAddress>,
    /** The address of its own UI. */
    readonly ui: string,
  ) {}

  static async start(): Promise<OwnTemporal> {
    const root = mkdtempSync(join(tmpdir(), "penstock-temporal-"));
    const { temporal: port, web: uiPort } = await freePorts();
    const progress = { say: () => {}, wait: () => () => {} };
    const options = { dataDir: root, logDir: join(root, "logs"), port, keys: loadKeys(root), progress };
    mkdirSync(options.logDir);
    return new OwnTemporal(root, options, await startTemporal(options, { uiPort }), `http://127.0.0.1:${uiPort}`);
  }

  get address(): string {
    return this.part.address.address;
  }

  /** Kills the server and removes its data. */
  async lose(): Promise<void> {
    process.kill(this.part.pid, "SIGKILL");
    await this.part.ended;
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(this.root, `temporal.db${suffix}`), { force: true });
  }

  /** Starts it again at the same address. */
  async startAgain(): Promise<void> {
    this.part = await startTemporal(this.options);
  }

  async stop(): Promise<void> {
    await this.part.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}
