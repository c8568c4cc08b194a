import { join } from "node:path";

/** What the fake driver answers. */
export interface FakeDriver {
  /** As cuDriverGetVersion gives it, 13000 for 13.0. */
  readonly version: number;
  readonly gpus: number;
  /** The result of cuInit. @default 0 */
  readonly failure?: number;
}

/** Whether this machine has the C compiler that `compileDriver` needs. */
export const hasCompiler: boolean = (() => {
  try {
    return new Deno.Command("cc", { args: ["--version"], stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
})();

/** Compiles a libcuda and a libnvidia-ml that answer as told, and returns their paths. */
export function compileDriver(
  directory: string,
  { version, gpus, failure = 0 }: FakeDriver,
): { cuda: string; management: string } {
  const sources = {
    cuda: `
      #include <stdio.h>
      int cuInit(unsigned flags) { return ${failure}; }
      int cuGetErrorString(int code, const char **words) { *words = "words of the driver"; return 0; }
      int cuDriverGetVersion(int *version) { *version = ${version}; return 0; }
      int cuDeviceGetCount(int *count) { *count = ${gpus}; return 0; }
      int cuDeviceGet(int *device, int ordinal) { *device = 10 + ordinal; return 0; }
      int cuDeviceGetName(char *name, int size, int device) { snprintf(name, size, "GPU %d", device); return 0; }
      int cuDeviceTotalMem_v2(unsigned long *bytes, int device) { *bytes = (unsigned long) device << 33; return 0; }
      int cuDeviceGetAttribute(int *value, int attribute, int device) { *value = attribute == 75 ? 9 : attribute == 76 ? 5 : -1; return 0; }`,
    management: `
      #include <stdio.h>
      int nvmlInit_v2(void) { return 0; }
      int nvmlShutdown(void) { return 0; }
      int nvmlSystemGetDriverVersion(char *version, unsigned size) { snprintf(version, size, "580.65.06"); return 0; }`,
  };
  const compile = (name: keyof typeof sources) => {
    const path = join(directory, `${name}.so`);
    Deno.writeTextFileSync(`${path}.c`, sources[name]);
    const { success } = new Deno.Command("cc", { args: ["-shared", "-fPIC", "-o", path, `${path}.c`] }).outputSync();
    if (!success) throw new Error(`cc does not compile ${path}.c`);
    return path;
  };
  return { cuda: compile("cuda"), management: compile("management") };
}
