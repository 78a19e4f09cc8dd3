// An operator's base address, however it ends.

const LAST_SLASHES = /\/{1,9}$/

/** `https://export.arxiv.org/`, `/api/query` → `https://export.arxiv.org/api/query`. */
export function below(baseUrl: string, path: string): string {
  return `${baseUrl.replace(LAST_SLASHES, '')}${path}`
}
