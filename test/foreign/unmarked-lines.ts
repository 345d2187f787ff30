import type { HandlerOptions } from '../../src/index.ts'

const says =
  (words: RegExp) =>
  (error: unknown): boolean =>
    error instanceof Error && words.test(error.message)

export const unmarked = [
  // ioredis
  { when: says(/^Connection is closed\.$/), condition: 'unavailable' },
  // ldapts
  { when: says(/: Operation timed out$/), condition: 'timeout' },
  // lusca
  { when: says(/^CSRF token (?:missing|mismatch)$/), condition: 'forbidden' },
  // minio
  { when: says(/^Request failed after \d+ retries: /), condition: 'unavailable' },
  // mongoose
  { when: says(/^Operation `.+` buffering timed out after /), condition: 'unavailable' },
  // mysql2
  { when: says(/^Queue limit reached\.$/), condition: 'unavailable' },
  // nano
  { when: says(/^error happened in your connection/), condition: 'unavailable' },
  // needle
  { when: says(/^read timeout$/), condition: 'upstream-timeout' },
  // request
  { when: says(/^Exceeded maxRedirects\./), condition: 'upstream-failed' },
] as const satisfies HandlerOptions['identify']
