import { destinations } from "./catalog";
import type { Settings } from "./settings";
import type { Writing } from "./writing-types";

/** What an export with these settings writes: pure, and the same for form, API, and worker. */
export const writingOf = ({ type }: Settings): Writing<Settings> => destinations[type].writing as Writing<Settings>;
