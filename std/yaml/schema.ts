/** The tags that the original reads and writes: YAML 1.1's, except that only true and false are booleans. */
import type { Tags } from "yaml";

/** For npm's yaml: the schema of the original's default. */
export const schema = {
  schema: "yaml-1.1",
  customTags: (tags: Tags): Tags => [
    ...tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:bool"),
    "bool",
  ],
};
