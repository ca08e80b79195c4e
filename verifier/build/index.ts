import { buildCli } from "./cli";
import { packCli } from "./npm-package";

/** Builds the verifier into a folder: the command, and its npm package. Runs at the root of the repository. */
export async function buildVerifier(dist: string): Promise<string[]> {
  const cli = await buildCli(dist);
  return [cli, await packCli(dist, cli)];
}
