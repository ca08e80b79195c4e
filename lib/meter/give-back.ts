/**
 * Frees the memory of bytes that are no longer read, once its last bytes are passed in: everything before them was
 * received, and read, earlier. Without this, the garbage collector would scan the whole heap every thirty megabytes.
 * Skips memory that Node shares between small buffers: it has `Buffer.poolSize` bytes, which no single buffer fills.
 */
export function giveBack({ buffer, byteOffset, byteLength }: Buffer): void {
  const isWhole = byteLength === buffer.byteLength;
  const isLast = byteOffset + byteLength === buffer.byteLength && buffer.byteLength > Buffer.poolSize;
  if ((isWhole || isLast) && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
