/** The smallest shared library that the loader opens: no code, only a list of what it is linked with. */

function stringTable(strings: readonly string[]): { bytes: Uint8Array; offsets: number[] } {
  const offsets: number[] = [];
  let text = "\0";
  for (const string of strings) {
    offsets.push(text.length);
    text += `${string}\0`;
  }
  return { bytes: new TextEncoder().encode(text), offsets };
}

/**
 * Builds an x86_64 ELF file.
 *
 * @param needed the names in its DT_NEEDED entries
 * @param salt makes files with equal lists differ
 */
export function fakeLibrary(needed: readonly string[], salt = ""): Uint8Array<ArrayBuffer> {
  const { bytes: strings, offsets } = stringTable([...needed, salt]);
  const headersEnd = 64 + 2 * 56;
  // Then one empty symbol, the dynamic entries, the strings; file offsets are addresses.
  const dynamicStart = headersEnd + 24;
  const stringsStart = dynamicStart + (needed.length + 5) * 16;
  const dynamic = [
    ...offsets.slice(0, -1).map((offset) => [1, offset]),
    [5, stringsStart],
    [10, strings.length],
    [6, headersEnd],
    [11, 24],
    [0, 0],
  ];
  const size = stringsStart + strings.length;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const long = (offset: number, value: number) => view.setBigUint64(offset, BigInt(value), true);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 3, true); // shared object
  view.setUint16(18, 62, true); // x86_64
  view.setUint32(20, 1, true);
  long(32, 64);
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 2, true);
  view.setUint32(64, 1, true); // the whole file, readable and writable
  view.setUint32(68, 6, true);
  [0, 0, 0, size, size, 4096].forEach((value, index) => long(72 + index * 8, value));
  view.setUint32(120, 2, true); // its dynamic section
  view.setUint32(124, 6, true);
  const length = dynamic.length * 16;
  [dynamicStart, dynamicStart, dynamicStart, length, length, 8].forEach((value, index) => long(128 + index * 8, value));
  dynamic.flat().forEach((value, index) => long(dynamicStart + index * 8, value));
  bytes.set(strings, stringsStart);
  return bytes;
}
