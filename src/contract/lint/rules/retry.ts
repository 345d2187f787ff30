import { levels, type Rule } from '../rule.ts'

// RFC 9110, section 15.5, and others of the registry: the request itself is wrong, and stays so.
const NEVER: ReadonlySet<number> = new Set([
  400, 401, 403, 405, 406, 410, 411, 413, 414, 415, 416, 417, 422, 426, 428, 431, 451,
])

// The server says that it may go better later.
const LATER: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504])

export const RETRY_RULES: readonly Rule[] = [
  {
    id: 'status-retryable',
    family: 'catalog',
    levels: levels('warning'),
    what: 'An error is retryable, but its status says that the same request can never succeed.',
    why: 'A client that believes the code asks again without end; one that believes the status gives up.',
    of: 'entry',
    check: ({ retryable, status }) =>
      retryable && NEVER.has(status)
        ? `is retryable, but ${status} says that the same request fails again. Take retryable away, or give it a status such as 409 or 503.`
        : undefined,
  },
  {
    id: 'status-not-retryable',
    family: 'catalog',
    levels: levels('info'),
    what: 'An error is not retryable, but its status says that the same request may succeed later.',
    why: 'Clients that go by the code give up where waiting would help.',
    of: 'entry',
    check: ({ retryable, status }) =>
      !retryable && LATER.has(status)
        ? `is not retryable, but ${status} says that it may go better later. Set retryable: true, or give it another status.`
        : undefined,
  },
  {
    id: 'retry-after-not-retryable',
    family: 'catalog',
    levels: levels('warning'),
    what: 'An error has retryAfter, but is not retryable.',
    why: 'The header Retry-After asks clients to come again, and the code tells them not to.',
    of: 'entry',
    check: ({ retryable, retryAfter }) =>
      !retryable && retryAfter !== undefined
        ? 'has retryAfter, but is not retryable. Set retryable: true, or take retryAfter away.'
        : undefined,
  },
]
