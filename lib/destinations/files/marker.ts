/** An object that says whose a bucket is, so that the bucket is recognized under every name that leads to it. */
export interface Marker {
  key: string;
  text: string;
}

/** The marker of a claim, below the prefix of the connection that claims. */
export const markerOf = (claimId: string, prefix: string): Marker => ({
  key: `${prefix}.penstock/claim-${claimId}`,
  text: `This bucket belongs to an organization of Penstock. Claim ${claimId}.\n`,
});

/** Markers in the bucket that a connection leads to. What its credentials may not do is not done, and answered as false. */
export interface MarkerStore {
  put(marker: Marker): Promise<boolean>;
  remove(marker: Marker): Promise<boolean>;
  /** Whether the very marker is there. Reads no more than a marker's length: the other side may answer anything. */
  sees(marker: Marker): Promise<boolean>;
  close(): void;
}
