/** Shared libraries opened by this process, with the loader's own words when that fails. */
import { FailureError } from "../../errors.ts";

/**
 * Opens a shared library; it stays open as long as nobody closes it.
 *
 * @param name an absolute path, or a name that the system's loader resolves
 * @param symbols the functions to bind; none by default
 * @throws {FailureError} with what the loader says, as in "libcuda.so.1: cannot open shared object file"
 */
export function openLibrary<const Symbols extends Deno.ForeignLibraryInterface>(
  name: string,
  symbols: Symbols,
): Deno.DynamicLibrary<Symbols> {
  try {
    return Deno.dlopen(name, symbols);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new FailureError(words.replace(/^(Could not open library: )+/, ""), { cause });
  }
}
