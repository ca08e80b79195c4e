/**
 * Gives the memory of bytes that nobody reads any more back at once, where they end it: whatever lay before them in the same
 * memory came earlier, and was read earlier. Left to the garbage collector, every thirty megabytes would have it look through
 * the whole heap. Memory that Node shares between small buffers is left alone: it has `Buffer.poolSize` bytes, and no single
 * buffer fills it.
 */
export function giveBack({ buffer, byteOffset, byteLength }: Buffer): void {
  const isWhole = byteLength === buffer.byteLength;
  const isLast = byteOffset + byteLength === buffer.byteLength && buffer.byteLength > Buffer.poolSize;
  if ((isWhole || isLast) && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
