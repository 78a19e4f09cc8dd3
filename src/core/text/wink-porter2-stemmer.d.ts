// The type that wink-porter2-stemmer does not bring itself.
declare module 'wink-porter2-stemmer' {
  export default function stem(word: string): string
}
