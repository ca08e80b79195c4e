import { runCommand } from "./stack/run-command";

/** `npm run format`: formats all files, sorts imports, and mends what biome can mend safely. */
async function main(args: string[]): Promise<void> {
  const { code } = await runCommand("biome", ["check", "--write", ...args], { show: true });
  process.exitCode = code ?? 1;
}

void main(process.argv.slice(2));
