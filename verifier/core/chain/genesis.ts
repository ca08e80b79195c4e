import { sha256Hex, utf8 } from "../bytes";
import type { Reporter } from "../finding";
import type { Summary } from "../summary";
import type { Tools } from "../tools";

type Genesis = NonNullable<NonNullable<Summary["link"]>["genesis"]>;

const byRun = (a: Summary, b: Summary) => (a.runId < b.runId ? -1 : 1);

/** The first link names all receipts of version 1 by one hash. Those of windows that ran again are gone from a bucket. */
export function checkGenesis(
  first: Summary | undefined,
  firsts: readonly Summary[],
  tools: Tools,
  all: Reporter,
): void {
  const genesis = first?.link?.genesis;
  if (!first) unsigned(firsts, all);
  else if (!genesis) uncalled(firsts, all);
  else compare(genesis, firsts, tools, all, all.about(first.name));
}

function compare(genesis: Genesis, firsts: readonly Summary[], tools: Tools, all: Reporter, reporter: Reporter): void {
  const expected = `${genesis.receipts} receipts of version 1 with the hash ${genesis.sha256}`;
  if (firsts.length < genesis.receipts) {
    reporter.unknown("genesis", expected, `${firsts.length} manifests of them`);
    unsigned(firsts, all);
  } else if (firsts.length > genesis.receipts) reporter.wrong("genesis", expected, `${firsts.length} manifests`);
  else {
    const lines = [...firsts].sort(byRun).map(({ runId, hash }) => `${runId} ${hash}\n`);
    const found = `${firsts.length} receipts of version 1 with the hash ${sha256Hex(tools, utf8(lines.join("")))}`;
    reporter.same("genesis", expected, found);
  }
}

/** Only a first link vouches for receipts of version 1: anyone who can write to the bucket can write another. */
function unsigned(firsts: readonly Summary[], all: Reporter): void {
  for (const { name } of firsts)
    all.about(name).unknown("signature", "a signature", "none: receipts of version 1 are not signed");
}

/** A chain without a genesis began with the export's first receipt. */
function uncalled(firsts: readonly Summary[], all: Reporter): void {
  for (const { name } of firsts)
    all.about(name).wrong("genesis", "no receipts of version 1: the chain started with the first receipt", "one");
}
