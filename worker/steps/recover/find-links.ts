import pMap from "p-map";
import { folderOf } from "@/lib/destinations/connection";
import { chainKey } from "@/lib/destinations/files/chain";
import type { Listed } from "@/lib/destinations/stored-objects";
import type { ObjectStore } from "@/lib/destinations/types";
import { writingOf } from "@/lib/destinations/writing";
import type { ChainLink } from "@/lib/fields/receipt";
import { linkHash } from "@/lib/receipts/hash";
import { regexOf } from "@/lib/rows/layouts/pattern";
import { prefixLead } from "@/lib/rows/layouts/prefix";
import { type Expected, judgeLink, MOST_OF_RECEIPT, type Refused } from "./judge-link";
import type { Recovering } from "./load-export";

/** Receipts of an export that are read at once. */
const LANES = 2;
/** Keys that a listing may show of one export. */
const LONGEST = 1_000_000;

const UNREADABLE: Refused = { why: "It can't be read.", isDoubtful: true };

/** A manifest as the bucket has it. */
export interface StoredManifest extends Listed {
  runId: string;
}

export interface RefusedObject extends Refused {
  key: string;
  /** It has the number of the ledger's last receipt, and is another one. */
  isFork?: true;
}

export interface FoundLinks {
  /** Links beyond the ledger's, by number. */
  links: Map<number, ChainLink>;
  /** Numbers of those that the chain's folder in the bucket holds. */
  kept: Set<number>;
  manifests: StoredManifest[];
  refused: RefusedObject[];
  /** Files below the export's prefix. */
  files: string[];
  /** Whether the listing showed all of them. */
  isWhole: boolean;
}

/** What the ledger knows of an export's manifests: the ETag by key. */
export type KnownManifests = ReadonlyMap<string, string | null>;

/**
 * Reads the links of an export's chain that its bucket holds and the ledger lacks: from the chain's folder, and from
 * manifests that the ledger doesn't know as they are.
 */
export async function findLinks(
  objects: ObjectStore,
  loaded: Recovering,
  expected: Expected,
  known: KnownManifests,
): Promise<FoundLinks> {
  const found: FoundLinks = {
    links: new Map(),
    kept: new Set(),
    manifests: [],
    refused: [],
    files: [],
    isWhole: true,
  };
  const { spec } = loaded;
  const take = async ({ key }: Pick<Listed, "key">): Promise<ChainLink | null> => {
    const stored = await objects.read(key, MOST_OF_RECEIPT);
    const link = stored && typeof stored === "object" ? judgeLink(stored.text, expected) : UNREADABLE;
    if ("why" in link) {
      found.refused.push({ key, ...link });
      return null;
    }
    // Exports that share a folder find each other's manifests.
    if (link.exportId !== spec.id) return null;
    if (link.sequence > spec.chainSequence) found.links.set(link.sequence, link);
    else if (link.sequence === spec.chainSequence && linkHash(link) !== spec.chainHead)
      found.refused.push({
        key,
        why: `It differs from receipt ${link.sequence} in the ledger.`,
        isDoubtful: true,
        isFork: true,
      });
    return link;
  };
  const { chain, manifests } = await listAll(objects, loaded, found);
  const keyOf = (number: number) => chainKey(folderOf(loaded.connection), spec.id, number);
  await pMap(
    chain,
    async (number) => {
      if ((await take({ key: keyOf(number) })) !== null) found.kept.add(number);
    },
    { concurrency: LANES },
  );
  const news = manifests.filter(({ key, etag }) => known.get(key) !== etag);
  await pMap(
    news,
    async (listed) => {
      const link = await take(listed);
      if (link?.type === "receipt") found.manifests.push({ ...listed, runId: link.runId });
    },
    { concurrency: LANES },
  );
  // Several are read at once, and the first answer is not always that of the first key.
  const order = new Map([...chain.map(keyOf), ...news.map(({ key }) => key)].map((key, index) => [key, index]));
  found.refused.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  return found;
}

/** The numbers of links beyond the ledger's, and every manifest below the export's prefix. */
async function listAll(objects: ObjectStore, { spec, connection, project }: Recovering, found: FoundLinks) {
  const { model, destination } = spec;
  const language = writingOf(destination).keys({ model, destination, sourceProjectId: project.sourceProjectId });
  const folder = chainKey(folderOf(connection), spec.id, 0).replace(/0\.json$/, "");
  const chain: number[] = [];
  await list(objects, folder, ({ key }) => {
    const number = Number(/\/(\d{1,9})\.json$/.exec(key)?.[1]);
    if (number >= Math.max(1, spec.chainSequence)) chain.push(number);
  });
  const manifests: Listed[] = [];
  const [isManifest, ...others] = [language!.manifests, ...language!.patterns].map(regexOf);
  found.isWhole = await list(objects, "prefix" in destination ? prefixLead(destination.prefix) : "", (listed) => {
    if (isManifest!.test(listed.key)) manifests.push(listed);
    else if (others.some((pattern) => pattern.test(listed.key))) found.files.push(listed.key);
  });
  return { chain: chain.toSorted((a, b) => a - b), manifests };
}

/** Calls `take` for every object below a prefix. False if there were too many. */
async function list(objects: ObjectStore, prefix: string, take: (listed: Listed) => void): Promise<boolean> {
  for (let [after, seen] = ["", 0]; seen < LONGEST; ) {
    const page = await objects.list(prefix, after);
    for (const listed of page.objects) take(listed);
    if (page.isLast) return true;
    seen += page.objects.length;
    after = page.objects.at(-1)!.key;
  }
  return false;
}
