import type { Code } from '../../src/catalog/code.ts'
import type { Entry } from '../../src/catalog/entry.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

/** The code is the HTTP status; which error it is, the text alone says, and parameters help to mend it. */
const telegram = defineCatalog({
  name: 'telegram',
  errors: {
    BAD_REQUEST: { code: 400, status: 400, message: 'Bad Request' },
    CHAT_NOT_FOUND: { code: 400, status: 400, message: 'Bad Request: chat not found' },
    TEXT_IS_EMPTY: { code: 400, status: 400, message: 'Bad Request: message text is empty' },
    UPGRADED: {
      code: 400,
      status: 400,
      message: 'Bad Request: group chat was upgraded to a supergroup chat',
    },
    UNAUTHORIZED: { code: 401, status: 401, message: 'Unauthorized' },
    BLOCKED: { code: 403, status: 403, message: 'Forbidden: bot was blocked by the user' },
    NOT_FOUND: { code: 404, status: 404, message: 'Not Found' },
    TWO_POLLERS: {
      code: 409,
      status: 409,
      message:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    },
    TOO_MANY: { code: 429, status: 429, message: 'Too Many Requests: retry after {{seconds}}' },
    INTERNAL: { code: 500, status: 500, message: 'Internal Server Error' },
  },
  envelope: {
    body: ({ code, message, details, retryAfter }) => ({
      ok: false,
      error_code: code,
      description: message,
      parameters: retryAfter === undefined ? details : { retry_after: retryAfter },
    }),
    success: (result) => ({ ok: true, result }),
    read: (body) =>
      read(body, 'ok') === false
        ? { code: read(body, 'error_code'), key: keys.get(read(body, 'description')) }
        : undefined,
  },
})
const { errors } = telegram

/** The errors of a code are told apart by their texts. */
const keys: ReadonlyMap<unknown, Code> = new Map(
  Array.from<Entry>(telegram).map(({ message, key }) => [message, key]),
)

export const system: System = {
  name: 'Telegram',
  source: 'https://core.telegram.org/bots/api#making-requests',
  options: { catalog: telegram },
  cases: [
    {
      title: 'one code has many texts',
      thrown: () => errors.CHAT_NOT_FOUND(),
      status: 400,
      body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
    },
    {
      title: 'an id of more than 32 bits is told as a number',
      thrown: () => errors.UPGRADED({ details: { migrate_to_chat_id: -1001234567890 } }),
      status: 400,
      body: {
        ok: false,
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: -1001234567890 },
      },
    },
    {
      title: 'the time to wait is in the text, in the parameters and in the header',
      thrown: () => errors.TOO_MANY({ params: { seconds: 34 }, retryAfter: 34 }),
      status: 429,
      headers: { 'Retry-After': '34' },
      body: {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 34',
        parameters: { retry_after: 34 },
      },
      readAs: null,
    },
    {
      title: 'a token that is wrong is a 401',
      thrown: () => errors.UNAUTHORIZED(),
      status: 401,
      body: { ok: false, error_code: 401, description: 'Unauthorized' },
    },
    {
      title: 'where nothing is, it is not found',
      request: { path: '/bot123/getMee' },
      status: 404,
      body: { ok: false, error_code: 404, description: 'Not Found' },
      readAs: 'NOT_FOUND',
    },
  ],
  successes: [
    { title: 'a success has a result', data: true, body: { ok: true, result: true } },
    { title: 'a result may be false', data: false, body: { ok: true, result: false } },
  ],
}
