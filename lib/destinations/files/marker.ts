/** An object that names a bucket's owner, so that the bucket is recognized under any name. */
export interface Marker {
  key: string;
  text: string;
}

/** The marker of a claim, below the prefix of the claiming connection. */
export const markerOf = (claimId: string, prefix: string): Marker => ({
  key: `${prefix}.penstock/claim-${claimId}`,
  text: `This bucket belongs to an organization in Penstock. Claim ${claimId}.\n`,
});

/** Markers in a connection's bucket. Methods return false for what the credentials may not do. */
export interface MarkerStore {
  put(marker: Marker): Promise<boolean>;
  remove(marker: Marker): Promise<boolean>;
  /** Whether exactly this marker is there. Reads no more than its length: the other side may answer anything. */
  sees(marker: Marker): Promise<boolean>;
  close(): void;
}
