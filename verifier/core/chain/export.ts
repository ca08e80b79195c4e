import type { Reporter } from "../finding";
import type { Summary } from "../summary";
import type { Tools } from "../tools";
import { checkGenesis } from "./genesis";
import { checkLinks, type Known, numbered } from "./links";
import { type Lives, livesOf } from "./live";
import { checkLinksOf, checkManifestsOf } from "./pairs";
import { checkWindows } from "./windows";

export interface OfExport {
  exportId: string;
  links: readonly Summary[];
  manifests: readonly Summary[];
}

/** What one export's receipts say about each other. */
export function checkExport(
  { exportId, links, manifests }: OfExport,
  { root, tools, reporter: all }: { root: string; tools: Tools; reporter: Reporter },
): { known: Known; lives: Lives } {
  const reporter = all.about(`export ${exportId}`);
  const firsts = manifests.filter(({ version }) => version === 1);
  const seconds = manifests.filter(({ version }) => version === 2);
  const known = numbered(links, seconds, reporter);
  // Where the chain is elsewhere, what is missing is not known to be missing.
  const isWhole = links.length > 0 || seconds.some(({ link, prefix }) => isHere(link?.chain, prefix, root));
  if (!isWhole && seconds.length > 0) reporter.unknown("chain", "every link", whereIs(seconds, root));
  checkLinks(known, isWhole, reporter);
  const lives = livesOf(known, firsts, isWhole, reporter);
  const both = { links, manifests: seconds, lives, root };
  checkManifestsOf(both, reporter);
  checkLinksOf(both, reporter);
  checkWindows(
    [...known.values(), ...firsts].filter(({ hash }) => !lives.dead.has(hash)),
    reporter,
  );
  checkGenesis(known.get(1), firsts, tools, reporter);
  return { known, lives };
}

const isHere = (chain: string | null | undefined, prefix: string | null, root: string) =>
  chain === "objects" && prefix !== null && prefix.startsWith(root);

const whereIs = (seconds: readonly Summary[], root: string) =>
  seconds.some(({ link }) => link?.chain === "objects")
    ? `the chain is outside of ${root}`
    : "Penstock has the chain. Pass it with --chain";
