import { pMapIterable } from "p-map";
import { messageOf, type Reporter } from "./finding";
import type { Measured } from "./measure";
import type { Options } from "./options";
import { howOf } from "./rows/how";
import type { Receipt, ReceiptFile } from "./shapes/receipt";
import { isVoid, readStatement } from "./statement";
import { type Context, readEach } from "./statements";
import type { Summary } from "./summary";

interface FilesContext extends Context {
  options: Options;
  root: string;
}

interface Task {
  file: ReceiptFile;
  name: string;
  receipt: Receipt;
  about: Reporter;
}

type Result = Task & { measured: Measured | { error: string } };

export interface Counted {
  files: number;
  rows: number;
  bytes: number;
}

/** Measures the files of all receipts that count, and compares them with what their receipts say. */
export async function checkFiles(live: readonly Summary[], context: FilesContext): Promise<Counted> {
  const counted = { files: 0, rows: 0, bytes: 0 };
  const { measure, jobs } = context.options;
  const results = pMapIterable(
    tasksOf(live, context),
    async (task): Promise<Result> => {
      try {
        return { ...task, measured: await measure(task.name, howOf(task.receipt, task.file.key)) };
      } catch (error) {
        return { ...task, measured: { error: messageOf(error) } };
      }
    },
    { concurrency: jobs, backpressure: 2 * jobs },
  );
  for await (const { file, measured, about } of results) {
    if ("error" in measured) {
      about.unknown("file", `${file.bytes} bytes`, measured.error);
      continue;
    }
    compare(file, measured, about);
    counted.files += 1;
    counted.bytes += measured.bytes;
    if (typeof measured.rows === "number") counted.rows += measured.rows;
  }
  return counted;
}

function compare(file: ReceiptFile, { bytes, sha256, rows }: Measured, about: Reporter): void {
  about.same("size", file.bytes, bytes);
  about.same("sha256", file.sha256, sha256);
  if (rows === null) about.unknown("rows", file.rows, "the receipt doesn't say how its files are written");
  else about.same("rows", file.rows, rows);
}

/** The receipts are read again, because all their files at once could fill the memory. */
async function* tasksOf(live: readonly Summary[], context: FilesContext): AsyncGenerator<Task> {
  const { place, tools, reporter } = context;
  const hashes = new Map(live.map(({ name, bytesHash }) => [name, bytesHash]));
  for await (const it of readEach(
    place,
    live.map(({ name }) => name),
  )) {
    const about = reporter.about(it.name);
    const read = "bytes" in it ? readStatement(it.bytes, tools) : { problem: it.error };
    if ("problem" in read) about.unknown("form", "the same receipt as before", read.problem);
    else if (read.bytesHash !== hashes.get(it.name))
      about.wrong("form", "the same receipt as before", "it changed while it was checked");
    else if (!isVoid(read.document)) {
      await askSource(read.document, about, context.options);
      yield* filesOf(read.document, it.name, context);
    }
  }
}

async function askSource(receipt: Receipt, about: Reporter, { askSource: ask }: Options): Promise<void> {
  if (!ask) return;
  const { rows, fingerprint } = receipt.source;
  try {
    const found = await ask(receipt);
    about.same(
      "source",
      `${rows} rows, fingerprint ${fingerprint}`,
      `${found.rows} rows, fingerprint ${found.fingerprint}`,
    );
  } catch (error) {
    about.unknown("source", `${rows} rows`, messageOf(error));
  }
}

/** What can be measured of a receipt's files; reports the others. */
function* filesOf(receipt: Receipt, by: string, { inventory, reporter, root, options }: FilesContext): Generator<Task> {
  if (isInWarehouse(receipt)) {
    reporter.about(by).unknown("rows", receipt.rows, "they are in a warehouse: ask it");
    return;
  }
  const prefix = receipt.version === 2 && "prefix" in receipt.location ? receipt.location.prefix : "";
  for (const file of receipt.files) {
    const about = reporter.about(file.key);
    const name = file.key.slice(root.length);
    const item = file.key.startsWith(root) ? inventory.get(name) : undefined;
    if (!file.key.startsWith(prefix)) about.wrong("key", `a key below ${prefix}`, file.key);
    if (!item) {
      const expected = `${file.bytes} bytes`;
      if (!file.key.startsWith(root)) about.unknown("file", expected, `outside of ${root}`);
      else if (options.onlyReceipts) about.unknown("file", expected, "only receipts were given");
      else about.wrong("file", expected, "nothing");
      continue;
    }
    if (item.by !== null) about.wrong("file", "named by one receipt", `also named by ${item.by}`);
    item.by = by;
    if (item.size !== file.bytes) about.wrong("size", file.bytes, item.size);
    else yield { file, name, receipt, about };
  }
}

const isInWarehouse = (receipt: Receipt) =>
  receipt.version === 2 ? !("bucket" in receipt.location) : receipt.tables !== undefined;
