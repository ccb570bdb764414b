/** What is tried: a file that need not be published, or a version. As bodies of the API have it. */
export type Candidate = { readonly yaml: string } | { readonly version: number };
