import { UsageError } from "../../../errors.ts";

const units: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, KB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * Reads a size such as "48MiB" or "1.5GB".
 *
 * @param text a number directly followed by KiB, MiB, GiB, KB, MB or GB
 * @returns whole bytes
 * @throws {UsageError} if it is none, or less than 64 KiB
 */
export function parseByteSize(text: string): number {
  const [, number, unit] = text.match(/^(\d+(?:\.\d+)?)(KiB|MiB|GiB|KB|MB|GB)$/) ?? [];
  const bytes = unit === undefined ? NaN : Math.floor(Number(number) * units[unit]);
  if (bytes >= 2 ** 16) return bytes;
  throw new UsageError(`A size must be like 48MiB or 1GB and at least 64KiB, got "${text}".`);
}
