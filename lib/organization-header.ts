/** Names the organization that a request is meant for. Every page sends it. */
export const ORGANIZATION_HEADER = "x-penstock-organization";
