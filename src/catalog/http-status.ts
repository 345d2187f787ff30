// Texts of last resort, for foreign errors in a catalog that names no code for their status.
export const STATUS_TEXTS = {
  400: 'Bad request',
  401: 'Authentication required',
  402: 'Payment required',
  403: 'Access denied',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  409: 'Conflict',
  410: 'No longer available',
  411: 'Length required',
  412: 'Precondition failed',
  413: 'Content too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  416: 'Range not satisfiable',
  417: 'Expectation failed',
  421: 'Misdirected request',
  422: 'Unprocessable content',
  423: 'Locked',
  424: 'Failed dependency',
  425: 'Too early',
  426: 'Upgrade required',
  428: 'Precondition required',
  429: 'Too many requests',
  431: 'Request header fields too large',
  451: 'Unavailable for legal reasons',
  500: 'Internal server error',
  501: 'Not implemented',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
  507: 'Insufficient storage',
} as const

const MESSAGES: Readonly<Record<number, string>> = STATUS_TEXTS

/** Returns the status that stands for the class of another: 400 for 4xx, 500 for 5xx. */
export function nearestStatus(status: number): number {
  return status < 500 ? 400 : 500
}

/** Returns whether a value is a status for errors: an integer from 400 to 599. */
export function isErrorStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599
}

/** The text of a status, and the status whose text it is: that of its class, where it has none of its own. */
export function statusText(status: number): { readonly status: number; readonly message: string } {
  const known = Object.hasOwn(MESSAGES, status) ? status : nearestStatus(status)
  return { status: known, message: MESSAGES[known]! }
}
