import { parseAsStringLiteral, useQueryState } from "nuqs";

const VIEWS = ["overview", "timeline", "files", "receipt", "read", "log"] as const;

/** The URL holds the open tab of the drawer. */
export const useView = () => useQueryState("view", parseAsStringLiteral(VIEWS).withDefault("overview"));
