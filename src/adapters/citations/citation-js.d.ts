// The types that citation-js does not bring itself, as far as citations.ts needs them.
declare module '@citation-js/core' {
  export const plugins: {
    readonly output: { format(name: string, entries: readonly object[], options?: object): string }
    readonly config: { get(plugin: string): { format: Record<string, unknown> } }
  }
}
declare module '@citation-js/plugin-bibtex'
declare module '@citation-js/plugin-ris'
