import { checkExport } from "./chain/export";
import { checkHead } from "./chain/head";
import type { Known } from "./chain/links";
import { checkExtras } from "./extras";
import { type Counted, checkFiles } from "./files";
import { findKeys } from "./find-keys";
import { Reporter, type Sink } from "./finding";
import { readGivenChain } from "./given-chain";
import { Inventory } from "./inventory";
import type { Options } from "./options";
import { findRoot } from "./root";
import { type Context, readLinks, readManifests } from "./statements";
import type { Summary } from "./summary";
import type { Place, Tools } from "./tools";

/** What was looked at. */
export interface Looked extends Counted {
  objects: number;
  receipts: number;
  links: number;
}

const NO_HEAD =
  "A chain doesn't show whether its end was cut off or whether it was signed again. Pass a head that was recorded elsewhere.";

const LOOSE = "Single receipts were checked, not the chain that they belong to.";

/** Checks everything in a place. Findings go to the sink as they come. Throws if the place can't be listed. */
export async function verify(place: Place, tools: Tools, options: Options, sink: Sink): Promise<Looked> {
  const reporter = new Reporter(sink, place.label);
  const inventory = await Inventory.of(place);
  const keys = await findKeys(options, { place, tools, inventory, reporter });
  const context = { place, tools, inventory, keys, reporter };
  const manifests = await readManifests(context);
  const { links, objects } = await linksOf(context, options);
  const receipts = manifests.length;
  const isEmpty = receipts === 0 && links.length === 0;
  if (isEmpty) reporter.unknown("receipts", "at least one receipt", "none");
  const root = options.root ?? findRoot(manifests, objects, inventory);
  const isLoose = options.isLoose && links.length === 0;
  if (isLoose) reporter.note(LOOSE);
  const { dead, chains } = checkExports({ manifests: isLoose ? [] : manifests, links }, { root, tools, reporter });
  if (options.head) checkHead(options.head, { chains, keys, reporter });
  else if (chains.size > 0) reporter.note(NO_HEAD);
  const live = manifests.filter(({ hash }) => !dead.has(hash));
  const counted = await checkFiles(live, { ...context, options, root });
  if (!options.allowExtra && !options.isLoose && !isEmpty) {
    reportDead(manifests, dead, reporter);
    const gone = [...manifests, ...objects].filter(({ hash }) => dead.has(hash));
    await checkExtras(gone, { place, tools, inventory, reporter, root });
  }
  return { objects: inventory.count, receipts, links: links.length, ...counted };
}

async function linksOf(context: Context, { chain }: Options): Promise<{ links: Summary[]; objects: Summary[] }> {
  const objects = await readLinks(context);
  return { objects, links: chain === null ? objects : [...objects, ...readGivenChain(chain, context)] };
}

function reportDead(manifests: readonly Summary[], dead: ReadonlyMap<string, string>, reporter: Reporter): void {
  for (const { name, hash } of manifests) {
    const why = dead.get(hash);
    if (why) reporter.about(name).wrong("manifest", "the manifest of a receipt that counts", `it is ${why}`);
  }
}

interface Statements {
  manifests: readonly Summary[];
  links: readonly Summary[];
}

function checkExports({ manifests, links }: Statements, context: { root: string; tools: Tools; reporter: Reporter }) {
  const dead = new Map<string, string>();
  const chains = new Map<string, Known>();
  const exportIdOf = ({ exportId }: Summary) => exportId;
  const [byManifest, byLink] = [Map.groupBy(manifests, exportIdOf), Map.groupBy(links, exportIdOf)];
  for (const exportId of [...new Set([...byManifest.keys(), ...byLink.keys()])].sort()) {
    const its = { links: byLink.get(exportId) ?? [], manifests: byManifest.get(exportId) ?? [] };
    const { known, lives } = checkExport({ exportId, ...its }, context);
    for (const [hash, why] of lives.dead) dead.set(hash, why);
    if (known.size > 0) chains.set(exportId, known);
  }
  return { dead, chains };
}
