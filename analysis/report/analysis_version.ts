/**
 * Goes up when stored data changes its meaning. A change of form needs no new version: the schema of the section sees it. A
 * file without a version is of the first one. See {@linkcode summary}.
 */
export const analysisVersion = 1;
