import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pythonPrograms } from "@/testing/stack/python";
import { storage } from "../bucket";

const SCRIPTS = "testing/runs/snippets";

/** Runs snippets as people do: in a shell, in Python, or in DuckDB, with credentials in the environment. */
export class Runner {
  private constructor(
    readonly folder: string,
    private readonly programs: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** `clickhouse` is whom ClickHouse is asked as. */
  static async make(clickhouse: { url: string; user: string; password: string; database: string }): Promise<Runner> {
    const folder = mkdtempSync(join(tmpdir(), "penstock-snippets-"));
    const programs = await pythonPrograms("testing/stack/requirements-reading.txt");
    const bin = join(folder, "bin");
    mkdirSync(bin);
    for (const name of ["clickhouse", "clickhouse-client"]) {
      copyFileSync(resolve(SCRIPTS, "clickhouse.py"), join(bin, name));
      chmodSync(join(bin, name), 0o755);
    }
    const { accessKeyId, secretAccessKey } = storage();
    const env = {
      ...process.env,
      PATH: [bin, programs, process.env.PATH].join(delimiter),
      HOME: folder,
      AWS_CONFIG_FILE: join(folder, "aws-config"),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      CLICKHOUSE_URL: clickhouse.url,
      CLICKHOUSE_HOST: new URL(clickhouse.url).hostname,
      CLICKHOUSE_USER: clickhouse.user,
      CLICKHOUSE_PASSWORD: clickhouse.password,
      CLICKHOUSE_DATABASE: clickhouse.database,
    };
    return new Runner(folder, programs, env);
  }

  /** A new folder to work in. */
  place(): string {
    return mkdtempSync(join(this.folder, "at-"));
  }

  shell = (text: string, cwd = this.folder): Promise<string> => this.run("sh", ["-e"], text, cwd);

  python = (text: string): Promise<string> => this.run(join(this.programs, "python"), ["-"], text, this.folder);

  duckdb = (text: string): Promise<string> =>
    this.run(
      join(this.programs, "python"),
      [resolve(SCRIPTS, "run_duckdb.py"), join(this.folder, "extensions")],
      text,
      this.folder,
    );

  private run(program: string, args: string[], input: string, cwd: string): Promise<string> {
    return new Promise((done, failed) => {
      const options = { cwd, env: this.env, maxBuffer: 2 ** 26 };
      const child = execFile(program, args, options, (error, stdout, stderr) => {
        if (error) failed(new Error(`${stderr.slice(-3000)}${stdout.slice(-2000)}\nin:\n${input.slice(0, 4000)}`));
        else done(stdout.trim());
      });
      child.stdin?.end(input);
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
