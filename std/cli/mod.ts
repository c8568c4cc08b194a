/**
 * A small stand-in for `jsr:@std/cli`, for machines that reach npm but not JSR: the same names and signatures for
 * what this workspace uses. Dropping the `links` entry of the workspace's deno.json brings the original back.
 */
export * from "./parse_args.ts";
