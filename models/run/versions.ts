import manifest from "../../deno.json" with { type: "json" };

/** What a run was made with; kept in its `config.yaml`. */
export type Versions = {
  readonly pinfield: string;
  readonly deno: string;
  readonly onnxruntime: string;
};

/** Pinfield's own version. */
export const pinfieldVersion: string = manifest.version;

/** The versions of what is running now; ONNX Runtime's is the one that deno.json pins. */
export function currentVersions(): Versions {
  return {
    pinfield: pinfieldVersion,
    deno: Deno.version.deno,
    onnxruntime: manifest.imports["onnxruntime-node"].replace(/^npm:onnxruntime-node@/, ""),
  };
}
