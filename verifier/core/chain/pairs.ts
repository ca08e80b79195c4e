import type { Reporter } from "../finding";
import type { Summary } from "../summary";
import { sequenceOf } from "./links";
import type { Lives } from "./live";

interface Both {
  links: readonly Summary[];
  manifests: readonly Summary[];
  lives: Lives;
  /** What keys begin with outside the checked place. */
  root: string;
}

const isInside = ({ keys: [key], prefix }: Summary, root: string) => (key ?? prefix ?? "").startsWith(root);

/** Every receipt of the chain that still counts has its manifest, with the same bytes. */
export function checkManifestsOf({ links, manifests, lives, root }: Both, reporter: Reporter): void {
  const held = new Set(manifests.map(({ bytesHash }) => bytesHash));
  const numbers = new Set(manifests.map(sequenceOf));
  for (const summary of links) {
    const { name, window, hash, bytesHash } = summary;
    // A manifest with this number and other bytes is reported with the manifest.
    if (!window || lives.dead.has(hash) || (!held.has(bytesHash) && numbers.has(sequenceOf(summary)))) continue;
    const about = reporter.about(name);
    const expected = `a manifest with the bytes of link ${sequenceOf(summary)}`;
    if (held.has(bytesHash)) about.ok("manifest", expected);
    else if (!isInside(summary, root)) about.unknown("manifest", expected, `outside of ${root}`);
    else if (lives.shaken.has(hash)) about.unknown("manifest", expected, "nothing, and its replacement is void");
    else about.wrong("manifest", expected, "nothing");
  }
}

/** Every manifest has its chain object, with the same bytes, and there is only one of it. */
export function checkLinksOf({ links, manifests, root }: Both, reporter: Reporter): void {
  const bySequence = new Map(links.map((summary) => [sequenceOf(summary), summary]));
  const seen = new Map<string, string>();
  for (const { name, link, hash, bytesHash, prefix } of manifests) {
    const about = reporter.about(name);
    const twin = seen.get(hash);
    if (twin !== undefined) about.wrong("manifest", "one manifest of a receipt", `also ${twin}`);
    seen.set(hash, name);
    const held = link && bySequence.get(link.sequence);
    if (!link) continue;
    const expected = `link ${link.sequence} with the manifest's bytes`;
    if (held) {
      if (held.bytesHash === bytesHash) about.ok("chain object", expected);
      else about.wrong("chain object", expected, `other bytes: ${held.name}`);
    } else if (link.chain !== "objects") continue;
    else if (prefix?.startsWith(root)) about.wrong("chain object", expected, "nothing");
    else about.unknown("chain object", expected, `outside of ${root}`);
  }
}
