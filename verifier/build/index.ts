import { buildCli } from "./cli";
import { packCli } from "./npm-package";
import { buildPage } from "./page";

/** Builds the verifier into a folder: the command, its npm package, and the page. Runs at the repository's root. */
export async function buildVerifier(dist: string): Promise<string[]> {
  const cli = await buildCli(dist);
  return [cli, await packCli(dist, cli), await buildPage(dist)];
}
