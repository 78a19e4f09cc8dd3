// The type that wink-porter2-stemmer does not bring itself.
declare module 'wink-porter2-stemmer' {
  // biome-ignore lint/style/noDefaultExport: it is how the package exports it
  export default function stem(word: string): string
}
