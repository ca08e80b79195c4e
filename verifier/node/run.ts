import { writeSync } from "node:fs";
import { messageOf } from "../core/finding";
import { measure } from "../core/measure";
import { verify } from "../core/verify";
import { type Args, readArgs, USAGE } from "./args";
import { jobsOf, type Opened, open, optionsOf } from "./options";
import { exitCode, jsonOutput, textOutput } from "./output";
import { Pool } from "./pool";
import { nodeTools } from "./tools";

declare const VERSION: string;

/** Waits for a slow reader of a pipe, and loses nothing when the process ends. */
function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** What can't be started is not false, but unknown. */
const UNKNOWN = 2;

/** Runs the command, and returns its exit code. `file` is the one that threads run. */
export async function run(args: string[], file: URL): Promise<number> {
  try {
    const { values, positionals } = readArgs(args);
    if (values.version) write(`${VERSION}\n`);
    else if (values.help) write(USAGE);
    if (values.version || values.help) return 0;
    const [address] = positionals;
    if (address === undefined || positionals.length > 1) throw new Error(`Pass one place to check.\n\n${USAGE}`);
    return await check(await open(address, values), values, file);
  } catch (error) {
    process.stderr.write(`penstock-verify: ${messageOf(error)}\n`);
    return UNKNOWN;
  }
}

async function check(opened: Opened, args: Args, file: URL): Promise<number> {
  const { place, data } = opened;
  const jobs = jobsOf(args);
  const pool = data && jobs > 1 ? new Pool(file, data) : null;
  try {
    const options = await optionsOf(args, opened, (name, how) =>
      pool ? pool.measure(name, how) : measure(place.read(name), how, nodeTools),
    );
    const all = args.all ?? false;
    const output = args.json ? jsonOutput(all, write) : textOutput(all, (line) => write(`${line}\n`));
    output.end(await verify(place, nodeTools, options, output.sink));
    return exitCode(output.counts);
  } finally {
    await pool?.close();
  }
}
