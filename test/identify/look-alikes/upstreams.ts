import { anError, secret, type LookAlikes } from './look-alike.ts'

export const upstreams: LookAlikes = {
  'an SDK that was told to come back later': {
    'an Error of the app with its name': anError({ name: 'ThrottlingException' }),
    'a status as a text beside what was sent': anError({ status: '429', request: {} }),
    'an order that was slowed down': { name: 'SlowDown', request: secret },
  },
  'an SDK that was told of a timeout': {
    'a status as a text': anError({ status: '504', response: {} }),
    'what was sent alone': anError({ request: {}, config: {} }),
    'metadata of a domain': anError({ $metadata: { timeout: 504 } }),
  },
  'an SDK that says whether to try again': {
    'a job that is to be retried': { retryable: true, status: 'waiting', id: 7 },
    'an Error of the app that may be retried': anError({ isRetryable: true, retriable: true }),
    'metadata of a domain': anError({ $retryable: {}, $metadata: { attempts: 3 } }),
  },
  'an SDK: a status beside what was sent or what came back': {
    'what came back alone': anError({ response: { text: secret } }),
    'a status of a success': anError({ status: 201, response: { data: secret }, request: {} }),
    'metadata without a status': anError({ $metadata: { requestId: secret } }),
  },
}
