import type { ErrorReport } from 'bizerror'

/** What the server's people are told of an error, and no client. */
interface Line {
  readonly code: unknown
  readonly message: string
  readonly as: unknown
  readonly status: number
  readonly route: string | undefined
}

const KEPT = 200

/** Keeps the last reports, to be shown beside the answers. A page that is no example shows nobody its log. */
export function createLog() {
  const lines = new Map<string, Line>()
  return {
    write: ({ requestId, code, as, status, route, error }: ErrorReport): void => {
      lines.set(requestId, { code, message: (error as Error).message, as, status, route })
      for (const id of lines.keys()) {
        if (lines.size <= KEPT) break
        lines.delete(id)
      }
    },

    read: (requestId: string): Line | undefined => lines.get(requestId),
  }
}
