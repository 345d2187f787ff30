import type { LookAlikes } from './look-alike.ts'

const secret = 'hunter2'

const failed = (properties: object): Error => Object.assign(new Error(secret), properties)

export const sdks: LookAlikes = {
  'AWS SDK 3 (@aws-sdk)': {
    'an Error with its name alone': failed({ name: 'NoSuchKey' }),
    'an Error with its name and another blame': failed({ name: 'NotFound', $fault: 'nobody', $metadata: {} }),
    'an Error without what was answered': failed({ name: 'UserNotFoundException', $fault: 'client' }),
    'an object with all of it': { name: 'NoSuchKey', $fault: 'client', $metadata: {} },
    'an Error that lacks credentials': failed({ name: 'CredentialsProviderError', tryNextLink: 'no' }),
    'a record with metadata': { $metadata: { httpStatusCode: 200 }, $response: {} },
    'an Error with metadata': failed({ $metadata: { author: secret } }),
  },
  stripe: {
    'a form with its type': { type: 'StripeCardError', amount: 100 },
    'a form with its type and raw input': { type: 'StripeCardError', raw: {}, amount: 100 },
    'an Error with its type alone': failed({ type: 'StripeSignatureVerificationError', payload: '{}' }),
    'an Error with its type and raw text': failed({ type: 'StripeRateLimitError', raw: secret }),
    'an Error with its type and no status': failed({ type: 'StripeCardError', raw: {} }),
  },
  minio: {
    'an Error of the app with its name and code': failed({ name: 'S3Error', code: 'NoSuchKey' }),
    'an Error with its name and a number': failed({ name: 'S3Error', code: 404, amzRequestid: secret }),
    'an object with all of it': { name: 'S3Error', code: 'NoSuchKey', amzRequestid: secret },
    'an Error with its code and id': failed({ code: 'NoSuchKey', amzRequestid: secret }),
  },
}
