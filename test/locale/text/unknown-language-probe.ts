import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { describeError } from '../../../src/handler/describe-error.ts'

// Samoan, of which Intl knows nothing.
const own = defineCatalog({
  name: 'own',
  errors: { LEFT: { status: 409, message: '{{count}} left' } },
  locales: {
    sm: {
      own: {
        LEFT: {
          message_one: 'one: {{count}}',
          message_few: 'few: {{count}}',
          message_other: 'other: {{count}}',
        },
      },
      fields: { invalid_type: { message: '{{expected}}' } },
    },
  },
})

const error = own.errors.LEFT({
  params: { count: 3 },
  fields: [{ path: 'name', code: 'invalid_type', params: { expected: 'string, null' } }],
})
const { message, details } = describeError(error, { catalog: own, locale: 'sm' })
process.stdout.write(JSON.stringify([Intl.DateTimeFormat().resolvedOptions().locale, message, details]))
