// SHA-256 of texts.

/** The module is taken at the first use: importing it by name loads all of it, which takes 6 ms of every start. */
export function sha256(text: string, encoding: 'hex' | 'base64url' = 'hex'): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', text, encoding)
}
