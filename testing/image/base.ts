import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildah, must } from "./buildah";

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const CERTIFICATES = "/usr/local/share/test-certificates.pem";

/**
 * Makes the base of the Dockerfile under its name, unless it is there: Debian by debootstrap, with Node of this
 * checkout's packages and this machine's npm. A registry can't be assumed in tests.
 */
export async function makeBase(name: string): Promise<void> {
  const images = await buildah("images", "--format", "{{.Name}}:{{.Tag}}");
  if (images.split("\n").includes(name)) return;
  const root = mkdtempSync(join(tmpdir(), "penstock-base-"));
  try {
    await must("debootstrap", ["--variant=minbase", "bookworm", root, "http://deb.debian.org/debian"]);
    addNode(root);
    addNetwork(root);
    const container = await buildah("from", "scratch");
    await buildah("add", "--quiet", container, root, "/");
    const variables = [PATH, `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`].flatMap((variable) => ["--env", variable]);
    await buildah("config", ...variables, "--cmd", "node", container);
    await buildah("commit", "--quiet", "--rm", container, name);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function addNode(root: string): void {
  const local = join(root, "usr", "local");
  copyFileSync(resolve("node_modules", ".bin", "node"), join(local, "bin", "node"));
  const npm = dirname(dirname(realpathSync(process.env.npm_execpath ?? "/usr/bin/npm")));
  cpSync(npm, join(local, "lib", "node_modules", "npm"), { recursive: true });
  symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(local, "bin", "npm"));
}

/** What this machine trusts and resolves: its way to a registry may have a certificate of its own. */
function addNetwork(root: string): void {
  const given = process.env.NODE_EXTRA_CA_CERTS;
  writeFileSync(join(root, CERTIFICATES), given ? readFileSync(given) : "");
  appendFileSync(join(root, "etc", "hosts"), "127.0.0.1 localhost\n");
  const security = "http://deb.debian.org/debian-security bookworm-security main";
  appendFileSync(join(root, "etc", "apt", "sources.list"), `deb ${security}\n`);
}
