// Texts that are too long for where they have to stand, kept under a short key: a button of Discord holds 100 characters.

export interface PhraseStore {
  /** Keeps what is new; what is there already counts as used at `now`. Rejects with StoreError. */
  keep(phrases: ReadonlyMap<string, string>, now: string): Promise<void>
  /** Rejects with StoreError. */
  get(key: string): Promise<string | undefined>
}
