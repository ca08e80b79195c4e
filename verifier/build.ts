import { buildVerifier } from "./build/index";

/** `npm run build:verify`: builds the verifier into `dist`. */
for (const path of await buildVerifier("dist")) console.log(path);
