/** Names the organization that a request is meant for. Every page sends it. */
export const ORGANIZATION_HEADER = "x-penstock-organization";

/** The same as a query parameter, for links and event streams, which can't have headers. */
export const ORGANIZATION_PARAMETER = "organization";
