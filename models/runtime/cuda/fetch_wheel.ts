/** A pinned wheel, from a folder, through pip, or from the package index itself. */
import { join } from "node:path";
import { FailureError } from "../../errors.ts";
import { writeFailure } from "../../disk/write_failure.ts";
import { fileSha256 } from "./checksum.ts";
import type { Wheel } from "./releases.ts";

/** Where wheels are taken from. */
export interface WheelSource {
  /** A folder that holds the wheels; nothing is then fetched from the network. @default none */
  readonly offline?: string;
  /** Where a downloaded wheel is put; it must exist. */
  readonly downloads: string;
  /** Told, in a line each, what is done. */
  readonly report: (line: string) => void;
  /** The command that runs pip; without pip the index is asked directly. @default ["python3", "-m", "pip"] */
  readonly pip?: readonly [string, ...string[]];
}

const publicIndex = "https://pypi.org/simple/";

/** The part of a project's page in the index's JSON form (PEP 691) that is used. */
interface IndexPage {
  readonly files: readonly { readonly filename: string; readonly url: string }[];
}

async function hasPip([program, ...options]: readonly [string, ...string[]]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args: [...options, "--version"],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The arguments of `pip` that bring exactly this file, whatever Python pip itself runs on. */
function pipArguments({ project, version, file }: Wheel): string[] {
  const [, , python, abi, platforms] = file.replace(/\.whl$/, "").split("-");
  return [
    "download",
    "--no-deps",
    "--only-binary=:all:",
    ...platforms.split(".").flatMap((platform) => ["--platform", platform]),
    ...["--abi", abi, "--implementation", python.startsWith("cp") ? "cp" : "py"],
    ...["--python-version", python.startsWith("cp") ? python.slice(2) : "3"],
    `${project}==${version}`,
  ];
}

function notFetched(reason: string, { file }: Wheel, cause?: unknown): FailureError {
  const fix = `with no network here, fetch ${file} on another machine and bring it`;
  return new FailureError(`${reason}; ${fix}.`, { cause, kind: "no-network" });
}

async function fetchWithPip(wheel: Wheel, directory: string, pip: readonly [string, ...string[]]): Promise<void> {
  const [program, ...options] = pip;
  const { success } = await new Deno.Command(program, {
    args: [...options, ...pipArguments(wheel), "--no-cache-dir", "--disable-pip-version-check", "--dest", directory],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (success) return;
  throw notFetched(`pip could not download ${wheel.project} ${wheel.version}, for the reason above`, wheel);
}

async function get(url: string | URL, wheel: Wheel, accept: string): Promise<Response> {
  let response;
  try {
    response = await fetch(url, { headers: { accept } });
  } catch (cause) {
    const host = new URL(url).host;
    throw notFetched(`${host} cannot be reached for ${wheel.project}`, wheel, cause);
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw notFetched(`${url} answers ${response.status} ${response.statusText}`, wheel);
}

async function fetchFromIndex(wheel: Wheel, directory: string): Promise<void> {
  const index = Deno.env.get("PIP_INDEX_URL") ?? publicIndex;
  const pageUrl = new URL(`${wheel.project}/`, index.endsWith("/") ? index : `${index}/`);
  const page: IndexPage = await (await get(pageUrl, wheel, "application/vnd.pypi.simple.v1+json")).json();
  const listed = page.files.find(({ filename }) => filename === wheel.file);
  if (listed === undefined) throw notFetched(`${pageUrl} does not list ${wheel.file}`, wheel);
  const response = await get(new URL(listed.url, pageUrl), wheel, "*/*");
  const path = join(directory, wheel.file);
  try {
    await Deno.writeFile(path, response.body ?? new Uint8Array());
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function download(wheel: Wheel, { downloads, report, pip = ["python3", "-m", "pip"] }: WheelSource) {
  const usePip = await hasPip(pip);
  report(`Fetching ${wheel.file} ${usePip ? "with pip" : "from the package index (no pip here)"}`);
  await (usePip ? fetchWithPip(wheel, downloads, pip) : fetchFromIndex(wheel, downloads));
  return join(downloads, wheel.file);
}

async function find(wheel: Wheel, source: WheelSource): Promise<string> {
  if (source.offline === undefined) return await download(wheel, source);
  const path = join(source.offline, wheel.file);
  try {
    await Deno.lstat(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new FailureError(
      `${path} is missing; on a machine with a network run \`pip ${
        pipArguments(wheel).join(" ")
      }\`, and bring the file here.`,
      { cause },
    );
  }
  return path;
}

/**
 * Brings a wheel and checks that it is the pinned one.
 *
 * @param wheel which one
 * @param source where from
 * @returns the path of the wheel
 * @throws {FailureError} if it cannot be had, or its hash is not the pinned one
 */
export async function fetchWheel(wheel: Wheel, source: WheelSource): Promise<string> {
  const path = await find(wheel, source);
  const sha256 = await fileSha256(path);
  if (sha256 === wheel.sha256) return path;
  if (source.offline === undefined) await Deno.remove(path);
  throw new FailureError(
    `${path} is not the expected file: its SHA-256 is ${sha256}, not ${wheel.sha256}; fetch it again from a source that you trust.`,
  );
}
